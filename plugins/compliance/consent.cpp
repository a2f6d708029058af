// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct Consent {
  std::vector<std::string> names = person_names();
  std::vector<std::string> columns{"consent",  "consented", "consents",      "opt_in",
                                   "opted_in", "gdpr",      "terms_accepted"};
  std::vector<std::string> tags{"legal_basis", "lawful_basis", "consent"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &Consent::names,
            "Words in the name of a column that say that the rows are persons"),
      field("columns", &Consent::columns,
            "Words in the name of a column, or of a table that refers to the persons, that holds "
            "consents"),
      field("tags", &Consent::tags, "Tags of a table's comment that name the legal basis"),
      field("exclude", &Consent::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "compliance.consent",
      .summary = "It is known by what right personal data is kept",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::database},
      .why =
          "Personal data needs a legal basis (Art. 6 of the GDPR); where it is consent, one\n"
          "has to show that and when it was given. A column (`consented_at`), a table of\n"
          "consents that refers to the persons, or a tag in the comment of the table\n"
          "(`legal_basis: contract`) says it. A table that refers to one of which it is known\n"
          "(an address of a customer) is left alone.",
      .bad = "CREATE TABLE subscriber (id bigint PRIMARY KEY, email text);",
      .good =
          "CREATE TABLE subscriber (id bigint PRIMARY KEY, email text, consented_at timestamptz);"};

  void check(const Node& database, Report& report) const {
    for (const Node& table : database.tables()) {
      if (!is_judged_table(table, exclude)) continue;
      const std::string why = regulated(table, names, {});
      if (why.empty() || is_known(table)) continue;
      bool through_other = false;
      for (const Node& key : table.constraints())
        through_other = through_other || (key.constraint_kind() == "foreign_key" &&
                                          is_known(key.referenced_table()));
      if (through_other) continue;
      report.add(table, table_text(table) + " " + why + ", and nothing says by what right")
          .hint(
              "add a column such as consented_at, or name the legal basis in the table's comment: "
              "`legal_basis: ...`");
    }
  }

 private:
  bool is_known(const Node& table) const {
    if (has_column(table, columns) || has_tag(table.comment(), tags)) return true;
    for (const Node& key : table.referenced_by())
      if (matching(key.parent().name(), columns) != nullptr) return true;
    return false;
  }
};

}  // namespace

RuleExtension consent() {
  return confiture::rule<Consent>();
}

}  // namespace plugins::compliance
