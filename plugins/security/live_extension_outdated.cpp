// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::security {
namespace {

struct LiveExtensionOutdated {
  static constexpr RuleRecord record{
      .id = "security.live_extension_outdated",
      .summary = "Every extension has the version that the server brings",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .scope = live_scope,
      .why =
          "An update of the server brings new versions of its extensions, with their security "
          "fixes, but\n"
          "each database keeps the old SQL until ALTER EXTENSION ... UPDATE is run in it.",
      .bad = "CREATE EXTENSION hstore VERSION '1.4';  -- the server has 1.8",
      .good = "CREATE EXTENSION hstore;"};

  void check(const Node& database, Report& report) const {
    const auto rows =
        rows_of(report,
                "SELECT name, installed_version, default_version FROM pg_available_extensions"
                " WHERE installed_version <> default_version ORDER BY 1");
    for (const auto& row : rows) {
      Node at = database;
      for (const Node& extension : database.extensions())
        if (extension.name() == *row[0]) at = extension;
      report
          .add(at, "extension " + quoted(*row[0]) + " has version " + text(*row[1]) +
                       ", and the server brings " + text(*row[2]))
          .hint("update it in a migration")
          .suggestion("ALTER EXTENSION " + quoted(*row[0]) + " UPDATE;");
    }
  }
};

}  // namespace

RuleExtension live_extension_outdated() {
  return confiture::rule<LiveExtensionOutdated>();
}

}  // namespace plugins::security
