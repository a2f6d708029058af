// SPDX-License-Identifier: MIT
#include "host/sync/plan.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/plan_bind.hpp"
#include "host/sync/plan_checks.hpp"

namespace host::sync {
namespace {

using Kind = Decision::Kind;

std::string column_list(const std::vector<Column>& columns, std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) list += ", ";
    list += postgres::quote_identifier(columns[i].name);
  }
  return list;
}

TablePlan plan_table(const Table& table, const Table& target, const Decisions& decisions) {
  TablePlan plan;
  plan.name = table.name;
  plan.estimated_rows = table.estimated_rows;
  plan.bytes = table.bytes;
  for (const Column& column : table.columns) {
    if (column.generated) continue;
    const Decision* decision = decisions.find(table.name, column.name);
    if (decision != nullptr && decision->kind == Kind::drop) {
      plan.dropped.push_back(column);
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
    if (decision == nullptr || decision->kind != Kind::strategy) continue;
    MaskedColumn masked{name,
                        field,
                        decision->strategy,
                        decision->domain,
                        decision->require_change,
                        *target.find(name),
                        decision->place};
    bind_strategy(table, decisions, masked, plan);
    plan.masked.push_back(std::move(masked));
  }
  order_by_need(plan);
  return plan;
}

// Whether the type's bytes in the binary format are its text.
bool is_plain_text(const Column& column) {
  return column.type_name == "text" || column.type_name == "varchar" ||
         column.type_name == "bpchar" || column.type_name == "json";
}

// The binary format is read by the type's own function: both ends must mean the same type, and one
// that is not written as an oid of its own database. What strategies look at must be text in it.
bool may_be_binary(const TablePlan& plan, const Table& target) {
  if (plan.written == 0) return false;
  std::vector<std::size_t> seen;
  for (const MaskedColumn& masked : plan.masked) {
    seen.push_back(masked.field);
    masked.strategy.add_fields(seen);
  }
  for (const std::size_t field : seen)
    if (!is_plain_text(plan.read[field])) return false;
  return std::all_of(
      plan.read.begin(), plan.read.begin() + static_cast<std::ptrdiff_t>(plan.written),
      [&](const Column& column) {
        const Column& other = *target.find(column.name);
        return column.type_oid != 0 && column.type_oid == other.type_oid &&
               column.sql_type == other.sql_type && column.type_name.rfind("reg", 0) != 0 &&
               column.type_name != "aclitem" && column.type_name != "aclitem[]";
      });
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

std::string where_clause(const std::string& where) {
  // On lines of its own, so that a comment in it ends there.
  return where.empty() ? "" : fmt::format(" WHERE (\n{}\n)", where);
}

const MaskedColumn* TablePlan::find_masked(std::string_view column) const {
  const auto found = std::find_if(masked.begin(), masked.end(),
                                  [&](const MaskedColumn& m) { return m.name == column; });
  return found == masked.end() ? nullptr : &*found;
}

std::string TablePlan::select_sql(const std::optional<PageRange>& pages) const {
  std::string conditions = where_clause(where);
  if (pages) {
    conditions +=
        fmt::format("{} ctid >= '({},0)'", conditions.empty() ? " WHERE" : " AND", pages->begin);
    if (pages->end != 0) conditions += fmt::format(" AND ctid < '({},0)'", pages->end);
  }
  return fmt::format("SELECT {} FROM ONLY {}{}", column_list(read, read.size()), name.sql(),
                     conditions);
}

std::string TablePlan::read_sql(const std::optional<PageRange>& pages) const {
  const char* format = binary ? " WITH (FORMAT binary)" : "";
  // COPY of a table knows no generated columns and no conditions; a query does.
  if (read.size() > written || !where.empty() || pages)
    return fmt::format("COPY ({}) TO STDOUT{}", select_sql(pages), format);
  if (read.empty()) return fmt::format("COPY {} TO STDOUT{}", name.sql(), format);
  return fmt::format("COPY {} ({}) TO STDOUT{}", name.sql(), column_list(read, read.size()),
                     format);
}

std::string TablePlan::write_sql(bool freeze) const {
  std::string options = freeze ? "FREEZE" : "";
  if (binary) options += options.empty() ? "FORMAT binary" : ", FORMAT binary";
  return fmt::format(
      "COPY {}{} FROM STDIN{}", name.sql(),
      written == 0 ? std::string() : fmt::format(" ({})", column_list(read, written)),
      options.empty() ? std::string() : fmt::format(" WITH ({})", options));
}

const TablePlan* Plan::find(const TableName& name) const {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const TablePlan& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

bool Plan::keyed() const {
  for (const TablePlan& table : tables)
    for (const MaskedColumn& masked : table.masked)
      if (masked.strategy.has(CONFITURE_STRATEGY_KEYED)) return true;
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
               const Decisions& decisions, bool same_version) {
  check_target_schema(target, selected, decisions);
  Plan plan;
  for (const Table* table : selected) {
    const Table& found = *target.find(table->name);
    plan.tables.push_back(plan_table(*table, found, decisions));
    plan.tables.back().binary = same_version && may_be_binary(plan.tables.back(), found);
  }
  for (const Catalog* catalog : {&source, &std::as_const(target)}) {
    check_unique_indexes(*catalog, plan);
    check_foreign_keys(*catalog, decisions);
  }
  plan.target = std::move(target);
  return plan;
}

}  // namespace host::sync
