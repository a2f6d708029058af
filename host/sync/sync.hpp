// SPDX-License-Identifier: MIT
// A sync: the tables of one database replaced by those of another, columns rewritten by strategies
// on the way, all or nothing. The source is read in one snapshot. The target changes in one
// transaction, which holds the whole load or gives a copy that was loaded beside it the target's
// name, so that whatever happens, a kill included, leaves it as it was or complete.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/audit/trail.hpp"
#include "host/config/project.hpp"
#include "host/extensions/instance.hpp"
#include "host/foundation/cancellation.hpp"
#include "host/foundation/secret.hpp"
#include "host/hooks/runner.hpp"
#include "host/postgres/transaction.hpp"
#include "host/sync/gate.hpp"
#include "host/sync/load.hpp"
#include "host/sync/load_record.hpp"
#include "host/sync/pipeline.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/report.hpp"
#include "host/sync/staging.hpp"
#include "host/sync/target_guard.hpp"
#include "host/sync/target_tables.hpp"

namespace host::sync {

// How the rows become the target's.
enum class Publish {
  automatic,   // by renaming where it can be done, is worth it, and nobody else is connected
  rename,      // a copy of the target is filled, and renamed in its place
  transaction  // the target is filled in place
};

struct Request {
  Selection selection;
  bool anonymize = false;  // obey the configuration's rules
  bool strict = false;     // every column needs a decision; implied by a protected source
  std::vector<StrategyOption> strategies;
  bool source_protected = false;
  std::optional<Verify> verify;  // nothing: full where strict, else counts
  std::size_t jobs = 1;          // strategy workers; of a staged load, lanes
  Publish publish = Publish::automatic;
  std::string source_name, target_name;           // of the environments, for the manifest
  std::string person;                             // who runs it, for the audit; may be empty
  bool resume = false;                            // go on where an interrupted run has stopped
  std::chrono::milliseconds lock_timeout{2'000};  // the target's
  PipelineLimits limits;
  std::int64_t piece_bytes = Cutting{}.piece_bytes;  // of a large table, for one reader at a time

  bool is_strict() const { return strict || source_protected; }
  Verify verification() const {
    return verify.value_or(is_strict() ? Verify::full : Verify::counts);
  }
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
  std::unique_ptr<postgres::Connection>& target;  // is closed and made anew where it is renamed
  const config::Anonymization& anonymization;
  const extensions::Registry& registry;
  extensions::Session& session;
  const Cancellation& cancellation;
  hooks::Runner* hooks = nullptr;                 // may be null
  std::function<void(const Progress&)> progress;  // may be empty. [main]
  std::function<void(std::string_view)> warn;     // may be empty. [main]
  // Further sessions with both servers. Empty: there are none, and the target is filled in place.
  std::function<std::unique_ptr<postgres::Connection>()> connect_source;
  ConnectTarget connect_target;
};

// A few values of a replaced column, before and after.
struct Sample {
  TableName table;
  std::string column, strategy;
  std::vector<std::optional<std::string>> before, after;  // nothing: NULL
};

// [main]
class Sync {
 public:
  // Opens the source's snapshot, plans, checks, and tries every strategy on a few rows, so that
  // what can be known to go wrong is thrown here. The environment outlives it.
  Sync(Request request, Environment environment);
  ~Sync();

  const Plan& plan() const { return plan_; }
  // Reads up to `rows` rows of each table with replaced columns; writes nothing anywhere.
  std::vector<Sample> sample(std::size_t rows);
  // Once. Throws after the target was rolled back.
  Report run();

 private:
  void prepare();
  void lock_source(const std::vector<const Table*>& tables);
  void refuse_leaks(const std::vector<const Table*>& selected) const;
  void require_key();
  void replace(Report& report);
  std::string not_staged();
  void replace_in_place(Report& report);
  void take_target();
  void replace_staged(Report& report);
  struct Staged;
  void open_staging(Staged& staged);
  void load_staged(Staged& staged, Report& report);
  std::vector<ConnectionPair> open_lanes(
      Staged& staged, std::vector<std::unique_ptr<postgres::Connection>>& sessions);
  void load(LoadInput input, std::vector<std::optional<TableReport>> arrived, LoadRecord* record,
            Report& report);
  LoadInput load_input(SourceValues* values);
  void restore(postgres::Connection& target, const TargetTables& tables, Report& report);
  void check(postgres::Connection& target, const std::vector<ConnectionPair>& more,
             SourceValues* values, Report& report);
  void note_idle_paths(Report& report) const;
  std::string fingerprint(const std::string& definitions) const;
  void fire(std::uint32_t phase, hooks::Part part, bool in_transaction, const Report& report,
            postgres::Connection& connection);
  void fire_on_error(const Error& error) noexcept;
  audit::Trail trail() const;
  void note_rows(Report& report, postgres::Connection& target);
  void note_failure(const Error& error) noexcept;
  void analyze() noexcept;
  void tell(std::string_view doing);

  Request request_;
  Environment environment_;
  Secret key_;
  Domains domains_;
  Catalog source_;
  postgres::Transaction snapshot_;
  StrategyBook book_;
  std::optional<Decisions> decisions_;
  Plan plan_;
  Progress progress_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace host::sync
