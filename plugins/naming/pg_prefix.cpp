// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_names.hpp"

namespace plugins::naming {
namespace {

struct PgPrefix {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &PgPrefix::exclude, "Objects left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.pg_prefix",
      .summary = "No object has a name that begins with pg_",
      .severity = Severity::error,
      .kinds = {NodeKind::database},
      .why =
          "PostgreSQL keeps names that begin with `pg_` for itself and refuses them for\n"
          "schemas. It looks into `pg_catalog` first: a table `pg_foo` works until a new\n"
          "version has one of its own, and from then on every query reads that one.",
      .bad = "CREATE TABLE pg_settings_history (id bigint PRIMARY KEY);",
      .good = "CREATE TABLE settings_history (id bigint PRIMARY KEY);"};

  void check(const Node& database, Report& report) const {
    each_named(database, [&](const Node& node, const char* word) {
      if (!node.name().starts_with("pg_") || !is_looked_up(node.kind()) || is_listed(node, exclude))
        return;
      report
          .add(node, text(word) + " " + text(node.qualified_name()) +
                         " has a name that PostgreSQL keeps for itself: it begins with pg_")
          .hint("name it without the prefix");
    });
  }

 private:
  // By the search path; a column, a constraint or a trigger belongs to its table.
  static bool is_looked_up(NodeKind kind) {
    return kind != NodeKind::column && kind != NodeKind::constraint && kind != NodeKind::trigger &&
           kind != NodeKind::policy;
  }
};

}  // namespace

RuleExtension pg_prefix() {
  return confiture::rule<PgPrefix>();
}

}  // namespace plugins::naming
