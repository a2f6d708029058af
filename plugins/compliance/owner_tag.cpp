// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct OwnerTag {
  std::vector<std::string> tags{"owner", "team"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("tags", &OwnerTag::tags, "Tags of a comment that name the owner"),
      field("exclude", &OwnerTag::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "compliance.owner_tag",
      .summary = "Each table says which team it belongs to",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .why =
          "Who answers for the data is asked at each audit, each incident and each request\n"
          "for a change: SOX wants an owner of each control, the GDPR somebody who is\n"
          "responsible. A tag in the comment of the table, or of its schema, names the team:\n"
          "`owner: billing`.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY);\n"
          "COMMENT ON TABLE invoice IS 'What customers owe.';",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY);\n"
          "COMMENT ON TABLE invoice IS 'What customers owe. owner: billing';"};

  void check(const Node& database, Report& report) const {
    for (const Node& table : database.tables()) {
      if (!is_judged_table(table, exclude) || has_tag(table.comment(), tags) ||
          has_tag(table.parent().comment(), tags))
        continue;
      report.add(table, "the comment of " + table_text(table) + " names no team that it belongs to")
          .hint("say it in the comment: `" + (tags.empty() ? "owner" : tags.front()) + ": ...`");
    }
  }
};

}  // namespace

RuleExtension owner_tag() {
  return confiture::rule<OwnerTag>();
}

}  // namespace plugins::compliance
