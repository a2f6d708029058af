// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_pattern.hpp"

namespace plugins::naming {
namespace {

struct SequencePattern {
  std::string pattern = "*_seq";
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("pattern", &SequencePattern::pattern,
                              "What names look like; `*` stands for any text", "1.."),
                        field("exclude", &SequencePattern::exclude,
                              "Sequences left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.sequence_pattern",
      .summary = "Sequence names match a pattern",
      .severity = Severity::off,
      .kinds = {NodeKind::sequence},
      .why =
          "Tables, views, indexes and sequences share one space of names. An ending keeps\n"
          "sequences apart from the tables they count for. The default is what PostgreSQL\n"
          "itself gives to a serial column.",
      .bad = "CREATE SEQUENCE invoice_number;",
      .good = "CREATE SEQUENCE invoice_number_seq;"};

  void check(const Node& sequence, Report& report) const {
    if (matches(pattern, sequence.name()) || is_listed(sequence, exclude)) return;
    report
        .add(sequence, "sequence " + text(sequence.qualified_name()) + " does not match " + pattern)
        .hint("rename the sequence");
  }
};

}  // namespace

RuleExtension sequence_pattern() {
  return confiture::rule<SequencePattern>();
}

}  // namespace plugins::naming
