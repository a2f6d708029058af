// SPDX-License-Identifier: MIT
#include <algorithm>

#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct DropForeignKeyLocksParent {
  static constexpr RuleRecord record{
      .id = "safety.drop_foreign_key_locks_parent",
      .summary = "No referenced table in use is locked for a foreign key that goes",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::subcommand},
      .why =
          "A foreign key has triggers on the table that it refers to: dropping it, its column or "
          "its table takes an ACCESS EXCLUSIVE lock on that table as well, which waits for every "
          "query that runs there, and all that come later wait behind it. Drop it alone, in a "
          "short transaction, with a lock_timeout. Tables that the same file made are exempt, and "
          "what no migration tells is not seen.",
      .bad =
          "-- file: 1_make.up.sql\nCREATE TABLE customer (id bigint PRIMARY KEY);\nCREATE TABLE "
          "invoice (customer_id bigint REFERENCES customer);\n-- file: 2_drop.up.sql\nALTER TABLE "
          "invoice DROP CONSTRAINT invoice_customer_id_fkey;",
      .good =
          "-- file: 1_make.up.sql\nCREATE TABLE invoice (total numeric CONSTRAINT positive CHECK "
          "(total > 0));\n-- file: 2_drop.up.sql\nALTER TABLE invoice DROP CONSTRAINT positive;"};

  void check(const Node& action, Report& report) const {
    const std::string_view subcommand = action.subcommand();
    const Node target = action.target();
    std::vector<std::string> locked;
    if (subcommand == "drop_table" && !action.created_here()) {
      for (const Node& constraint : target.constraints())
        add(locked, action, constraint, target.qualified_name());
    } else if (is_on_old_table(action)) {
      const Node table = table_before(action);
      if (subcommand == "drop_constraint") add(locked, action, target, table.qualified_name());
      if (subcommand == "drop_column")
        for (const Node& constraint : table.constraints())
          if (stands_on(constraint, action.name()))
            add(locked, action, constraint, table.qualified_name());
    }
    if (locked.empty()) return;
    std::string tables;
    for (const std::string& one : locked) tables += (tables.empty() ? "" : ", ") + one;
    report
        .add(action, std::string(subcommand == "drop_constraint" ? "dropping the foreign key"
                                                                 : "dropping it") +
                         " keeps everybody from table" + (locked.size() > 1 ? "s " : " ") + tables +
                         ", too, until the transaction ends")
        .hint("drop the foreign key first, in a migration of its own, with a lock_timeout");
  }

 private:
  static bool stands_on(const Node& constraint, std::string_view column) {
    for (const Node& one : constraint.columns())
      if (one.name() == column) return true;
    return false;
  }

  // Notes the table that a foreign key refers to, if others can be using it.
  static void add(std::vector<std::string>& tables, const Node& action, const Node& constraint,
                  std::string_view own) {
    if (constraint.constraint_kind() != "foreign_key") return;
    const Node referenced = constraint.referenced_table(), statement = action.parent();
    if (referenced ? is_made_in(statement.parent(), referenced)
                   : constraint.referenced_name().empty())
      return;
    const std::string name =
        text(referenced ? referenced.qualified_name() : constraint.referenced_name());
    if (name == own || std::find(tables.begin(), tables.end(), name) != tables.end()) return;
    for (const Node& other : statement.subcommands())
      if (other.subcommand() == "drop_table" && other.target() == referenced)
        return;  // it goes, too
    tables.push_back(name);
  }
};

}  // namespace

RuleExtension drop_foreign_key_locks_parent() {
  return confiture::rule<DropForeignKeyLocksParent>();
}

}  // namespace plugins::safety
