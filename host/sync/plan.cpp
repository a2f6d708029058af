// SPDX-License-Identifier: MIT
#include "host/sync/plan.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/plan_checks.hpp"

namespace host::sync {
namespace {

using Kind = config::ColumnRule::Kind;

std::string column_list(const std::vector<Column>& columns, std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) list += ", ";
    list += postgres::quote_identifier(columns[i].name);
  }
  return list;
}

// The field of a column that a strategy wants to see, added behind the written ones if need be.
std::size_t context_field(const Table& table, TablePlan& plan, const std::string& name,
                          const Place& place) {
  const auto found = std::find_if(plan.read.begin(), plan.read.end(),
                                  [&](const Column& column) { return column.name == name; });
  if (found != plan.read.end()) return static_cast<std::size_t>(found - plan.read.begin());
  const Column* column = table.find(name);
  if (column == nullptr) {
    std::vector<std::string> known;
    for (const Column& other : table.columns) known.push_back(other.name);
    throw Error(errors::unknown_column,
                fmt::format("unknown column '{}' of table {}", printable(name),
                            printable(table.name.sql())),
                suggest_name(name, known), place);
  }
  plan.read.push_back(*column);
  return plan.read.size() - 1;
}

// Gives COLUMN parameters their index in the batch: 0 is the column itself, context follows.
void bind_columns(const Table& table, TablePlan& plan, MaskedColumn& masked,
                  config::Parameters& parameters) {
  std::vector<std::string> keys;
  for (const auto& [key, entry] : parameters.entries()) keys.push_back(key);
  for (const std::string& key : keys) {
    config::Parameters::Entry& entry = *parameters.find(key);
    for (config::Parameters& item : entry.items) bind_columns(table, plan, masked, item);
    if (entry.type != CONFITURE_PARAM_COLUMN || !entry.set || !entry.items.empty()) continue;
    const std::size_t field = context_field(table, plan, entry.text, masked.place);
    auto position = std::find(masked.context.begin(), masked.context.end(), field);
    if (field == masked.field) {
      entry.integer = 0;
      continue;
    }
    if (position == masked.context.end()) position = masked.context.insert(position, field);
    entry.integer = position - masked.context.begin() + 1;
  }
}

void add_masked(const Table& table, const Column& target, const Decision& decision,
                std::size_t field, TablePlan& plan) {
  MaskedColumn masked;
  masked.name = target.name;
  masked.field = field;
  masked.strategy = decision.strategy;
  masked.parameters = decision.parameters;
  masked.require_change = decision.require_change;
  masked.target = target;
  masked.place = decision.place;
  bind_columns(table, plan, masked, masked.parameters);
  if ((decision.strategy->strategy.flags & CONFITURE_STRATEGY_WANTS_KEY) != 0)
    for (const std::string& key : table.primary_key)
      masked.context.push_back(context_field(table, plan, key, masked.place));
  plan.masked.push_back(std::move(masked));
}

TablePlan plan_table(const Table& table, const Table& target, const Decisions& decisions) {
  TablePlan plan;
  plan.name = table.name;
  plan.estimated_rows = table.estimated_rows;
  for (const Column& column : table.columns) {
    if (column.generated) continue;
    const Decision* decision = decisions.find(table.name, column.name);
    if (decision != nullptr && decision->kind == Kind::drop) {
      plan.dropped.push_back(column.name);
    } else {
      plan.read.push_back(column);
    }
  }
  plan.written = plan.read.size();
  if (plan.written == 0 && !plan.dropped.empty())
    throw Error(errors::undecided,
                fmt::format("every column of table {} is dropped", printable(table.name.sql())),
                "leave the table out with --exclude");
  for (std::size_t field = 0; field < plan.written; ++field) {
    const std::string name = plan.read[field].name;
    const Decision* decision = decisions.find(table.name, name);
    if (decision != nullptr && decision->kind == Kind::strategy)
      add_masked(table, *target.find(name), *decision, field, plan);
  }
  return plan;
}

// A named table stands for itself and its partitions; one that others merely inherit from does not
// bring them along.
std::set<const Table*> named_tables(const Catalog& source, const std::vector<std::string>& names) {
  std::set<const Table*> named;
  for (const std::string& name : names) named.insert(&require_table(source, name, {}));
  for (const Table& table : source.tables)
    for (const Table* member : source.with_ancestors(table))
      if (member->partitioned && named.count(member) > 0) named.insert(&table);
  return named;
}

}  // namespace

std::string TablePlan::read_sql() const {
  if (read.empty()) return fmt::format("COPY {} TO STDOUT", name.sql());
  const std::string list = column_list(read, read.size());
  // COPY of a table knows no generated columns; a query does.
  if (read.size() > written)
    return fmt::format("COPY (SELECT {} FROM ONLY {}) TO STDOUT", list, name.sql());
  return fmt::format("COPY {} ({}) TO STDOUT", name.sql(), list);
}

std::string TablePlan::write_sql() const {
  if (written == 0) return fmt::format("COPY {} FROM STDIN", name.sql());
  return fmt::format("COPY {} ({}) FROM STDIN", name.sql(), column_list(read, written));
}

const TablePlan* Plan::find(const TableName& name) const {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const TablePlan& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

bool Plan::keyed() const {
  for (const TablePlan& table : tables)
    for (const MaskedColumn& masked : table.masked)
      if ((masked.strategy->strategy.flags & CONFITURE_STRATEGY_KEYED) != 0) return true;
  return false;
}

std::vector<const Table*> select_tables(const Catalog& source, const Selection& selection) {
  const std::set<const Table*> wanted = named_tables(source, selection.tables);
  const std::set<const Table*> unwanted = named_tables(source, selection.exclude);
  std::vector<const Table*> selected;
  for (const Table& table : source.tables)
    if (!table.partitioned && (selection.tables.empty() || wanted.count(&table) > 0) &&
        unwanted.count(&table) == 0)
      selected.push_back(&table);
  if (selected.empty())
    throw Error(errors::nothing_selected, "there is no table to copy",
                "see --tables and --exclude, and whether the source is the database you meant");
  return selected;
}

Plan make_plan(const Catalog& source, Catalog target, const std::vector<const Table*>& selected,
               const Decisions& decisions) {
  check_target_schema(target, selected, decisions);
  Plan plan;
  for (const Table* table : selected)
    plan.tables.push_back(plan_table(*table, *target.find(table->name), decisions));
  for (const Catalog* catalog : {&source, &std::as_const(target)}) {
    check_unique_indexes(*catalog, plan);
    check_foreign_keys(*catalog, decisions);
  }
  plan.target = std::move(target);
  return plan;
}

}  // namespace host::sync
