// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct UntrustedLanguage {
  std::vector<std::string> languages{"c",          "internal", "plpythonu", "plpython2u",
                                     "plpython3u", "plperlu",  "pltclu",    "plsh",
                                     "pljavau",    "plr",      "plluau",    "plrustu"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("languages", &UntrustedLanguage::languages, "The languages that are not trusted"),
      field("exclude", &UntrustedLanguage::exclude,
            "Functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.untrusted_language",
      .summary = "No function is in a language that passes the server's rights by",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::function},
      .why =
          "Code in an untrusted language (`plpython3u`, `plperlu`, `c`, ...) reads and writes\n"
          "files and opens connections as the user that the server runs as: a mistake in it\n"
          "is one of the machine, and not only of the database. Only a superuser can make\n"
          "such a function. Use a trusted language, or do the work outside of the database.",
      .bad =
          "CREATE FUNCTION disk_free() RETURNS text LANGUAGE plpython3u AS 'return "
          "open(\"/proc/mounts\").read()';",
      .good = "CREATE FUNCTION next_day(at date) RETURNS date LANGUAGE sql AS 'SELECT at + 1';"};

  void check(const Node& function, Report& report) const {
    if (!holds(languages, function.language()) || is_listed(function, exclude)) return;
    report
        .add(function, "function " + text(function.qualified_name()) +
                           " is in the untrusted language " + quoted(function.language()))
        .hint("write it in a trusted language, or do the work outside of the database");
  }
};

}  // namespace

RuleExtension untrusted_language() {
  return confiture::rule<UntrustedLanguage>();
}

}  // namespace plugins::security
