// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct PiiPlainText {
  std::vector<std::string> names = sensitive_names();
  std::vector<std::string> encrypt;
  std::vector<std::string> hash;
  std::vector<std::string> types{"bytea"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &PiiPlainText::names,
            "Words that make a column's name the name of data that is encrypted or hashed"),
      field("encrypt", &PiiPlainText::encrypt, "The same, of data that is encrypted"),
      field("hash", &PiiPlainText::hash, "The same, of data that is hashed"),
      field("types", &PiiPlainText::types, "Types that hold no plain text"),
      field("exclude", &PiiPlainText::exclude, "Tables and columns left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "compliance.pii_plain_text",
      .summary = "What has to be encrypted or hashed is not stored as plain text",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::column},
      .why =
          "A backup, a replica or a copy for a test has what the table has. Data that a\n"
          "policy wants encrypted (`encrypt`) or hashed (`hash`) is recognised by its name;\n"
          "the column's name says that it is done (`passport_encrypted`, `ssn_hash`), or its\n"
          "type does: `bytea`, and the domains and types listed under `types`. For columns\n"
          "under `names` either will do.",
      .bad = "CREATE TABLE person (id bigint PRIMARY KEY, passport text);",
      .good = "CREATE TABLE person (id bigint PRIMARY KEY, passport_encrypted bytea);"};

  void check(const Node& column, Report& report) const {
    if (!is_judged_table(column.parent(), exclude) || is_listed(column, exclude)) return;
    const bool encrypted = matching(column.name(), cipher_marks()) != nullptr;
    const bool hashed = matching(column.name(), hash_marks()) != nullptr;
    const bool typed = is_listed(column.type(), types) ||
                       std::find(types.begin(), types.end(), column.type_name()) != types.end();
    if (data_word(column, encrypt) != nullptr && !encrypted && !typed)
      add(column, "encrypted", "_encrypted", report);
    else if (data_word(column, hash) != nullptr && !hashed)
      add(column, "hashed", "_hash", report);
    else if (data_word(column, names) != nullptr && !encrypted && !hashed && !typed &&
             data_word(column, hash) == nullptr)
      add(column, "encrypted or hashed", "_encrypted", report);
  }

 private:
  static void add(const Node& column, const std::string& how, const std::string& ending,
                  Report& report) {
    report
        .add(column, "column " + text(column.qualified_name()) + " is to be " + how +
                         ", and is plain " + text(column.type_sql()))
        .hint("store it " + how +
              ", and let the name say so: " + quoted(text(column.name()) + ending));
  }
};

}  // namespace

RuleExtension pii_plain_text() {
  return confiture::rule<PiiPlainText>();
}

}  // namespace plugins::compliance
