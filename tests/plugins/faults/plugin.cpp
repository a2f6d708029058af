// SPDX-License-Identifier: MIT
// Strategies that fail in one way each, for the tests of sync, and rules that fail on one table
// each, for those of the linter.
#include <confiture/plugin.hpp>

#include <string>
#include <utility>

namespace {

using Flag = confiture::StrategyFlag;

// Fails on one row of the table's stream, and shows the context that it was given.
struct FailOn {
  std::int64_t row = 50'000;
  confiture::Column beside;
  static constexpr auto params =
      confiture::params(confiture::field("row", &FailOn::row, "The row to fail on, from 1", "1.."),
                        confiture::field("beside", &FailOn::beside, "A column to append"));
  static constexpr auto flags = Flag::row_local | Flag::keeps_unique;

  std::string rewrite(std::string_view value, confiture::Row& rows) const {
    if (static_cast<std::int64_t>(rows.ordinal()) + 1 == row)
      throw confiture::Error("the value makes no sense");
    return std::string(value) + "+" + std::string(rows[beside].value_or("-"));
  }
};

// Says that equal values get equal results, and counts.
struct Counting {
  static constexpr auto flags = Flag::deterministic | Flag::row_local | Flag::keeps_unique;
  std::string rewrite(std::string_view) { return std::to_string(++count); }
  int count = 0;
};

confiture::RuleExtension fails_on(std::string table, std::string id) {
  return confiture::rule(std::move(id), "faults", confiture::Severity::off, "Fail on one table",
                         {confiture::NodeKind::table},
                         [table](const confiture::Node& node, confiture::Report&) {
                           if (node.name() == table) throw confiture::Error("it makes no sense");
                         });
}

}  // namespace

CONFITURE_PLUGIN("faults", "1.0.0", "Strategies that misbehave",
                 confiture::strategy<FailOn>("faults.fail_on", "Fail on one row"),
                 confiture::strategy<Counting>("faults.count", "Number the values"),
                 confiture::strategy("faults.collide", "Keep the first character",
                                     [](std::string_view value) { return value.substr(0, 1); })
                     .flags(Flag::deterministic | Flag::row_local | Flag::keeps_unique),
                 confiture::strategy("faults.keep", "Return the value as it is",
                                     [](std::string_view value) { return value; })
                     .flags(Flag::deterministic | Flag::row_local | Flag::keeps_unique),
                 confiture::strategy("faults.null", "Return NULL whatever the column is",
                                     [](std::optional<std::string_view>) {
                                       return std::optional<std::string_view>();
                                     })
                     .flags(Flag::row_local),
                 confiture::strategy("faults.bytes", "Return bytes that are no UTF-8",
                                     [](std::string_view) { return std::string_view("\xff\xfe"); })
                     .flags(Flag::row_local),
                 confiture::strategy("faults.lines", "Return what COPY has to escape",
                                     [](std::string_view value) {
                                       return std::string(value) + "\t\\N\n\\.\r\b\f\v\\";
                                     })
                     .flags(Flag::row_local | Flag::keeps_unique),
                 fails_on("d", "faults.rule_1"), fails_on("c", "faults.rule_2"),
                 fails_on("b", "faults.rule_3"), fails_on("a", "faults.rule_4"))
