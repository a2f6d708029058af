// SPDX-License-Identifier: MIT
// What a script's statements set for those that follow: the transaction and its timeouts.
#pragma once

#include <cstdint>
#include <string_view>

#include "host/sql/tree.hpp"

namespace host::sql {

class SessionState {
 public:
  struct Timeouts {
    std::int64_t lock = 0, statement = 0, idle = 0;  // milliseconds; 0: none
  };

  SessionState() = default;
  // `in_transaction`: the host runs the whole script in one.
  SessionState(bool in_transaction, const Timeouts& timeouts)
      : host_transaction_(in_transaction), timeouts_(timeouts), session_(timeouts) {}

  bool in_transaction() const { return host_transaction_ || block_; }
  bool in_block() const { return block_; }  // between the script's own BEGIN and COMMIT
  const Timeouts& timeouts() const { return timeouts_; }

  // TransactionStmt. True where a transaction ends, and its locks with it.
  bool transaction(const tree::Object& node);
  // VariableSetStmt. Settings that are no timeout change nothing.
  void set(const tree::Object& node);
  // set_config().
  void set(std::string_view name, std::int64_t milliseconds, bool local);

 private:
  bool host_transaction_ = true, block_ = false;
  Timeouts timeouts_, session_;  // in force; after the transaction
};

// "2s", "500", "1 min" in milliseconds, as a setting without a unit counts them.
std::int64_t setting_milliseconds(std::string_view text);

}  // namespace host::sql
