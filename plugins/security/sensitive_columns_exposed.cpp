// SPDX-License-Identifier: MIT
#include "plugins/common/personal_data.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct SensitiveColumnsExposed {
  std::vector<std::string> names = default_names();
  std::vector<std::string> roles = api_roles();
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &SensitiveColumnsExposed::names,
            "Words that make a column's name the name of sensitive data"),
      field("roles", &SensitiveColumnsExposed::roles, "Roles that anybody may have"),
      field("exclude", &SensitiveColumnsExposed::exclude,
            "Tables and columns left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "security.sensitive_columns_exposed",
      .summary = "Roles that anybody may have read no sensitive column of all rows",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::table},
      .why =
          "The roles of an API (`anon`, `authenticated`) and PUBLIC stand for whoever calls.\n"
          "A table that they may SELECT and that has no row security shows them every row,\n"
          "with passwords, national ids or card numbers in it. Enable row security, grant the\n"
          "harmless columns only, or show the table through a view. Rights from ALTER DEFAULT\n"
          "PRIVILEGES count too.",
      .bad =
          "CREATE TABLE person (id bigint PRIMARY KEY, name text, passport text);\n"
          "GRANT SELECT ON person TO anon;",
      .good =
          "CREATE TABLE person (id bigint PRIMARY KEY, name text, passport text);\n"
          "GRANT SELECT (id, name) ON person TO anon;"};

  void check(const Node& table, Report& report) const {
    if (table.grants().empty() || !is_lasting_table(table)) return;
    if (table.has_row_security() || is_listed(table, exclude)) return;
    for (const Node& column : table.columns()) {
      if (data_word(column, names) == nullptr || is_listed(column, exclude)) continue;
      const std::string who = reached_by(table, roles, "select", column);
      if (who.empty()) continue;
      report
          .add(column, "column " + text(column.qualified_name()) + " is sensitive, and " + who +
                           " may read it in every row")
          .hint("enable row security on the table, or grant its other columns only");
    }
  }

 private:
  static std::vector<std::string> default_names() {
    std::vector<std::string> all = sensitive_names();
    for (const char* secret : {"password", "passwd", "password_hash", "secret", "api_key",
                               "private_key", "access_token", "refresh_token", "credentials"})
      all.emplace_back(secret);
    return all;
  }
};

}  // namespace

RuleExtension sensitive_columns_exposed() {
  return confiture::rule<SensitiveColumnsExposed>();
}

}  // namespace plugins::security
