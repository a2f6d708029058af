// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct CardNumber {
  std::vector<std::string> names{
      "card_number", "credit_card", "credit_card_number",     "cc_number",
      "ccnum",       "pan",         "primary_account_number", "cardnumber",
      "creditcard"};
  std::vector<std::string> codes{
      "cvv",       "cvv2",      "cvc",        "cvc2",     "card_security_code",
      "card_code", "pin_block", "track_data", "magstripe"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &CardNumber::names,
            "Words that make a column's name the name of a card number"),
      field("codes", &CardNumber::codes, "Words that make it the name of what may never be stored"),
      field("exclude", &CardNumber::exclude, "Tables and columns left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "compliance.card_number",
      .summary = "No column holds a card number or its security code",
      .severity = Severity::off,
      .risk = Risk::high,
      .kinds = {NodeKind::column},
      .why =
          "PCI-DSS 3.3 forbids to keep a card's security code (CVV, CVC), its PIN block or\n"
          "its track after the payment, in any form; 3.5 wants the number (PAN) unreadable\n"
          "wherever it is stored. Let the payment service keep it and store its token and the\n"
          "last four digits. A number whose name says that it is a token, a hash, encrypted,\n"
          "masked or the last digits, a column of at most four characters and bytea are left\n"
          "alone; a security code is not.",
      .bad = "CREATE TABLE payment (id bigint PRIMARY KEY, card_number text, cvv text);",
      .good = "CREATE TABLE payment (id bigint PRIMARY KEY, card_token text, card_last4 char(4));"};

  void check(const Node& column, Report& report) const {
    const Node table = column.parent();
    if (table.is_partition() || is_listed(table, exclude) || is_listed(column, exclude)) return;
    if (data_word(column, codes) != nullptr) {
      report
          .add(column,
               "column " + text(column.qualified_name()) +
                   " seems to keep a card's security code, which PCI-DSS forbids in any form")
          .risk(Risk::critical)
          .hint("do not store it");
      return;
    }
    if (data_word(column, names) == nullptr || column.type_name() == "bytea" ||
        (column.max_length() > 0 && column.max_length() <= 4))
      return;
    static const std::vector<std::string> unreadable{
        "token", "masked", "truncated", "last4", "last", "first6", "bin", "suffix", "vault"};
    for (const auto& marks : {unreadable, hash_marks(), cipher_marks()})
      if (matching(column.name(), marks) != nullptr) return;
    report
        .add(column, "column " + text(column.qualified_name()) +
                         " seems to hold card numbers that can be read")
        .hint("store the token of the payment service and the last four digits");
  }
};

}  // namespace

RuleExtension card_number() {
  return confiture::rule<CardNumber>();
}

}  // namespace plugins::compliance
