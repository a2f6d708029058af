// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"

namespace plugins::structure {
namespace {

struct DisallowUnloggedTable {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &DisallowUnloggedTable::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.disallow_unlogged_table",
      .summary = "No table is lost in a crash",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::table},
      .why =
          "An UNLOGGED table is not in the write-ahead log: after a crash it is empty, and a\n"
          "replica or a restore to a point in time never has its rows. It fits what can be\n"
          "made again at any time; such tables are listed under `exclude`.",
      .bad = "CREATE UNLOGGED TABLE cart (id bigint PRIMARY KEY);",
      .good = "CREATE TABLE cart (id bigint PRIMARY KEY);",
      .fix = Fix::safe};

  void check(const Node& table, Report& report) const {
    if (!table.is_unlogged() || is_listed(table, exclude)) return;
    Finding& finding =
        report
            .add(table, "table " + text(table.qualified_name()) +
                            " is UNLOGGED: a crash empties it, and no replica has it")
            .hint("leave UNLOGGED away")
            .suggestion("ALTER TABLE " + text(table.qualified_name()) + " SET LOGGED;");
    const Written written(table);
    const Span create = written.token(written.begin()), word = written.token(create.end_offset);
    if (written.is(word, "unlogged")) finding.fix(create.end_offset, word.end_offset, "");
  }
};

}  // namespace

RuleExtension disallow_unlogged_table() {
  return confiture::rule<DisallowUnloggedTable>();
}

}  // namespace plugins::structure
