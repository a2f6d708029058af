// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_places.hpp"

namespace plugins::structure {
namespace {

struct DuplicateFunction {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &DuplicateFunction::exclude, "Functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.duplicate_function",
      .summary = "No function is defined in two files",
      .severity = Severity::error,
      .risk = Risk::medium,
      .kinds = {NodeKind::function},
      .scope = Scope::schema,
      .why =
          "Functions of one name and the same parameter types are one function: with CREATE\n"
          "OR REPLACE the file that comes last wins, and a change to the other has no effect.\n"
          "Overloads with other parameters are another function.",
      .bad =
          "-- file: a.sql\n"
          "CREATE OR REPLACE FUNCTION vat(net numeric) RETURNS numeric LANGUAGE sql AS 'SELECT net "
          "* 0.19';\n"
          "-- file: b.sql\n"
          "CREATE OR REPLACE FUNCTION vat(net numeric) RETURNS numeric LANGUAGE sql AS 'SELECT net "
          "* 0.2';",
      .good =
          "-- file: a.sql\n"
          "CREATE OR REPLACE FUNCTION vat(net numeric) RETURNS numeric LANGUAGE sql AS 'SELECT net "
          "* 0.2';\n"
          "-- file: b.sql\n"
          "CREATE OR REPLACE FUNCTION vat(net numeric, rate numeric) RETURNS numeric LANGUAGE sql "
          "AS 'SELECT net * rate';"};

  void check(const Node& function, Report& report) const {
    if (is_listed(function, exclude)) return;
    for (const Node& other : function.redefinitions()) {
      if (function.is_replace() && file_of(other) == file_of(function)) continue;
      report
          .add(function, text(function.is_procedure() ? "procedure " : "function ") +
                             text(function.qualified_name()) + "(" + text(function.signature()) +
                             ") is defined a second time; first in " + place_in_file(other))
          .hint("keep one of the definitions");
    }
  }
};

}  // namespace

RuleExtension duplicate_function() {
  return confiture::rule<DuplicateFunction>();
}

}  // namespace plugins::structure
