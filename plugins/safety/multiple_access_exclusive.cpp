// SPDX-License-Identifier: MIT
#include <algorithm>

#include "plugins/safety/_locks.hpp"
#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {
namespace {

struct MultipleAccessExclusive {
  static constexpr RuleRecord record{
      .id = "safety.multiple_access_exclusive",
      .summary = "A transaction keeps everybody from one table at most",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "An ACCESS EXCLUSIVE lock is held to the end of the transaction. One that takes a second "
          "waits for it while nobody can use the first table, and two programs that use the tables "
          "in another order end in a deadlock. Give each table a migration of its own. Tables that "
          "the same file made are exempt.",
      .bad =
          "ALTER TABLE invoice ADD COLUMN note text;\nALTER TABLE customer ADD COLUMN note text;",
      .good =
          "-- file: 1_invoice.up.sql\nALTER TABLE invoice ADD COLUMN note text;\n-- file: "
          "2_customer.up.sql\nALTER TABLE customer ADD COLUMN note text;"};

  void check(const Node& file, Report& report) const {
    Held held;
    for (const Node& statement : file.statements()) {
      const Control control = control_of(statement, report);
      if (control == Control::commits || control == Control::rolls_back) tell(held, report);
      if (!statement.in_transaction() && !statement.in_body()) tell(held, report);
      for (const Lock& lock : strong_locks(statement)) note(held, lock);
      if (!statement.in_transaction() && !statement.in_body()) tell(held, report);
    }
    tell(held, report);
  }

 private:
  struct Held {
    std::vector<std::string> tables;
    Node second;  // what locked the second of them
  };

  static void note(Held& held, const Lock& lock) {
    if (!lock.is_exclusive() || !lock.table) return;
    if (std::find(held.tables.begin(), held.tables.end(), lock.relation) != held.tables.end())
      return;
    held.tables.push_back(lock.relation);
    if (held.tables.size() == 2) held.second = lock.at;
  }

  // At the end of a transaction.
  static void tell(Held& held, Report& report) {
    if (held.tables.size() > 1) {
      std::string names;
      for (std::size_t i = 0; i < held.tables.size(); ++i)
        names += (i == 0 ? "" : i + 1 == held.tables.size() ? " and " : ", ") + held.tables[i];
      report
          .add(held.second,
               "one transaction keeps everybody from tables " + names + " until it ends")
          .hint("give each table a migration of its own");
    }
    held = {};
  }
};

}  // namespace

RuleExtension multiple_access_exclusive() {
  return confiture::rule<MultipleAccessExclusive>();
}

}  // namespace plugins::safety
