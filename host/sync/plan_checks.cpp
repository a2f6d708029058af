// SPDX-License-Identifier: MIT
#include "host/sync/plan_checks.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"

namespace host::sync {
namespace {

using Kind = Decision::Kind;

constexpr const char* build_hint =
    "bring the target's schema up to date first: confiture build or migrate up with its "
    "environment";

std::string shown(const TableName& name) {
  return printable(name.sql());
}

bool is_dropped(const Decisions& decisions, const TableName& table, const std::string& column) {
  const Decision* decision = decisions.find(table, column);
  return decision != nullptr && decision->kind == Kind::drop;
}

void check_copied_column(const Table& target, const Column& column) {
  const Column* found = target.find(column.name);
  if (found == nullptr) {
    std::vector<std::string> known;
    for (const Column& other : target.columns) known.push_back(other.name);
    throw Error(errors::target_schema,
                fmt::format("the target's table {} has no column '{}'", shown(target.name),
                            printable(column.name)),
                build_hint);
  }
  if (found->generated)
    throw Error(errors::target_schema,
                fmt::format("column '{}' of table {} is generated in the target, not in the source",
                            printable(column.name), shown(target.name)),
                build_hint);
}

// A column that gets no value: the server fills in its default, if it has one.
void check_left_out_column(const Table& target, const Column& column, bool dropped,
                           const Decision* decision) {
  if (!column.not_null || column.has_default || column.generated) return;
  if (dropped)
    throw Error(errors::not_null,
                fmt::format("column '{}' of table {} cannot be dropped: it is NOT NULL and has no "
                            "default",
                            printable(column.name), shown(target.name)),
                "give it a strategy instead", decision->place);
  throw Error(errors::target_schema,
              fmt::format("the target's column '{}' of table {} is NOT NULL without a default, and "
                          "the source does not have it",
                          printable(column.name), shown(target.name)),
              build_hint);
}

const Decision* replaced(const Decisions& decisions, const TableName& table,
                         const std::string& column) {
  const Decision* decision = decisions.find(table, column);
  return decision == nullptr || decision->kind != Kind::strategy ? nullptr : decision;
}

// Equal values of both types have one text, or one canonical form under a key.
bool same_text_form(const Column& a, const Column& b, bool keyed) {
  if (a.folds_texts || b.folds_texts) return false;
  if (a.type_name == b.type_name) return true;
  const auto family = [&](const Column& column) -> std::string_view {
    const std::string& type = column.type_name;
    if (type == "int2" || type == "int4" || type == "int8") return "integer";
    if (type == "numeric") return keyed ? "integer" : "numeric";
    if (type == "text" || type == "varchar") return "text";
    if (type == "bpchar") return keyed ? "text" : "bpchar";
    return type;
  };
  return family(a) == family(b);
}

void check_pair(const Catalog& catalog, const ForeignKey& key, std::size_t pair,
                const Decisions& decisions) {
  const std::string& column = key.columns[pair];
  const std::string& other = key.referenced_columns[pair];
  const Decision* child = replaced(decisions, key.table, column);
  const Decision* parent = replaced(decisions, key.referenced, other);
  if (child == nullptr && parent == nullptr) return;
  if (is_dropped(decisions, key.table, column)) return;  // no value, nothing to point at
  const std::string both = fmt::format(
      "column '{}' of {} and column '{}' of {}, which foreign key '{}' joins", printable(column),
      shown(key.table), printable(other), shown(key.referenced), printable(key.name));
  const Place& place = child != nullptr ? child->place : parent->place;
  if (child == nullptr || parent == nullptr || !child->agrees_with(*parent))
    throw Error(errors::foreign_key_apart, both + ", are not replaced alike",
                "give both the same strategy with the same parameters, or neither", place);
  if (child->strategy.looks_at_row())
    throw Error(errors::foreign_key_apart,
                fmt::format("{}, have strategy '{}', which looks at other columns of the row, and "
                            "the rows of a parent and its child differ",
                            both, child->strategy.name),
                "use a strategy of the value alone, or leave both as they are", place);
  if (!child->strategy.has(CONFITURE_STRATEGY_DETERMINISTIC))
    throw Error(errors::foreign_key_apart,
                fmt::format("{}, have strategy '{}', which gives equal values different results",
                            both, child->strategy.name),
                "use a deterministic strategy, or leave both as they are", place);
  const Table* child_table = catalog.find(key.table);
  const Table* parent_table = catalog.find(key.referenced);
  if (child_table == nullptr || parent_table == nullptr) return;
  if (!same_text_form(*child_table->find(column), *parent_table->find(other),
                      child->strategy.has(CONFITURE_STRATEGY_KEYED)))
    throw Error(errors::foreign_key_apart,
                both + ", are of different types, so that equal values may be written differently",
                "leave both as they are, or give them one type", place);
}

}  // namespace

void check_target_schema(const Catalog& target, const std::vector<const Table*>& selected,
                         const Decisions& decisions) {
  for (const Table* table : selected) {
    const Table* found = target.find(table->name);
    if (found == nullptr || found->partitioned)
      throw Error(errors::target_schema,
                  found == nullptr
                      ? fmt::format("the target has no table {}", shown(table->name))
                      : fmt::format("table {} is partitioned in the target, not in the source",
                                    shown(table->name)),
                  build_hint);
    for (const Column& column : table->columns)
      if (!column.generated && !is_dropped(decisions, table->name, column.name))
        check_copied_column(*found, column);
    for (const Column& column : found->columns) {
      const bool dropped = is_dropped(decisions, table->name, column.name);
      if (dropped || table->find(column.name) == nullptr)
        check_left_out_column(*found, column, dropped, decisions.find(table->name, column.name));
    }
  }
}

namespace {

// A strategy says so, or its text shows the key of the row.
bool keeps_unique(const Strategy& strategy, const Table& table) {
  if (strategy.has(CONFITURE_STRATEGY_KEEPS_UNIQUE)) return true;
  switch (strategy.kind) {
    case Strategy::Kind::text:
      return table.primary_key.size() == 1 &&
             std::any_of(strategy.text.begin(), strategy.text.end(), [&](const TextPart& part) {
               return part.column == table.primary_key.front();
             });
    case Strategy::Kind::chain:
      return keeps_unique(strategy.parts.back(), table) &&
             strategy.parts.back().kind == Strategy::Kind::text;
    case Strategy::Kind::when:
      return std::all_of(strategy.parts.begin(), strategy.parts.end(),
                         [&](const Strategy& part) { return keeps_unique(part, table); });
    default:
      return false;
  }
}

}  // namespace

void check_unique_indexes(const Catalog& catalog, const Plan& plan) {
  for (const UniqueIndex& index : catalog.unique_indexes) {
    const TablePlan* table = plan.find(index.table);
    if (table == nullptr) continue;
    for (const std::string& column : index.columns) {
      const MaskedColumn* masked = table->find_masked(column);
      if (masked == nullptr || keeps_unique(masked->strategy, *catalog.find(index.table))) continue;
      throw Error(errors::not_unique,
                  fmt::format("column '{}' of table {} is in unique index '{}', and strategy '{}' "
                              "does not keep distinct values distinct",
                              printable(column), shown(index.table), printable(index.name),
                              masked->strategy.name),
                  "choose a strategy that keeps values unique: confiture plugin describe tells",
                  masked->place);
    }
  }
}

void check_foreign_keys(const Catalog& catalog, const Decisions& decisions) {
  for (const ForeignKey& key : catalog.foreign_keys)
    for (std::size_t pair = 0; pair < key.columns.size(); ++pair)
      check_pair(catalog, key, pair, decisions);
}

void check_same_target(const Plan& plan, const Catalog& now) {
  const auto keys_of = [](const Catalog& catalog, const TableName& table) {
    std::vector<ForeignKey> keys;
    for (const ForeignKey& key : catalog.foreign_keys)
      if (key.table == table || key.referenced == table) keys.push_back(key);
    return keys;
  };
  const auto indexes_of = [](const Catalog& catalog, const TableName& table) {
    std::vector<UniqueIndex> indexes;
    for (const UniqueIndex& index : catalog.unique_indexes)
      if (index.table == table) indexes.push_back(index);
    return indexes;
  };
  for (const TablePlan& table : plan.tables) {
    const Table* found = now.find(table.name);
    if (found == nullptr || found->columns != plan.target.find(table.name)->columns ||
        keys_of(now, table.name) != keys_of(plan.target, table.name) ||
        indexes_of(now, table.name) != indexes_of(plan.target, table.name))
      throw Error(errors::target_changed,
                  fmt::format("the target's table {} was changed after the copy was planned",
                              shown(table.name)),
                  "run it again");
  }
}

}  // namespace host::sync
