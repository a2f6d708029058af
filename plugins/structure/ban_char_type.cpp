// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct BanCharType {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &BanCharType::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.ban_char_type",
      .summary = "No column is padded with blanks",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "`char(n)` pads every value to n characters with blanks that comparisons ignore,\n"
          "functions count and concatenation keeps. It saves nothing against `text`. `\"char\"`\n"
          "in quotes, a single byte, is another type and not meant, nor is `bpchar` without a\n"
          "length, which does not pad.",
      .bad = "CREATE TABLE country (id bigint PRIMARY KEY, code char(2) NOT NULL);",
      .good =
          "CREATE TABLE country (id bigint PRIMARY KEY, code text NOT NULL CHECK "
          "(char_length(code) = 2));",
      .fix = Fix::unsafe};

  void check(const Node& column, Report& report) const {
    if (built_in_type(column) != "bpchar") return;
    if (column.type_sql().starts_with("bpchar") && column.max_length() == 0) return;
    if (!is_judged(column, exclude)) return;
    Finding& finding =
        report
            .add(column, "column " + text(column.qualified_name()) +
                             " is padded with blanks: it is of type " + text(column.type_sql()))
            .hint("use text, with a CHECK of its length where that matters")
            .suggestion(alter_type(column, "text"));
    retype(finding, column, "text");
  }
};

}  // namespace

RuleExtension ban_char_type() {
  return confiture::rule<BanCharType>();
}

}  // namespace plugins::structure
