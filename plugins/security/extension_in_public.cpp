// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct ExtensionInPublic {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &ExtensionInPublic::exclude, "Extensions that may be in public"));
  static constexpr RuleRecord record{
      .id = "security.extension_in_public",
      .summary = "Extensions have a schema of their own",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::extension},
      .why =
          "The objects of an extension in `public` lie between your own: a table or a\n"
          "function of yours may get the name of one of its, an API that serves `public`\n"
          "serves them too, and schemas are compared with hundreds of functions that are\n"
          "nobody's. Make a schema for them. Procedural languages and extensions that bring a\n"
          "schema are left alone.",
      .bad = "CREATE EXTENSION pgcrypto;",
      .good =
          "CREATE SCHEMA extensions;\n"
          "CREATE EXTENSION pgcrypto SCHEMA extensions;"};

  void check(const Node& extension, Report& report) const {
    if (extension.schema_name() != "public" || extension.name().starts_with("pl") ||
        is_listed(extension, exclude))
      return;
    static const std::vector<std::string> own_schema{
        "adminpack",   "pg_cron", "postgis_topology", "postgis_tiger_geocoder",
        "pglogical",   "pgmq",    "pgsodium",         "supabase_vault",
        "pg_graphql",  "pg_net",  "pgaudit",          "jsonb_plpython3u",
        "jsonb_plperl"};
    if (is_listed(extension, own_schema)) return;
    report
        .add(extension, "the objects of extension " + quoted(extension.name()) +
                            " lie in the schema public, between your own")
        .hint("give extensions a schema of their own")
        .suggestion("CREATE EXTENSION " + quoted(extension.name()) + " SCHEMA extensions;");
  }
};

}  // namespace

RuleExtension extension_in_public() {
  return confiture::rule<ExtensionInPublic>();
}

}  // namespace plugins::security
