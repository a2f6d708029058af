// SPDX-License-Identifier: MIT
// confiture-acme.so: a strategy, a hook and a rule, each as a class of its own.
#include <confiture/plugin.hpp>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>

using namespace confiture;

namespace {

// [strategy]
struct MaskIban {
  std::int64_t keep = 4;
  static constexpr auto params = confiture::params(
      field("keep", &MaskIban::keep, "Characters left readable at the end", "0..8"));
  static constexpr auto flags = StrategyFlag::deterministic | StrategyFlag::row_local;

  std::string rewrite(std::string_view iban) const {
    std::string masked(iban);
    const std::size_t end = iban.size() - std::min<std::size_t>(keep, iban.size());
    for (std::size_t at = 0; at < masked.size(); ++at)
      if ((at >= 2 && at < end) || (masked[at] & 0x80) != 0) masked[at] = '*';  // stays UTF-8
    return masked;
  }
};
// [strategy]

// [hook]
struct CountRows {
  std::string table;
  static constexpr auto params =
      confiture::params(field("table", &CountRows::table, "As SQL writes it", "1..").required());

  void run(const Event& event, Context& context) {
    const Result result = context.query("SELECT count(*) FROM " + table);
    context.info(table + " has " + std::string(result[0][0].value_or("no")) + " rows in " +
                 std::string(event.environment()));
  }
};
// [hook]

// [rule]
struct TableComment {
  static constexpr auto doc = "A table without a comment is one that its next reader must guess.";

  void check(const Node& table, Report& report) {
    if (!table.comment().empty()) return;
    const std::string name(table.qualified_name());
    report.add(table, "table " + name + " has no comment")
        .hint("say what one row of it is")
        .suggestion("COMMENT ON TABLE " + name + " IS '...';");
  }
};
// [rule]

// [functions]
std::string upper(std::string_view text) {
  std::string changed(text);
  for (char& c : changed) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return changed;
}

Extensions small_ones() {
  return {
      strategy("acme.upper", "Upper case, ASCII only", upper)
          .flags(StrategyFlag::deterministic | StrategyFlag::row_local),
      rule("acme.no_unlogged", "structure", Severity::error, "Tables survive a crash",
           {NodeKind::table},
           [](const Node& table, Report& report) {
             if (table.is_unlogged())
               report.add(table, "table " + std::string(table.name()) + " is unlogged");
           }),
  };
}
// [functions]

}  // namespace

// [entry]
CONFITURE_PLUGIN("acme", "1.0.0", "Acme's strategy, hook and rules",
                 strategy<MaskIban>("acme.mask_iban", "Keep country and last characters"),
                 action<CountRows>("acme.count_rows", "Log how many rows a table has",
                                   Phase::pre_execute | Phase::post_execute),
                 rule<TableComment>("acme.table_comment", "structure", Severity::warning,
                                    "Tables have a comment", {NodeKind::table}),
                 small_ones(), vendor("Acme Ltd"))
// [entry]
