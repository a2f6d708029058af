// SPDX-License-Identifier: MIT
#include <map>

#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct SchemaFilePrefixUnique {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &SchemaFilePrefixUnique::exclude, "Files left alone, by their path"));
  static constexpr RuleRecord record{
      .id = "structure.schema_file_prefix_unique",
      .summary = "No two files of a folder have the same number",
      .severity = Severity::error,
      .kinds = {NodeKind::database},
      .scope = Scope::schema,
      .why =
          "Schema files are run in the order of their names. Two files `10_...` in one folder\n"
          "are ordered by what follows the number, which nobody chose for that: a renamed\n"
          "file changes the order.",
      .bad =
          "-- file: db/schema/10_tables.sql\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "-- file: db/schema/10_views.sql\n"
          "CREATE VIEW customer_ids AS SELECT id FROM customer;",
      .good =
          "-- file: db/schema/10_tables.sql\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "-- file: db/schema/20_views.sql\n"
          "CREATE VIEW customer_ids AS SELECT id FROM customer;"};

  void check(const Node& database, Report& report) const {
    std::map<std::string_view, Node> first;  // by the path up to the end of the number
    for (const Node& file : database.files()) {
      const std::string_view numbered = up_to_number(file.name());
      if (numbered.empty() || is_listed(file, exclude)) continue;
      const auto [place, added] = first.emplace(numbered, file);
      if (added) continue;
      report.add(file, text(file.name()) + " has the same number as " + text(place->second.name()))
          .hint("give each file of the folder a number of its own");
    }
  }

 private:
  // "db/schema/10" of "db/schema/10_tables.sql"; empty for a file without a number.
  static std::string_view up_to_number(std::string_view path) {
    const std::size_t begin = path.rfind('/') + 1;
    std::size_t end = begin;
    while (end < path.size() && path[end] >= '0' && path[end] <= '9') ++end;
    const bool separated =
        end < path.size() && (path[end] == '_' || path[end] == '-' || path[end] == '.');
    return end > begin && separated ? path.substr(0, end) : std::string_view();
  }
};

}  // namespace

RuleExtension schema_file_prefix_unique() {
  return confiture::rule<SchemaFilePrefixUnique>();
}

}  // namespace plugins::structure
