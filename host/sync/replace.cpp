// SPDX-License-Identifier: MIT
// The replacement itself, in place: one transaction of the target that holds all of it. What a
// staged one shares with it is here too.
#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/materialized_views.hpp"
#include "host/sync/plan_checks.hpp"
#include "host/sync/sequences.hpp"
#include "host/sync/session_settings.hpp"
#include "host/sync/source_values.hpp"
#include "host/sync/sync.hpp"

namespace host::sync {
namespace {

// Below that, a copy takes seconds: to make a database costs more than several lanes save, and
// there is little to resume. It costs more, too, where much more is in the target than is replaced.
constexpr std::int64_t worth_staging = 1024 * 1024 * 1024;
constexpr std::int64_t most_copied_along = 4;

template <typename Visit>
void each_json(const Strategy& strategy, const Visit& visit) {
  if (strategy.kind == Strategy::Kind::json) visit(strategy);
  for (const Strategy& part : strategy.parts) each_json(part, visit);
}

template <typename Visit>
void each_json(const Plan& plan, const Visit& visit) {
  for (const TablePlan& table : plan.tables)
    for (const MaskedColumn& column : table.masked)
      each_json(column.strategy, [&](const Strategy& json) { visit(table, column, json); });
}

}  // namespace

void Sync::replace(Report& report) {
  const std::string reason = not_staged();
  if (!reason.empty() && request_.publish == Publish::rename)
    throw Error(errors::cannot_stage,
                fmt::format("the target cannot be replaced by renaming: {}", reason),
                "use --publish transaction, which fills it in place");
  if (reason.empty()) {
    report.published = "by renaming a staging database";
    replace_staged(report);
  } else {
    report.published = "in one transaction: " + reason;
    replace_in_place(report);
  }
}

// Why the target is filled in place; empty: it is not.
std::string Sync::not_staged() {
  if (request_.publish == Publish::transaction) return "as asked for";
  if (!environment_.connect_source || !environment_.connect_target)
    return "there is one connection";
  const bool asked = request_.publish == Publish::rename;
  if (!asked) {
    std::int64_t bytes = 0;
    for (const TablePlan& table : plan_.tables) bytes += table.bytes;
    if (bytes < worth_staging) return "there is little to copy";
    const std::int64_t all =
        environment_.target->query("SELECT pg_catalog.pg_database_size(current_database())")
            .integer(0, 0);
    if (all > most_copied_along * bytes) return "much of the target is not copied";
  }
  return staging_obstacle(*environment_.target, asked);
}

void Sync::replace_in_place(Report& report) {
  std::unique_ptr<SourceValues> values;
  if (request_.verification() == Verify::full)
    values = std::make_unique<SourceValues>(plan_, environment_.source, environment_.cancellation);
  take_target();
  postgres::Connection& target = *environment_.target;
  {
    postgres::Transaction transaction(target);
    pin_settings(target, request_.lock_timeout);
    tell("preparing the target");
    lock_tables(target, plan_);
    check_same_target(plan_, read_catalog(target));
    const TargetTables tables(target, plan_);
    tables.prepare(target, {});
    LoadInput input = load_input(values.get());
    input.lanes = {{&environment_.source, &target}};
    input.workers = request_.jobs;
    load(std::move(input), {}, nullptr, report);
    tell("making indexes");
    for (std::size_t index = 0; index < tables.index_count(); ++index)
      tables.make_index(index, target);
    restore(target, tables, report);
    check(target, {}, values.get(), report);
    environment_.cancellation.check();
    transaction.commit();
  }
  analyze();
}

LoadInput Sync::load_input(SourceValues* values) {
  return {plan_,
          source_,
          domains_,
          values,
          {},
          1,
          Arrival::one_transaction,
          {},
          request_.limits,
          request_.lock_timeout,
          environment_.cancellation};
}

void Sync::load(LoadInput input, std::vector<std::optional<TableReport>> arrived,
                LoadRecord* record, Report& report) {
  arrived.resize(plan_.tables.size());
  Load loading(std::move(input));
  std::uint64_t rows_before = 0;
  std::size_t tables_before = 0;
  for (const auto& table : arrived) {
    loading.done.push_back(table.has_value());
    if (!table) continue;
    rows_before += table->rows;
    ++tables_before;
  }
  const bool read_again = request_.verification() == Verify::full;
  if (read_again) rows_before = tables_before = 0;
  loading.progress = [&](const LoadState& state) {
    progress_.table = plan_.tables[state.table].name.sql();
    progress_.table_number = std::min(tables_before + state.tables_done + 1, plan_.tables.size());
    progress_.rows = rows_before + state.rows;
    tell("copying");
  };
  loading.arrived = [&](std::size_t number, const TableReport& table) {
    if (!arrived[number]) {
      if (record != nullptr) record->add(table);
      arrived[number] = table;
    } else if (arrived[number]->rows != table.rows) {
      throw Error(errors::source_changed,
                  fmt::format("table {} of the source has {} rows now, and had {} when the "
                              "interrupted run copied it",
                              printable(table.table.sql()), table.rows, arrived[number]->rows),
                  "run it without --resume");
    }
  };
  each_json(plan_, [](const TablePlan&, const MaskedColumn&, const Strategy& json) {
    json.path_counts->clear();  // of the rehearsal
  });
  loading.run();
  note_idle_paths(report);
  for (const auto& table : arrived) {
    report.tables.push_back(*table);
    report.rows += table->rows;
  }
  progress_.table.clear();
}

// A path that is misspelled replaces nothing.
void Sync::note_idle_paths(Report& report) const {
  std::vector<std::string> idle;
  std::set<const PathCounts*> seen;  // partitions share them
  each_json(plan_, [&](const TablePlan& table, const MaskedColumn& column, const Strategy& json) {
    const PathCounts& counts = *json.path_counts;
    if (counts.documents == 0 || !seen.insert(&counts).second) return;
    for (std::size_t path = 0; path < json.path_texts.size(); ++path)
      if (counts.values[path] == 0)
        idle.push_back(fmt::format("'{}' of column '{}' of table {}",
                                   printable(json.path_texts[path]), printable(column.name),
                                   printable(table.name.sql())));
  });
  if (!idle.empty())
    report.checks.push_back({"json_paths", "warning",
                             join_words(idle) + (idle.size() == 1 ? " leads" : " lead") +
                                 " to no value of any document"});
}

void Sync::restore(postgres::Connection& target, const TargetTables& tables, Report& report) {
  tell("making foreign keys");
  tables.restore(target);
  report.checks.push_back(
      {"foreign_keys", "ok", fmt::format("{} added and valid", tables.foreign_key_count())});
  tell("setting sequences");
  reset_sequences(target, plan_);
  tell("refreshing materialized views");
  const std::size_t views = refresh_materialized_views(target);
  report.checks.push_back({"materialized_views", "ok", fmt::format("{} refreshed", views)});
  report.load_ms = elapsed_ms(start_);
}

void Sync::check(postgres::Connection& target, const std::vector<ConnectionPair>& more,
                 SourceValues* values, Report& report) {
  tell("checking");
  const auto begun = std::chrono::steady_clock::now();
  run_gate({plan_, source_, *decisions_, environment_.anonymization, environment_.source, target,
            values, environment_.cancellation, more},
           report);
  report.checks_ms = elapsed_ms(begun);
  unpin_settings(target);
  fire(CONFITURE_PHASE_POST_SYNC, hooks::Part::inside, true, report, target);
  note_rows(report, target);
}

// A server goes on for a while after the client of an interrupted run is gone.
void Sync::take_target() {
  if (!request_.resume) return;
  tell("waiting for the interrupted run to end");
  postgres::Connection& target = *environment_.target;
  const Cancellation::Subscription stop(environment_.cancellation, [&] { target.cancel(); });
  postgres::Transaction waiting(target);
  target.execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0");
  lock_tables(target, plan_);
}

// The rows are published: what fails now is no failure of the run.
void Sync::analyze() noexcept {
  tell("analyzing");
  try {
    snapshot_.rollback();
    std::string list;
    for (const TablePlan& table : plan_.tables)
      list += (list.empty() ? "ANALYZE " : ", ") + table.name.sql();
    environment_.target->execute(list);
  } catch (const std::exception& error) {
    if (environment_.warn)
      environment_.warn(std::string("the target is complete, but its tables were not analyzed: ") +
                        error.what());
  }
}

}  // namespace host::sync
