// SPDX-License-Identifier: MIT
// What comes before anything moves: the source's snapshot, the plan, the checks of both.
#include <fmt/format.h>

#include <algorithm>

#include "host/config/secrets.hpp"
#include "host/foundation/text.hpp"
#include "host/sync/compliance.hpp"
#include "host/sync/conditions.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/left_behind.hpp"
#include "host/sync/manifest.hpp"
#include "host/sync/rehearsal.hpp"
#include "host/sync/rights.hpp"
#include "host/sync/row_tests.hpp"
#include "host/sync/session_settings.hpp"
#include "host/sync/sync.hpp"

namespace host::sync {
namespace {

// LOCK takes no snapshot in such a transaction: the first query does, and so sees the tables as
// the locks keep them.
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
      domains_(environment_.session),
      source_((refuse_same_database(environment_.source, *environment_.target),
               read_catalog(environment_.source))),
      snapshot_(environment_.source, begin_snapshot),
      book_(environment_.anonymization.strategies, environment_.registry),
      start_(std::chrono::steady_clock::now()) {
  prepare();
}

Sync::~Sync() {
  if (environment_.session.key == &key_) environment_.session.key = nullptr;
}

void Sync::lock_source(const std::vector<const Table*>& tables) {
  require_reading(environment_.source, tables);
  std::string list;
  for (const Table* table : tables)
    list += (list.empty() ? "ONLY " : ", ONLY ") + table->name.sql();
  environment_.source.execute("LOCK TABLE " + list + " IN ACCESS SHARE MODE");
}

void Sync::prepare() {
  pin_settings(environment_.source, request_.lock_timeout);
  lock_source(select_tables(source_, request_.selection));
  source_ = read_catalog(environment_.source);
  const std::vector<const Table*> selected = select_tables(source_, request_.selection);
  lock_source(selected);
  refuse_leaks(selected);
  // Without --anonymize no selected table has rules, but they are checked all the same.
  decisions_.emplace(source_, environment_.anonymization.tables, request_.strategies, book_);
  {
    postgres::Transaction reading(*environment_.target, "BEGIN READ ONLY");
    pin_settings(*environment_.target, request_.lock_timeout);
    if (request_.is_strict())
      require_decisions(source_, selected, *decisions_, environment_.registry, environment_.source,
                        last_types(*environment_.target));
    plan_ = make_plan(source_, read_catalog(*environment_.target), selected, *decisions_,
                      environment_.source.server_version() / 10000 ==
                          environment_.target->server_version() / 10000);
    require_filling(*environment_.target, plan_);
  }
  settle_row_tests(plan_, environment_.source);
  add_conditions(request_.selection.where, source_, environment_.source, plan_);
  refuse_strays(plan_, source_, environment_.source, *environment_.target, request_.lock_timeout);
  for (const TablePlan& table : plan_.tables)
    progress_.estimated_rows +=
        static_cast<std::uint64_t>(std::max<std::int64_t>(table.estimated_rows, 0));
  progress_.table_count = plan_.tables.size();
  require_key();
  rehearse(plan_, domains_, environment_.source, *environment_.target, request_.lock_timeout);
}

// To forget a flag must not copy what the configuration says to replace.
void Sync::refuse_leaks(const std::vector<const Table*>& selected) const {
  const bool replaces = request_.anonymize || !request_.strategies.empty();
  if (request_.source_protected && !replaces)
    throw Error(errors::undecided, "the source is protected, and nothing would be replaced",
                "add --anonymize");
  const auto& tables = environment_.anonymization.tables;
  if (request_.anonymize && !request_.is_strict() && tables.empty() && request_.strategies.empty())
    throw Error(errors::undecided,
                "--anonymize has nothing to do: the configuration has no anonymization.tables",
                "say there which columns to replace, or use --strategy TABLE.COLUMN=NAME");
  if (request_.anonymize) return;
  for (const config::TableRules& rules : tables) {
    const Table* ruled = &require_table(source_, rules.table, rules.place);
    for (const Table* table : selected) {
      const std::vector<const Table*> family = source_.with_ancestors(*table);
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

}  // namespace host::sync
