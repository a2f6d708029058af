// SPDX-License-Identifier: MIT
#include "plugins/common/personal_data.hpp"
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct SecretInDdl {
  static constexpr RuleRecord record{
      .id = "security.secret_in_ddl",
      .summary = "No password stands in the SQL",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement, NodeKind::function},
      .scope = Scope::both,
      .why =
          "What stands in a file is in the repository and its history, in every copy of it,\n"
          "in the server's log and in pg_stat_activity. Make the role without a password and\n"
          "set it with `\\password`, keep those of foreign servers and subscriptions out of\n"
          "the files (a passfile, a service file, a script at deployment), and change the one\n"
          "that stood here. A SCRAM-SHA-256 verifier is left alone, an md5 hash is as good as\n"
          "the password.",
      .bad = "CREATE ROLE app LOGIN PASSWORD 'sesame';",
      .good = "CREATE ROLE app LOGIN;"};

  void check(const Node& node, Report& report) const {
    const std::string_view sql = node.sql();
    if (only_defines(node.statement_tag())) return;
    if (!mentions(sql, "passw") && !mentions(sql, "://")) return;
    const std::string_view tag = node.statement_tag();
    if (node.kind() == NodeKind::statement && tag.starts_with("CREATE ") &&
        (tag.ends_with("FUNCTION") || tag.ends_with("PROCEDURE")))
      return;  // comes as an object
    each_query(node, report, [&](const Tree& query, const Node& at) {
      if (const char* where = place_of_secret(query))
        report.add(at, std::string("a password stands in ") + where)
            .hint("set it outside of the files, and change this one");
    });
  }

 private:
  static const char* place_of_secret(const Tree& query) {
    if (is_one_of(query.type(), {"CreateRoleStmt", "AlterRoleStmt"}))
      return has_option(query["options"], is_password) ? "the definition of a role" : nullptr;
    if (is_one_of(query.type(), {"CreateUserMappingStmt", "AlterUserMappingStmt"}))
      return has_option(query["options"], is_text) ? "a user mapping" : nullptr;
    if (is_one_of(query.type(), {"CreateForeignServerStmt", "AlterForeignServerStmt"}))
      return has_option(query["options"], is_text) ? "the definition of a foreign server" : nullptr;
    if (is_one_of(query.type(), {"CreateSubscriptionStmt", "AlterSubscriptionStmt"}))
      return has_password(query.text("conninfo")) ? "the connection of a subscription" : nullptr;
    if (query.is("AlterSystemStmt"))
      return query.any(
                 [](const Tree& part) { return part.is_string() && has_password(part.string()); })
                 ? "a setting of the server"
                 : nullptr;
    const bool dblink = query.any([](const Tree& part) {
      return part.is("FuncCall") && part.function_name().starts_with("dblink") &&
             part["args"].any(
                 [](const Tree& one) { return one.is_string() && has_password(one.string()); });
    });
    return dblink ? "the connection of dblink" : nullptr;
  }

  static bool is_text(std::string_view value) { return !value.empty(); }
  static bool is_password(std::string_view value) {
    return !value.empty() && !value.starts_with("SCRAM-SHA-256$");
  }
  static bool has_option(const Tree& options, bool (*is_secret)(std::string_view)) {
    for (const Tree& option : options) {
      const std::string_view name = option.text("defname");
      if ((name == "password" || name == "passwd" || name == "sslpassword") &&
          is_secret(option["arg"].string()))
        return true;
    }
    return false;
  }
  // Of libpq, as words or as a URL; what is filled in at run time is none.
  static bool has_password(std::string_view connection) {
    for (const std::string_view word : {"password=", "password = "}) {
      const std::size_t at = connection.find(word);
      if (at == std::string_view::npos) continue;
      const std::string_view value = connection.substr(at + word.size());
      return !value.empty() && value[0] != '$' && value[0] != '%' && value[0] != '{' &&
             value[0] != ' ';
    }
    const std::size_t scheme = connection.find("://");
    if (scheme == std::string_view::npos) return false;
    const std::string_view rest = connection.substr(scheme + 3);
    const std::size_t colon = rest.find(':'), at = rest.find('@');
    return colon != std::string_view::npos && at != std::string_view::npos && colon + 1 < at &&
           rest[colon + 1] != '$' && rest[colon + 1] != '{';
  }
};

}  // namespace

RuleExtension secret_in_ddl() {
  return confiture::rule<SecretInDdl>();
}

}  // namespace plugins::security
