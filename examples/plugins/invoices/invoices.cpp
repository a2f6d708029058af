// SPDX-License-Identifier: MIT
// confiture-invoices.so: a team raises the risk of what touches its tables.
#include <confiture/plugin.hpp>
#include <confiture/classifier.hpp>

#include <string>

using namespace confiture;

namespace {

// [classifier]
struct ClosedByDay {
  std::string tables = "invoice";
  static constexpr auto params =
      confiture::params(field("tables", &ClosedByDay::tables, "How the names of ours begin"));
  static constexpr auto doc = "Invoices are written all day long, and nobody may wait.";

  void classify(const Node& statement, Effects& effects) const {
    const std::string table(effects.tree(statement)["relation"].relation_name());
    if (table.rfind(tables, 0) == 0)
      effects.add(Risk::critical, table + " is changed at night only: ask the billing team");
  }
};
// [classifier]

}  // namespace

CONFITURE_PLUGIN("invoices", "1.0.0", "What the billing team says of migrations",
                 classifier<ClosedByDay>("invoices.closed_by_day", "Invoices are changed at night"),
                 min_host_minor(2))
