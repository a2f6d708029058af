// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/supabase/_policies.hpp"

namespace plugins::supabase {
namespace {

struct FkToAuthUnique {
  static constexpr RuleRecord record{
      .id = "supabase.fk_to_auth_unique",
      .summary = "Foreign keys to auth refer to primary keys",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .scope = Scope::both,
      .why =
          "Supabase keeps the primary keys of the tables in `auth`; unique constraints and\n"
          "indexes of other columns change with its versions. A foreign key to one of them\n"
          "makes such an upgrade of the project fail. The rule is there where the project\n"
          "names its plugin: `plugins: [{ id: supabase }]`.",
      .bad =
          "CREATE TABLE member (id bigint PRIMARY KEY, email text REFERENCES auth.users (email));",
      .good =
          "CREATE TABLE member (id bigint PRIMARY KEY, user_id uuid REFERENCES auth.users (id));",
      .category = "security"};

  void check(const Node& statement, Report& report) const {
    const std::string_view tag = statement.statement_tag();
    if ((tag != "CREATE TABLE" && tag != "ALTER TABLE") || !mentions(statement.sql(), "auth"))
      return;
    report.tree(statement).walk([&](const Tree& part) {
      if (part.text("contype") != "CONSTR_FOREIGN" || part["pktable"].relation_schema() != "auth")
        return;
      const Tree columns = part["pk_attrs"];
      if (columns.empty() || (columns.size() == 1 && columns.at(0).string() == "id")) return;
      report
          .add(statement, "a foreign key refers to auth." +
                              quoted(part["pktable"].relation_name()) + " (" +
                              text(columns.at(0).string()) + "), which is no primary key")
          .hint("refer to its id");
    });
  }
};

}  // namespace

RuleExtension fk_to_auth_unique() {
  return confiture::rule<FkToAuthUnique>();
}

}  // namespace plugins::supabase
