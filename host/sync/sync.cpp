// SPDX-License-Identifier: MIT
#include "host/sync/sync.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>

#include "host/config/secrets.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/materialized_views.hpp"
#include "host/sync/sequences.hpp"
#include "host/sync/session_settings.hpp"
#include "host/sync/target_tables.hpp"

namespace host::sync {
namespace {

constexpr std::string_view begin_snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

void refuse_same_database(postgres::Connection& source, postgres::Connection& target) {
  const postgres::DatabaseIdentity identity = postgres::identify(source);
  if (identity == postgres::identify(target))
    throw Error(
        errors::same_database,
        fmt::format("source and target are the same database '{}'", printable(identity.database)),
        "the target's tables are emptied first: choose another one with --to");
}

}  // namespace

Sync::Sync(Request request, Environment environment)
    : request_(std::move(request)),
      environment_(std::move(environment)),
      snapshot_(
          (refuse_same_database(environment_.source, environment_.target), environment_.source),
          begin_snapshot),
      start_(std::chrono::steady_clock::now()) {
  make_plan();
  require_key();
  for (const TablePlan& table : plan_.tables)
    for (const MaskedColumn& column : table.masked) Mask(table, column, environment_.session);
}

Sync::~Sync() {
  if (environment_.session.key == &key_) environment_.session.key = nullptr;
}

void Sync::make_plan() {
  pin_settings(environment_.source, request_.lock_timeout);
  const Catalog source = read_catalog(environment_.source);
  const std::vector<const Table*> selected = select_tables(source, request_.selection);
  refuse_leaks(source, selected);
  // Without --anonymize no selected table has rules, but they are checked all the same.
  const Decisions decisions(source, environment_.anonymization.tables, request_.strategies,
                            environment_.registry);
  std::string list;
  for (const Table* table : selected)
    list += (list.empty() ? "ONLY " : ", ONLY ") + table->name.sql();
  environment_.source.execute("LOCK TABLE " + list + " IN ACCESS SHARE MODE");

  postgres::Transaction reading(environment_.target, "BEGIN READ ONLY");
  pin_settings(environment_.target, request_.lock_timeout);
  plan_ = sync::make_plan(source, read_catalog(environment_.target), selected, decisions);
  for (const TablePlan& table : plan_.tables)
    progress_.estimated_rows +=
        static_cast<std::uint64_t>(std::max<std::int64_t>(table.estimated_rows, 0));
  progress_.table_count = plan_.tables.size();
}

// To forget a flag must not copy what the configuration says to replace.
void Sync::refuse_leaks(const Catalog& source, const std::vector<const Table*>& selected) const {
  const bool replaces = request_.anonymize || !request_.strategies.empty();
  if (request_.source_protected && !replaces)
    throw Error(errors::undecided, "the source is protected, and nothing would be replaced",
                "add --anonymize");
  const auto& tables = environment_.anonymization.tables;
  if (request_.anonymize && tables.empty() && request_.strategies.empty())
    throw Error(errors::undecided,
                "--anonymize has nothing to do: the configuration has no anonymization.tables",
                "say there which columns to replace, or use --strategy TABLE.COLUMN=NAME");
  if (request_.anonymize) return;
  for (const config::TableRules& rules : tables) {
    const Table* ruled = &require_table(source, rules.table, rules.place);
    for (const Table* table : selected) {
      const std::vector<const Table*> family = source.with_ancestors(*table);
      if (std::find(family.begin(), family.end(), ruled) != family.end())
        throw Error(errors::undecided,
                    fmt::format("table {} has anonymization rules, which would not be obeyed",
                                printable(rules.table)),
                    "add --anonymize", rules.place);
    }
  }
}

void Sync::require_key() {
  if (!plan_.keyed() || environment_.session.key != nullptr) return;
  key_ = config::read_anonymization_key(environment_.anonymization);
  environment_.session.key = &key_;
}

Report Sync::run() {
  Report report;
  try {
    fire(CONFITURE_PHASE_PRE_SYNC, hooks::Part::all, false, report);
    replace(report);
  } catch (const Error& error) {
    fire_on_error(error);
    throw;
  }
  clean_up();
  fire(CONFITURE_PHASE_POST_SYNC, hooks::Part::outside, false, report);
  report.duration_ms = elapsed_ms(start_);
  return report;
}

void Sync::replace(Report& report) {
  postgres::Transaction transaction(environment_.target);
  pin_settings(environment_.target, request_.lock_timeout);
  TargetTables tables(environment_.target, plan_);
  tell("preparing the target");
  tables.prepare();
  for (std::size_t i = 0; i < plan_.tables.size(); ++i) {
    report.tables.push_back(copy(plan_.tables[i], i + 1, report.rows));
    report.rows += report.tables.back().rows;
  }
  progress_.table.clear();
  tell("adding foreign keys");
  tables.restore();
  report.checks.push_back(
      {"foreign_keys", "ok", fmt::format("{} added and valid", tables.foreign_key_count())});
  tell("setting sequences");
  reset_sequences(environment_.target, plan_);
  tell("refreshing materialized views");
  const std::size_t views = refresh_materialized_views(environment_.target);
  report.checks.push_back({"materialized_views", "ok", fmt::format("{} refreshed", views)});
  check_counts(report);
  unpin_settings(environment_.target);
  fire(CONFITURE_PHASE_POST_SYNC, hooks::Part::inside, true, report);
  environment_.cancellation.check();
  transaction.commit();
}

TableReport Sync::copy(const TablePlan& table, std::size_t number, std::uint64_t rows_before) {
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
  if (table.masked.empty() && table.read.size() == table.written) {
    report.rows = copy_table(table, environment_.source, environment_.target, nullptr,
                             environment_.cancellation, wrote, request_.limits);
  } else {
    RowRewriter rewriter(table, environment_.session);
    report.rows = copy_table(table, environment_.source, environment_.target, &rewriter,
                             environment_.cancellation, wrote, request_.limits);
    for (std::size_t mask = 0; mask < rewriter.mask_count(); ++mask) {
      const MaskedColumn& column = rewriter.column(mask);
      const std::uint64_t unchanged = rewriter.unchanged(mask);
      if (column.require_change && unchanged > 0)
        throw Error(errors::unchanged,
                    fmt::format("{} values of column '{}' of table {} came back unchanged from "
                                "strategy '{}'",
                                unchanged, printable(column.name), printable(table.name.sql()),
                                column.strategy->id),
                    "require_change forbids it: choose another strategy", column.place);
      report.masked_columns.push_back(column.name);
      report.unchanged_cells += unchanged;
    }
  }
  report.duration_ms = elapsed_ms(start);
  return report;
}

void Sync::check_counts(Report& report) {
  tell("counting rows");
  for (const TableReport& table : report.tables) {
    const postgres::Result count =
        environment_.target.query("SELECT count(*) FROM ONLY " + table.table.sql());
    if (static_cast<std::uint64_t>(count.integer(0, 0)) != table.rows)
      throw Error(errors::check_failed,
                  fmt::format("table {} holds {} rows after {} were written",
                              printable(table.table.sql()), count.text(0, 0), table.rows),
                  "a trigger or a rule of the target changed them");
  }
  report.checks.push_back(
      {"row_counts", "ok", fmt::format("{} tables, {} rows", report.tables.size(), report.rows)});
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
