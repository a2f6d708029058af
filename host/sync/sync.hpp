// SPDX-License-Identifier: MIT
// A sync: the tables of one database replaced by those of another, columns rewritten by strategies
// on the way, all or nothing. The source is read in one snapshot; the target changes in one
// transaction, so that whatever happens, a kill included, leaves it as it was or complete.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/project.hpp"
#include "host/extensions/instance.hpp"
#include "host/foundation/cancellation.hpp"
#include "host/foundation/secret.hpp"
#include "host/hooks/runner.hpp"
#include "host/postgres/transaction.hpp"
#include "host/sync/pipeline.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

struct Request {
  Selection selection;
  bool anonymize = false;  // obey the configuration's rules
  std::vector<StrategyOption> strategies;
  bool source_protected = false;
  std::chrono::milliseconds lock_timeout{2'000};  // the target's
  PipelineLimits limits;
};

struct Progress {
  std::string_view doing;                         // "copying", "adding foreign keys", ...
  std::string table;                              // while copying
  std::size_t table_number = 0, table_count = 0;  // from 1
  std::uint64_t rows = 0;                         // so far, of all tables
  std::uint64_t estimated_rows = 0;               // of all tables; 0: unknown
};

// What a run works with. All of it outlives the run.
struct Environment {
  postgres::Connection& source;
  postgres::Connection& target;
  const config::Anonymization& anonymization;
  const extensions::Registry& registry;
  extensions::Session& session;
  const Cancellation& cancellation;
  hooks::Runner* hooks = nullptr;                 // may be null
  std::function<void(const Progress&)> progress;  // may be empty. [main]
  std::function<void(std::string_view)> warn;     // may be empty. [main]
};

struct TableReport {
  TableName table;
  std::uint64_t rows = 0;
  std::vector<std::string> masked_columns;
  std::uint64_t unchanged_cells = 0;  // of masked columns, NULL left out
  double duration_ms = 0;
};

struct Check {
  std::string name, status, detail;  // "row_counts", "ok", "22 tables, 33144 rows"
};

struct Report {
  std::vector<TableReport> tables;
  std::uint64_t rows = 0;
  double duration_ms = 0;
  std::vector<Check> checks;
};

// What replaced values would look like: of one column, never what they were.
struct Sample {
  TableName table;
  std::string column, strategy;
  std::vector<std::optional<std::string>> values;  // nothing: NULL
};

// [main]
class Sync {
 public:
  // Opens the source's snapshot, plans, and creates every strategy once, so that what can be known
  // to go wrong is thrown here. The environment outlives it.
  Sync(Request request, Environment environment);
  ~Sync();

  const Plan& plan() const { return plan_; }
  // Reads up to `rows` rows of each table with replaced columns; writes nothing anywhere.
  std::vector<Sample> sample(std::size_t rows);
  // Once. Throws after the target was rolled back.
  Report run();

 private:
  void make_plan();
  void refuse_leaks(const Catalog& source, const std::vector<const Table*>& selected) const;
  void require_key();
  void replace(Report& report);
  TableReport copy(const TablePlan& table, std::size_t number, std::uint64_t rows_before);
  void check_counts(Report& report);
  void fire(std::uint32_t phase, hooks::Part part, bool in_transaction, const Report& report);
  void fire_on_error(const Error& error) noexcept;
  void clean_up() noexcept;
  void tell(std::string_view doing);

  Request request_;
  Environment environment_;
  Secret key_;
  postgres::Transaction snapshot_;
  Plan plan_;
  Progress progress_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace host::sync
