// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::security {
namespace {

struct LiveClusterSettings {
  static constexpr RuleRecord record{
      .id = "security.live_cluster_settings",
      .summary = "The server asks for passwords, keeps them well and encrypts what it sends",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .scope = live_scope,
      .why =
          "What the server lets in is no part of a schema, and undoes the best one: `trust` and "
          "`password`\n"
          "in pg_hba.conf over the network, md5 hashes, connections without encryption. What the "
          "role may\n"
          "not see is not judged: pg_hba_file_rules is for superusers. Lines for sockets are left "
          "out,\n"
          "since the folder guards them.",
      .bad = "ALTER SYSTEM SET password_encryption = 'md5';",
      .good = "ALTER SYSTEM SET password_encryption = 'scram-sha-256';"};

  void check(const Node& database, Report& report) const {
    const auto settings =
        rows_of(report,
                "SELECT current_setting('password_encryption') = 'md5',"
                " current_setting('ssl') = 'off' AND current_setting('listen_addresses')"
                "   NOT IN ('', 'localhost', '127.0.0.1', '::1', '127.0.0.1,::1'),"
                " has_function_privilege('pg_hba_file_rules()', 'EXECUTE') AND"
                "   has_table_privilege('pg_hba_file_rules', 'SELECT')");
    if (*settings[0][std::size_t{0}] == "t")
      report.add(database, "passwords are kept as md5 hashes")
          .hint("set password_encryption to scram-sha-256, and have every password set anew");
    if (*settings[0][1] == "t")
      report.add(database, "the server listens on the network without encryption")
          .hint("set ssl = on, and ask for hostssl in pg_hba.conf");
    if (*settings[0][2] != "t") return;
    const auto lines =
        rows_of(report,
                "SELECT line_number, auth_method FROM pg_hba_file_rules WHERE type LIKE 'host%'"
                " AND auth_method IN ('trust', 'password', 'md5') AND coalesce(address, '')"
                "   NOT IN ('127.0.0.1', '::1') ORDER BY 1");
    for (const auto& line : lines)
      report
          .add(database, "line " + text(*line[std::size_t{0}]) +
                             " of pg_hba.conf lets the network in by '" + text(*line[1]) + "'")
          .hint("ask for scram-sha-256 or a certificate there");
  }
};

}  // namespace

RuleExtension live_cluster_settings() {
  return confiture::rule<LiveClusterSettings>();
}

}  // namespace plugins::security
