// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"

namespace plugins::performance {
namespace {

// Whether the first keys are the columns, in any order.
bool begins_with(const NodeList& keys, const NodeList& columns) {
  if (keys.size() < columns.size()) return false;
  for (const Node& column : columns) {
    bool found = false;
    for (std::size_t i = 0; i < columns.size(); ++i) found = found || keys[i] == column;
    if (!found) return false;
  }
  return true;
}

bool can_search(const Node& index) {
  const std::string_view method = index.access_method();
  return index.predicate_sql().empty() &&
         (method == "btree" || (method == "hash" && index.columns().size() == 1));
}

bool is_covered(const Node& table, const NodeList& columns) {
  for (const Node& index : table.indexes())
    if (can_search(index) && begins_with(index.columns(), columns)) return true;
  for (const Node& constraint : table.constraints()) {
    const std::string_view kind = constraint.constraint_kind();
    if ((kind == "primary_key" || kind == "unique") && begins_with(constraint.columns(), columns))
      return true;
  }
  return false;
}

struct ForeignKeyWithoutIndex {
  static constexpr RuleRecord record{
      .id = "performance.foreign_key_without_index",
      .summary = "The columns of a foreign key are covered by an index",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::constraint},
      .why =
          "Each DELETE or key UPDATE in the referenced table looks for referencing rows: without "
          "an "
          "index\n"
          "that begins with the foreign key's columns, in any order, it reads the whole table each "
          "time.\n"
          "A partial index does not count, a primary key or a unique constraint does.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);\n"
          "CREATE INDEX invoice_customer_id_idx ON invoice (customer_id);",
      .fix = Fix::safe};

  void check(const Node& constraint, Report& report) const {
    if (constraint.constraint_kind() != "foreign_key" || constraint.columns().empty()) return;
    const Node table = constraint.parent();
    if (is_covered(table, constraint.columns())) return;
    std::string name(table.name());
    for (const Node& column : constraint.columns()) name += "_" + text(column.name());
    const std::string create = "CREATE INDEX " + quoted(name + "_idx") + " ON " +
                               text(table.qualified_name()) + " (" +
                               column_list(constraint.columns()) + ")";
    // After CREATE TABLE, or after the ALTER TABLE that adds the key as its last action.
    const Written made(table);
    const confiture_location place = constraint.location();
    const std::uint64_t end = made.has(place.offset) ? made.end() : place.end_offset;
    report
        .add(constraint, "no index covers foreign key " + quoted(constraint.name()) + " (" +
                             column_list(constraint.columns()) + ") of table " +
                             text(table.qualified_name()))
        .hint(
            "add an index; on a table in use with CREATE INDEX CONCURRENTLY, in a migration of its "
            "own")
        .suggestion(create + ";")
        .fix(end, end, ";\n" + create);
  }
};

}  // namespace

RuleExtension foreign_key_without_index() {
  return confiture::rule<ForeignKeyWithoutIndex>();
}

}  // namespace plugins::performance
