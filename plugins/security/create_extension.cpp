// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct CreateExtension {
  std::vector<std::string> allow{"plpgsql"};

  static constexpr auto params = confiture::params(
      field("allow", &CreateExtension::allow, "Extensions that somebody has looked at"));
  static constexpr RuleRecord record{
      .id = "security.create_extension",
      .summary = "An extension comes into the database after somebody has looked at it",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .why =
          "An extension is code of somebody else that runs inside the server: look where it\n"
          "comes from, who keeps it, and whether it is installed on every server that the\n"
          "migration reaches. Most need a superuser; those that PostgreSQL calls trusted need\n"
          "CREATE on the database. Extensions listed under `allow` are let pass.",
      .bad = "CREATE EXTENSION postgis;",
      .good =
          "-- with: {allow: [postgis]}\n"
          "CREATE EXTENSION postgis;"};

  void check(const Node& statement, Report& report) const {
    const std::string_view tag = statement.statement_tag();
    if (tag != "CREATE EXTENSION" && tag != "ALTER EXTENSION") return;
    const std::string_view name = report.tree(statement).text("extname");
    if (holds(allow, name)) return;
    static const std::vector<std::string> trusted{"bool_plperl",
                                                  "btree_gin",
                                                  "btree_gist",
                                                  "citext",
                                                  "cube",
                                                  "dict_int",
                                                  "fuzzystrmatch",
                                                  "hstore",
                                                  "hstore_plperl",
                                                  "intarray",
                                                  "isn",
                                                  "jsonb_plperl",
                                                  "lo",
                                                  "ltree",
                                                  "pg_trgm",
                                                  "pgcrypto",
                                                  "plperl",
                                                  "plpgsql",
                                                  "pltcl",
                                                  "seg",
                                                  "tablefunc",
                                                  "tcn",
                                                  "tsm_system_rows",
                                                  "tsm_system_time",
                                                  "unaccent",
                                                  "uuid-ossp"};
    const bool free = holds(trusted, name);
    Finding& finding = report.add(
        statement, "extension " + quoted(name) +
                       (tag == "CREATE EXTENSION" ? " comes" : " changes") + ", and needs " +
                       (free ? "CREATE on the database" : "a superuser"));
    finding.hint("see that every server has it and who may install it, then list it under `allow`");
    if (free) finding.risk(Risk::low);
  }
};

}  // namespace

RuleExtension create_extension() {
  return confiture::rule<CreateExtension>();
}

}  // namespace plugins::security
