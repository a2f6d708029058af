// SPDX-License-Identifier: MIT
// What the commands about the audit share: which entries are meant, and the session that reads
// them as they were at one moment.
#pragma once

#include <memory>
#include <vector>

#include "host/audit/reader.hpp"
#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/postgres/transaction.hpp"

namespace host::cli {

// --since, --until, --event, --plan, --run, --actor and --person, and one more.
std::vector<Option> audit_filter_options(const Option& more);
audit::Filter read_filter(const Arguments& arguments);

// A snapshot of the audit of -e. Throws audit.none.
class AuditView {
 public:
  explicit AuditView(Context& context);
  postgres::Connection& connection() { return *connection_; }
  void close() { snapshot_->rollback(); }

 private:
  std::unique_ptr<postgres::Connection> connection_;
  std::unique_ptr<postgres::Transaction> snapshot_;
};

}  // namespace host::cli
