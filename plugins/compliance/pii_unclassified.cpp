// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct PiiUnclassified {
  std::vector<std::string> names = personal_names();
  std::vector<std::string> tags{"pii",         "phi",          "pci", "classification",
                                "sensitivity", "personal_data"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &PiiUnclassified::names,
            "Words that make a column's name the name of personal data"),
      field("tags", &PiiUnclassified::tags, "Tags of a comment that classify the column"),
      field("exclude", &PiiUnclassified::exclude, "Tables and columns left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "compliance.pii_unclassified",
      .summary = "Columns with personal data say what class of data it is",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::column},
      .why =
          "Whoever masks a copy, answers a request for information or limits access has to\n"
          "know which columns hold personal data; a name is a guess, a classification is\n"
          "somebody's decision. A tag in the comment of the column or of its table (`pii:\n"
          "email`, `classification: internal`, `@pii`, `[pii]`) or a SECURITY LABEL says it.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, email text);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "COMMENT ON COLUMN customer.email IS 'Where invoices go. pii: contact';"};

  void check(const Node& column, Report& report) const {
    const Node table = column.parent();
    if (!is_judged_table(table, exclude) || is_listed(column, exclude)) return;
    const std::string* word = data_word(column, names);
    if (word == nullptr || !column.label().empty() || !table.label().empty()) return;
    if (has_tag(column.comment(), tags) || has_tag(table.comment(), tags)) return;
    report
        .add(column, "column " + text(column.qualified_name()) + " seems to hold personal data (" +
                         *word + ") and is not classified")
        .hint("say in its comment what class of data it is")
        .suggestion("COMMENT ON COLUMN " + text(column.qualified_name()) + " IS '" +
                    (tags.empty() ? "pii" : tags.front()) + ": ...';");
  }
};

}  // namespace

RuleExtension pii_unclassified() {
  return confiture::rule<PiiUnclassified>();
}

}  // namespace plugins::compliance
