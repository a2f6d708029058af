// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_pattern.hpp"

namespace plugins::naming {
namespace {

struct IndexPattern {
  std::string pattern = "{table}_{columns}_idx";
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("pattern", &IndexPattern::pattern,
            "What names look like: {table}, {columns} and `*` for any text", "1.."),
      field("exclude", &IndexPattern::exclude, "Indexes left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.index_pattern",
      .summary = "Index names match a pattern",
      .severity = Severity::off,
      .kinds = {NodeKind::index},
      .why =
          "Plans and statistics name the index and not what it covers. A name made from table\n"
          "and columns says it, and two indexes on the same columns show at once. The default\n"
          "is the name that PostgreSQL itself chooses. In place of an expression `{columns}`\n"
          "holds `expr`.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE INDEX i1 ON customer (email);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE INDEX customer_email_idx ON customer (email);"};

  void check(const Node& index, Report& report) const {
    if (is_listed(index, exclude)) return;
    std::string columns;
    for (const Node& key : index.keys())
      columns += (columns.empty() ? "" : "_") + (key.name().empty() ? "expr" : text(key.name()));
    const std::string wanted = filled(pattern, index.parent().name(), columns);
    if (wanted.size() > longest_name || matches(wanted, index.name())) return;
    auto& finding =
        report.add(index, "index " + text(index.qualified_name()) + " is not named " + wanted);
    finding.hint("rename it");
    if (!has_star(wanted))
      finding.suggestion("ALTER INDEX " + text(index.qualified_name()) + " RENAME TO " +
                         quoted(wanted) + ";");
  }
};

}  // namespace

RuleExtension index_pattern() {
  return confiture::rule<IndexPattern>();
}

}  // namespace plugins::naming
