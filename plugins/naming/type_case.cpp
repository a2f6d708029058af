// SPDX-License-Identifier: MIT
#include "plugins/common/name_style.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::naming {
namespace {

struct TypeCase {
  NameStyle style = NameStyle::snake_case;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("style", &TypeCase::style, "The style of type and domain names", name_styles),
      field("exclude", &TypeCase::exclude, "Types left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.type_case",
      .summary = "Type and domain names follow the configured case",
      .severity = Severity::off,
      .kinds = {NodeKind::enum_type, NodeKind::domain, NodeKind::composite_type,
                NodeKind::range_type},
      .why =
          "A type's name stands in every column, cast and function signature that uses it.\n"
          "Capital letters ask for quotes in all of them.",
      .bad = "CREATE TYPE \"OrderState\" AS ENUM ('open', 'paid');",
      .good = "CREATE TYPE order_state AS ENUM ('open', 'paid');"};

  void check(const Node& type, Report& report) const {
    if (follows(type.name(), style) || is_listed(type, exclude)) return;
    const bool domain = type.kind() == NodeKind::domain;
    const std::string better = quoted(rewritten(type.name(), style));
    report
        .add(type, text(domain ? "domain " : "type ") + text(type.qualified_name()) +
                       " is not named in " + name_of(style))
        .hint("name it " + better)
        .suggestion(text(domain ? "ALTER DOMAIN " : "ALTER TYPE ") + text(type.qualified_name()) +
                    " RENAME TO " + better + ";");
  }
};

}  // namespace

RuleExtension type_case() {
  return confiture::rule<TypeCase>();
}

}  // namespace plugins::naming
