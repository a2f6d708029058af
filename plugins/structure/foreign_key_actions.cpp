// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct ForeignKeyActions {
  std::vector<std::string> on_delete{"no_action", "restrict"};
  std::vector<std::string> on_update{"no_action", "restrict", "cascade"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("on_delete", &ForeignKeyActions::on_delete,
            "Actions allowed ON DELETE: no_action, restrict, cascade, set_null, set_default"),
      field("on_update", &ForeignKeyActions::on_update, "Actions allowed ON UPDATE"),
      field("exclude", &ForeignKeyActions::exclude,
            "Tables and foreign keys left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.foreign_key_actions",
      .summary = "Foreign keys act as configured",
      .severity = Severity::off,
      .kinds = {NodeKind::constraint},
      .why =
          "ON DELETE CASCADE deletes rows of other tables, and their rows in turn, from one\n"
          "statement that names none of them. Which action is right is a decision for the\n"
          "whole schema: here it is written down. The default refuses every action but NO\n"
          "ACTION and RESTRICT.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (\n"
          "  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer ON DELETE "
          "CASCADE\n"
          ");",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES "
          "customer);"};

  void check(const Node& constraint, Report& report) const {
    if (constraint.constraint_kind() != "foreign_key") return;
    if (!is_judged_table(constraint.parent(), exclude) || is_listed(constraint, exclude)) return;
    judge(constraint, "ON DELETE", constraint.on_delete(), on_delete, report);
    judge(constraint, "ON UPDATE", constraint.on_update(), on_update, report);
  }

 private:
  static void judge(const Node& constraint, const char* event, std::string_view action,
                    const std::vector<std::string>& allowed, Report& report) {
    for (const std::string& one : allowed)
      if (one == action) return;
    report
        .add(constraint, "foreign key " + place_of(constraint) + " acts " + event + ": " +
                             text(action) + " is not allowed")
        .hint("choose another action, or allow it");
  }
};

}  // namespace

RuleExtension foreign_key_actions() {
  return confiture::rule<ForeignKeyActions>();
}

}  // namespace plugins::structure
