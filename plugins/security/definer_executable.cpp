// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct DefinerExecutable {
  std::vector<std::string> roles = api_roles();
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("roles", &DefinerExecutable::roles, "Roles that anybody may have"),
                        field("exclude", &DefinerExecutable::exclude,
                              "Functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.definer_executable",
      .summary = "Not everybody may call a function that runs with its owner's rights",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::function},
      .why =
          "PostgreSQL gives EXECUTE on each new function to PUBLIC. For a SECURITY DEFINER\n"
          "function that means: every role that reaches the schema does with its owner's\n"
          "rights what the function does. Take the right from PUBLIC and give it to the roles\n"
          "that need it. Trigger functions, which nobody can call, are left alone.",
      .bad =
          "CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = "
          "public\n"
          "  AS 'DELETE FROM draft';",
      .good =
          "CREATE FUNCTION wipe() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = "
          "public\n"
          "  AS 'DELETE FROM draft';\n"
          "REVOKE EXECUTE ON FUNCTION wipe() FROM PUBLIC;\n"
          "GRANT EXECUTE ON FUNCTION wipe() TO clerk;",
      .fix = Fix::safe};

  void check(const Node& function, Report& report) const {
    if (!function.is_security_definer() || is_listed(function, exclude)) return;
    if (function.return_type() == "trigger" || function.return_type() == "event_trigger") return;
    std::string who = reached_by(function, roles, "execute");
    if (function.is_public_execute() && holds(roles, "public")) who = "PUBLIC";
    if (who.empty()) return;
    Finding& finding =
        report
            .add(function, "function " + text(function.qualified_name()) +
                               " runs with its owner's rights, and " + who + " may call it")
            .hint("take EXECUTE from " + who + " and give it to the roles that need it")
            .suggestion("REVOKE EXECUTE ON " + call_of(function) + " FROM " + who + ";");
    const std::uint64_t end = Written(function).end();
    finding.fix(end, end, ";\nREVOKE EXECUTE ON " + call_of(function) + " FROM " + who);
  }
};

}  // namespace

RuleExtension definer_executable() {
  return confiture::rule<DefinerExecutable>();
}

}  // namespace plugins::security
