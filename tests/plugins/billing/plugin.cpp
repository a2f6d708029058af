// SPDX-License-Identifier: MIT
// A team's classifier, for the tests of risk: one that raises, one that would like to lower, and an
// example that the server does not hold.
#include <confiture/classifier.hpp>
#include <confiture/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace confiture;

namespace {

struct Guard {
  std::string schema = "billing";
  static constexpr auto params =
      confiture::params(field("schema", &Guard::schema, "Whose changes are critical"));

  void classify(const Node& statement, Effects& effects) const {
    if (statement.schema_name() == schema)
      effects.add(Risk::critical, schema + " closes its books at night");
    else
      effects.add(Risk::low, "nothing of ours");  // lowers nothing
    if (statement.sql() == "CREATE TABLE boast (id int)")
      effects.add(Risk::low, "boasts").rewrites = Truth::yes;
  }
};

const std::vector<confiture_example> boasts{
    {"billing.boast", nullptr, "CREATE TABLE boast (id int)", nullptr, 0, 0},
    {"billing.late", nullptr, "SELECT 1", nullptr, 990000, 0},
    {"billing.broken", nullptr, "SELECT 1/0", nullptr, 0, 0}};

}  // namespace

CONFITURE_PLUGIN("billing", "1.0.0", "Acme's billing", vendor("acme"), min_host_minor(2),
                 classifier<Guard>("billing.guard", "Billing is changed with care")
                     .examples(boasts, nullptr))
