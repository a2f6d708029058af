// SPDX-License-Identifier: MIT
// How risky a statement is: by the table of what PostgreSQL does, and by what the database says.
#include <confiture/classifier.hpp>
#include <confiture/plugin.hpp>

#include "plugins/risk/modifiers.hpp"
#include "plugins/risk/reading.hpp"

namespace {

using namespace plugins::risk;

struct Statements {
  std::vector<std::string> protected_tables;
  static constexpr auto params = confiture::params(confiture::field(
      "protected", &Statements::protected_tables,
      "Tables whose changes are a step riskier, as SQL writes them; * stands for anything"));
  static constexpr auto doc =
      "The table was measured on PostgreSQL 12 to 18: the lock of each form of a statement, who "
      "waits, what is\nwritten anew or read as a whole, which data is gone.";

  void classify(const confiture::Node& statement, confiture::Effects& effects) {
    catalog.ask_through(effects);
    catalog.forget_failure();
    Reader reader(statement, effects, catalog, memory);
    const Modifiers modifiers{statement, catalog, protected_tables};
    for (const Reading& reading : reader.read()) effects.add(modifiers.effect(reading));
  }

  Catalog catalog;
  Memory memory;
};

}  // namespace

CONFITURE_PLUGIN("risk", "1.0.0", "How risky the statements of a migration are",
                 confiture::vendor("confiture"),
                 confiture::classifier<Statements>("risk.statement",
                                                   "What a statement locks, rewrites and loses")
                     .examples(examples(), playground))
