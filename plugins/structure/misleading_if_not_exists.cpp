// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_places.hpp"

namespace plugins::structure {
namespace {

struct MisleadingIfNotExists {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &MisleadingIfNotExists::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.misleading_if_not_exists",
      .summary = "CREATE TABLE IF NOT EXISTS does not hide another definition",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::table},
      .scope = Scope::schema,
      .why =
          "`CREATE TABLE IF NOT EXISTS` of a table that is there does nothing: columns that\n"
          "stand only in the second definition are never made, and whoever reads that file\n"
          "believes in them. The same definition twice is let pass.",
      .bad =
          "-- file: 10_a.sql\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "-- file: 20_b.sql\n"
          "CREATE TABLE IF NOT EXISTS customer (id bigint PRIMARY KEY, email text);",
      .good =
          "-- file: 10_a.sql\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "ALTER TABLE customer ADD COLUMN IF NOT EXISTS email text;"};

  void check(const Node& table, Report& report) const {
    if (table.is_temporary() || is_listed(table, exclude)) return;
    for (const Node& other : table.redefinitions()) {
      if (!other.if_not_exists()) continue;
      const std::string difference = first_difference(other, table);
      if (difference.empty()) continue;
      report
          .add(other, "CREATE TABLE IF NOT EXISTS " + text(table.qualified_name()) +
                          " has no effect, and differs from the definition in " +
                          place_in_file(table) + ": " + difference)
          .hint("change the first definition, or use ALTER TABLE");
    }
  }

 private:
  // What the unused definition says of columns that the table does not bear out. The table may have
  // more: a later ALTER TABLE can have added it.
  static std::string first_difference(const Node& unused, const Node& table) {
    for (const Node& column : unused.columns()) {
      Node same;
      for (const Node& one : table.columns())
        if (one.name() == column.name()) same = one;
      if (!same) return "column " + quoted(column.name()) + " is missing there";
      if (same.type_name() != column.type_name() || same.max_length() != column.max_length() ||
          same.precision() != column.precision() || same.scale() != column.scale())
        return "column " + quoted(column.name()) + " is " + text(same.type_sql()) + " there";
    }
    return {};
  }
};

}  // namespace

RuleExtension misleading_if_not_exists() {
  return confiture::rule<MisleadingIfNotExists>();
}

}  // namespace plugins::structure
