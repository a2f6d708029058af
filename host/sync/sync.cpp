// SPDX-License-Identifier: MIT
#include "host/sync/sync.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/audit/schema.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/manifest.hpp"
#include "host/sync/materialized_views.hpp"
#include "host/sync/sequences.hpp"
#include "host/sync/session_settings.hpp"
#include "host/sync/source_values.hpp"
#include "host/sync/target_tables.hpp"

namespace host::sync {

namespace {

// A strategy whose rows influence each other sees them all, in order, only where it works alone.
std::size_t jobs_for(const TablePlan& table, std::size_t wanted) {
  for (const MaskedColumn& column : table.masked)
    if (!column.strategy.has(CONFITURE_STRATEGY_ROW_LOCAL)) return 1;
  return std::max<std::size_t>(wanted, 1);
}

}  // namespace

Report Sync::run() {
  Report report;
  // A hook may have something for the audit; without one, a run that fails leaves nothing.
  const bool needs_audit = environment_.hooks != nullptr && environment_.hooks->may_write();
  try {
    if (needs_audit && !audit::exists(environment_.target)) audit::create(environment_.target);
    fire(CONFITURE_PHASE_PRE_SYNC, hooks::Part::all, false, report);
    replace(report);
  } catch (const Error& error) {
    note_failure(error);
    fire_on_error(error);
    throw;
  }
  clean_up();
  fire(CONFITURE_PHASE_POST_SYNC, hooks::Part::outside, false, report);
  report.duration_ms = elapsed_ms(start_);
  return report;
}

void Sync::replace(Report& report) {
  const bool full = request_.verification() == Verify::full;
  std::unique_ptr<SourceValues> values;
  if (full)
    values = std::make_unique<SourceValues>(plan_, environment_.source, environment_.target);
  take_target();
  postgres::Transaction transaction(environment_.target);
  pin_settings(environment_.target, request_.lock_timeout);
  TargetTables tables(environment_.target, plan_);
  tell("preparing the target");
  tables.prepare();
  for (std::size_t i = 0; i < plan_.tables.size(); ++i) {
    report.tables.push_back(copy(plan_.tables[i], i + 1, report.rows, values.get()));
    report.rows += report.tables.back().rows;
  }
  progress_.table.clear();
  tell("making indexes and foreign keys");
  tables.restore();
  report.checks.push_back(
      {"foreign_keys", "ok", fmt::format("{} added and valid", tables.foreign_key_count())});
  tell("setting sequences");
  reset_sequences(environment_.target, plan_);
  tell("refreshing materialized views");
  const std::size_t views = refresh_materialized_views(environment_.target);
  report.checks.push_back({"materialized_views", "ok", fmt::format("{} refreshed", views)});
  report.load_ms = elapsed_ms(start_);
  tell("checking");
  const auto begun = std::chrono::steady_clock::now();
  run_gate({plan_, source_, *decisions_, environment_.anonymization, environment_.source,
            environment_.target, values.get(), environment_.cancellation},
           report);
  report.checks_ms = elapsed_ms(begun);
  unpin_settings(environment_.target);
  fire(CONFITURE_PHASE_POST_SYNC, hooks::Part::inside, true, report);
  note_rows(report);
  environment_.cancellation.check();
  transaction.commit();
}

audit::Trail Sync::trail() const {
  audit::Origin origin{request_.target_name};
  origin.person = request_.person;
  return audit::Trail(std::move(origin));
}

// In the transaction that publishes the rows, last of all: others may wait to write the audit.
void Sync::note_rows(Report& report) {
  boost::json::object facts;
  if (request_.verification() == Verify::full) {
    facts = make_manifest({request_.source_name, request_.target_name, plan_, source_, *decisions_,
                           environment_.session.key, environment_.registry, request_.is_strict()},
                          report);
    report.manifest = audit::canonical_json(facts);
    if (!audit::exists(environment_.target)) audit::create(environment_.target);
  } else if (!audit::writable(environment_.target)) {
    return;
  } else {
    boost::json::object tables;
    for (const TableReport& table : report.tables)
      tables[table.table.sql()] = boost::json::object{{"rows", table.rows}};
    facts = {{"source", request_.source_name},
             {"target", request_.target_name},
             {"strict", false},
             {"rows", report.rows},
             {"tables", std::move(tables)}};
  }
  trail().append(environment_.target, published, facts);
}

void Sync::note_failure(const Error& error) noexcept {
  try {
    if (audit::writable(environment_.target))
      trail().append(environment_.target, "sync.failed",
                     {{"source", request_.source_name},
                      {"code", error.code().id},
                      {"message", error.message()}});
  } catch (const std::exception&) {
    // The run's own failure is the one to report.
  }
}

// A server goes on for a while after the client of an interrupted run is gone.
void Sync::take_target() {
  if (!request_.wait_for_target) return;
  tell("waiting for the interrupted run to end");
  std::string list;
  for (const TablePlan& table : plan_.tables)
    list += (list.empty() ? "ONLY " : ", ONLY ") + table.name.sql();
  const Cancellation::Subscription stop(environment_.cancellation,
                                        [this] { environment_.target.cancel(); });
  postgres::Transaction waiting(environment_.target);
  environment_.target.execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0");
  environment_.target.execute("LOCK TABLE " + list + " IN ACCESS EXCLUSIVE MODE");
}

TableReport Sync::copy(const TablePlan& table, std::size_t number, std::uint64_t rows_before,
                       ValueSink* sink) {
  const auto start = std::chrono::steady_clock::now();
  progress_.table = table.name.sql();
  progress_.table_number = number;
  const auto wrote = [&](std::uint64_t rows) {
    progress_.rows = rows_before + rows;
    tell("copying");
  };
  wrote(0);
  TableReport report;
  report.table = table.name;
  std::vector<std::unique_ptr<RowRewriter>> rewriters;
  if (!table.masked.empty() || table.read.size() > table.written)
    for (std::size_t job = 0; job < jobs_for(table, request_.jobs); ++job)
      rewriters.push_back(std::make_unique<RowRewriter>(table, domains_, sink));
  report.rows = copy_table(table, environment_.source, environment_.target, rewriters,
                           environment_.cancellation, wrote, request_.limits);
  for (std::size_t mask = 0; mask < table.masked.size(); ++mask) {
    const MaskedColumn& column = table.masked[mask];
    MaskCounts counts;
    for (const auto& rewriter : rewriters) {
      counts.values += rewriter->counts()[mask].values;
      counts.unchanged += rewriter->counts()[mask].unchanged;
    }
    if (column.require_change && counts.unchanged > 0)
      throw Error(errors::unchanged,
                  fmt::format("{} values of column '{}' of table {} came back unchanged from "
                              "strategy '{}'",
                              counts.unchanged, printable(column.name), printable(table.name.sql()),
                              column.strategy.name),
                  "require_change forbids it: choose another strategy", column.place);
    report.masked_columns.push_back(column.name);
    report.mask_counts.push_back(counts);
    report.unchanged_cells += counts.unchanged;
  }
  report.duration_ms = elapsed_ms(start);
  return report;
}

void Sync::fire(std::uint32_t phase, hooks::Part part, bool in_transaction, const Report& report) {
  if (environment_.hooks == nullptr) return;
  hooks::Event event;
  event.phase = phase;
  event.part = part;
  event.in_transaction = in_transaction;
  event.status = phase == CONFITURE_PHASE_PRE_SYNC ? "pending" : "applied";
  event.direction = "sync";
  event.row_count = report.rows;
  event.duration = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start_);
  environment_.hooks->fire(event, &environment_.target);
}

void Sync::fire_on_error(const Error& error) noexcept {
  if (environment_.hooks == nullptr) return;
  try {
    hooks::Event event;
    event.phase = CONFITURE_PHASE_ON_ERROR;
    event.status = "error";
    event.direction = "sync";
    event.error = error.message();
    environment_.hooks->fire(event, &environment_.target);
  } catch (const std::exception&) {
    // The run's own failure is the one to report.
  }
}

// The rows are published: what fails now is no failure of the run.
void Sync::clean_up() noexcept {
  tell("analyzing");
  try {
    snapshot_.rollback();
    std::string list;
    for (const TablePlan& table : plan_.tables)
      list += (list.empty() ? "ANALYZE " : ", ") + table.name.sql();
    environment_.target.execute(list);
  } catch (const std::exception& error) {
    if (environment_.warn)
      environment_.warn(std::string("the target is complete, but its tables were not analyzed: ") +
                        error.what());
  }
}

void Sync::tell(std::string_view doing) {
  progress_.doing = doing;
  if (environment_.progress) environment_.progress(progress_);
}

}  // namespace host::sync
