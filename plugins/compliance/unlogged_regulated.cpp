// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct UnloggedRegulated {
  std::vector<std::string> names = personal_names();
  std::vector<std::string> tables;
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("names", &UnloggedRegulated::names,
                              "Words that make a column's name the name of personal data"),
                        field("tables", &UnloggedRegulated::tables,
                              "Tables that are regulated whatever their columns are called"),
                        field("exclude", &UnloggedRegulated::exclude,
                              "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "compliance.unlogged_regulated",
      .summary = "Regulated data is in no table that a crash empties, and in no copy beside it",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::table},
      .scope = Scope::both,
      .why =
          "An UNLOGGED table is empty after a crash and on every replica: what law wants kept\n"
          "is gone. A temporary table with personal data is a copy that no retention, no row\n"
          "security and no audit trigger knows of.",
      .bad = "CREATE UNLOGGED TABLE customer (id bigint PRIMARY KEY, email text);",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY, email text);"};

  void check(const Node& table, Report& report) const {
    if ((!table.is_unlogged() && !table.is_temporary()) || table.is_partition() ||
        is_listed(table, exclude))
      return;
    const std::string why = regulated(table, names, tables);
    if (why.empty()) return;
    if (table.is_unlogged())
      report.add(table, table_text(table) + " " + why + " and is UNLOGGED: a crash empties it")
          .hint("leave UNLOGGED away");
    else
      report
          .add(table, "temporary " + table_text(table) + " " + why +
                          ": a copy that no rule about the original reaches")
          .hint("select only the columns that are needed");
  }
};

}  // namespace

RuleExtension unlogged_regulated() {
  return confiture::rule<UnloggedRegulated>();
}

}  // namespace plugins::compliance
