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

// The same of one column; a partial index is one that somebody thought of.
bool begins_an_index(const Node& column) {
  const Node table = column.parent();
  for (const Node& index : table.indexes())
    if (index.columns().size() > 0 && index.columns()[0] == column) return true;
  for (const Node& constraint : table.constraints()) {
    const std::string_view kind = constraint.constraint_kind();
    const bool indexed = kind == "primary_key" || kind == "unique" || kind == "foreign_key";
    if (indexed && constraint.columns().size() > 0 && constraint.columns()[0] == column)
      return true;  // a foreign key is judged by itself
  }
  return false;
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
  std::vector<std::string> exclude, candidates;
  static constexpr auto params = confiture::params(
      field("candidates", &ForeignKeyWithoutIndex::candidates,
            "Words that make a column's name the name of one that wants an index of its own"),
      field("exclude", &ForeignKeyWithoutIndex::exclude,
            "Tables, columns and foreign keys left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "performance.foreign_key_without_index",
      .summary = "The columns of a foreign key are covered by an index",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::constraint, NodeKind::column},
      .why =
          "Each DELETE or key UPDATE in the referenced table looks for referencing rows: without "
          "an "
          "index\n"
          "that begins with the foreign key's columns, in any order, it reads the whole table each "
          "time.\n"
          "A partial index does not count, a primary key or a unique constraint does. Columns that "
          "are\n"
          "searched by without being a foreign key are named by `candidates`.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);\n"
          "CREATE INDEX invoice_customer_id_idx ON invoice (customer_id);",
      .fix = Fix::safe};

  void check(const Node& node, Report& report) const {
    const Node table = node.parent();
    if (is_listed(table, exclude) || is_listed(node, exclude)) return;
    if (node.kind() == NodeKind::column) return check_candidate(node, report);
    if (node.constraint_kind() != "foreign_key" || node.columns().empty()) return;
    if (is_covered(table, node.columns())) return;
    std::string name(table.name());
    for (const Node& column : node.columns()) name += "_" + text(column.name());
    // After CREATE TABLE, or after the ALTER TABLE that adds the key as its last action.
    const Written made(table);
    const confiture_location place = node.location();
    advise(report.add(node, "no index covers foreign key " + quoted(node.name()) + " (" +
                                column_list(node.columns()) + ") of table " +
                                text(table.qualified_name())),
           table, name, column_list(node.columns()),
           made.has(place.offset) ? made.end() : place.end_offset);
  }

 private:
  void check_candidate(const Node& column, Report& report) const {
    const Node table = column.parent();
    if (candidates.empty() || matching(column.name(), candidates) == nullptr) return;
    if (table.kind() != NodeKind::table || table.is_partition() || begins_an_index(column)) return;
    const Written made(table);
    advise(report.add(column, "no index begins with column " + text(column.qualified_name()) +
                                  ", by which rows are looked for"),
           table, text(table.name()) + "_" + text(column.name()), quoted(column.name()),
           made.has(column.location().offset) ? made.end() : 0);
  }

  // `end`: where the statement ends that an index may follow; 0: not known.
  static void advise(Finding& finding, const Node& table, const std::string& name,
                     const std::string& columns, std::uint64_t end) {
    const std::string create = "CREATE INDEX " + quoted(name + "_idx") + " ON " +
                               text(table.qualified_name()) + " (" + columns + ")";
    finding
        .hint(
            "add an index; on a table in use with CREATE INDEX CONCURRENTLY, in a migration of its "
            "own")
        .suggestion(create + ";");
    if (end != 0) finding.fix(end, end, ";\n" + create);
  }
};

}  // namespace

RuleExtension foreign_key_without_index() {
  return confiture::rule<ForeignKeyWithoutIndex>();
}

}  // namespace plugins::performance
