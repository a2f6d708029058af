// SPDX-License-Identifier: MIT
#include <algorithm>

#include "plugins/safety/_locks.hpp"
#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {
namespace {

struct MultipleForeignKeys {
  static constexpr RuleRecord record{
      .id = "safety.multiple_foreign_keys",
      .summary = "A transaction adds foreign keys to one table in use at most",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "Adding a foreign key takes a SHARE ROW EXCLUSIVE lock on the table that it refers to, "
          "and holds it to the end of the transaction: nobody can write there. A transaction that "
          "adds several keeps the writers of several tables waiting, and waits for each lock while "
          "it holds the others. Add them in migrations of their own. Foreign keys to tables that "
          "the same file made are exempt.",
      .bad =
          "CREATE TABLE payment (\n  id bigint PRIMARY KEY,\n  invoice_id bigint REFERENCES "
          "invoice,\n  account_id bigint REFERENCES account\n);",
      .good =
          "-- file: 1_invoice.up.sql\nCREATE TABLE payment (\n  id bigint PRIMARY KEY,\n  "
          "invoice_id bigint REFERENCES invoice,\n  account_id bigint\n);\n-- file: "
          "2_account.up.sql\nALTER TABLE payment ADD FOREIGN KEY (account_id) REFERENCES account "
          "NOT VALID;"};

  void check(const Node& file, Report& report) const {
    std::vector<std::string> tables;
    Node second;
    const auto tell = [&] {
      if (tables.size() > 1) {
        std::string names;
        for (std::size_t i = 0; i < tables.size(); ++i)
          names += (i == 0 ? "" : i + 1 == tables.size() ? " and " : ", ") + tables[i];
        report
            .add(second, "foreign keys of one transaction keep all writers from tables " + names +
                             " until it ends")
            .hint("add each of them in a migration of its own");
      }
      tables.clear();
    };
    for (const Node& statement : file.statements()) {
      const Control control = control_of(statement, report);
      if (control == Control::commits || control == Control::rolls_back ||
          !statement.in_transaction())
        tell();
      for (const Lock& lock : strong_locks(statement)) {
        if (!is_referenced(lock, statement)) continue;
        if (std::find(tables.begin(), tables.end(), lock.relation) != tables.end()) continue;
        tables.push_back(lock.relation);
        if (tables.size() == 2) second = lock.at;
      }
    }
    tell();
  }

 private:
  // By a foreign key that is made.
  static bool is_referenced(const Lock& lock, const Node& statement) {
    return lock.mode == "share_row_exclusive" && lock.relation != statement.qualified_name() &&
           (statement.statement_tag() == "ALTER TABLE" ||
            statement.statement_tag() == "CREATE TABLE");
  }
};

}  // namespace

RuleExtension multiple_foreign_keys() {
  return confiture::rule<MultipleForeignKeys>();
}

}  // namespace plugins::safety
