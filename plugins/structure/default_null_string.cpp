// SPDX-License-Identifier: MIT
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct DefaultNullString {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &DefaultNullString::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.default_null_string",
      .summary = "No default is the text NULL where no value is meant",
      .severity = Severity::error,
      .kinds = {NodeKind::column},
      .why =
          "`DEFAULT 'NULL'` stores four letters: the row passes NOT NULL, is found by no IS\n"
          "NULL and shows up in a report as a customer called NULL. Leave the default away,\n"
          "or write NULL without quotes. In a json column the text null is a value, and left\n"
          "alone.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, phone text DEFAULT 'NULL');",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY, phone text DEFAULT NULL);",
      .fix = Fix::safe};

  void check(const Node& column, Report& report) const {
    if (!mentions(column.default_sql(), "null")) return;
    const std::string_view type = built_in_type(column);
    if (type == "json" || type == "jsonb") return;
    Tree value = report.expression(column.default_sql());
    while (value.is("TypeCast")) value = value["arg"];
    if (!value.is_string() || !is_null_word(value.string())) return;
    if (!is_judged(column, exclude)) return;
    Finding& finding =
        report
            .add(column, "the default of column " + text(column.qualified_name()) +
                             " is the text '" + text(value.string()) + "' and not NULL")
            .hint("leave the default away, or write NULL without quotes")
            .suggestion("ALTER TABLE " + text(column.parent().qualified_name()) + " ALTER COLUMN " +
                        quoted(column.name()) + " DROP DEFAULT;");
    mend(finding, column);
  }

 private:
  // The text after the word DEFAULT of the column's definition.
  static void mend(Finding& finding, const Node& column) {
    const Written table = definition_of(column);
    const auto type = type_of(column);
    const auto word = type ? table.word(type->end_offset, "default") : std::nullopt;
    if (!word) return;
    const Span value = table.token(word->end_offset);
    if (!table.text(value).empty() && table.text(value)[0] == '\'')
      finding.fix(value.offset, value.end_offset, "NULL");
  }
  static bool is_null_word(std::string_view word) {
    return word == "NULL" || word == "null" || word == "Null";
  }
};

}  // namespace

RuleExtension default_null_string() {
  return confiture::rule<DefaultNullString>();
}

}  // namespace plugins::structure
