// SPDX-License-Identifier: MIT
#include "plugins/common/name_style.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/naming/_names.hpp"

namespace plugins::naming {
namespace {

struct QuotedIdentifier {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &QuotedIdentifier::exclude, "Objects left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.quoted_identifier",
      .summary = "No name needs quotes for the characters in it",
      .severity = Severity::warning,
      .kinds = {NodeKind::database},
      .why =
          "A name with a blank, a symbol or a capital letter must be written in quotes in\n"
          "every query, by every tool and person. Capital letters in the names of tables,\n"
          "views and columns are the matter of `naming.table_case` and `naming.column_case`;\n"
          "here they count for all other objects.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, \"e-mail\" text);",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY, email text);"};

  void check(const Node& database, Report& report) const {
    each_named(database, [&](const Node& node, const char* word) {
      const char* reason = why_quoted(node.name(), has_case_rule(node.kind()));
      if (reason == nullptr || is_listed(node, exclude)) return;
      report
          .add(node, text(word) + " " + text(node.qualified_name()) +
                         " needs quotes wherever it is " + "used: its name has " + reason)
          .hint("name it " + quoted(plain(node.name())));
    });
  }

 private:
  static bool has_case_rule(NodeKind kind) {
    return kind == NodeKind::table || kind == NodeKind::view || kind == NodeKind::column;
  }

  // nullptr where the name can be written as it is. A byte beyond ASCII is a letter to the server.
  static const char* why_quoted(std::string_view name, bool allow_capitals) {
    if (!name.empty() && name[0] >= '0' && name[0] <= '9') return "a digit in front";
    bool capital = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      capital = capital || is_upper(c);
      if (c == ' ') return "a blank in it";
      const bool letter = is_lower(c) || is_upper(c) || c == '_' || is_other(c);
      if (!letter && !(c == '$' && i > 0)) return "a symbol in it";
    }
    return capital && !allow_capitals ? "a capital letter in it" : nullptr;
  }

  static std::string plain(std::string_view name) {
    std::string letters;
    for (const char c : name) letters += is_lower(c) || is_upper(c) || is_other(c) ? c : '_';
    return rewritten(letters, NameStyle::snake_case);
  }
};

}  // namespace

RuleExtension quoted_identifier() {
  return confiture::rule<QuotedIdentifier>();
}

}  // namespace plugins::naming
