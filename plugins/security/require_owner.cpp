// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct RequireOwner {
  std::string owner;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("owner", &RequireOwner::owner, "The role that owns all; empty: any that is named"),
      field("exclude", &RequireOwner::exclude, "Objects left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.require_owner",
      .summary = "Objects say who owns them",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::table, NodeKind::foreign_table, NodeKind::view, NodeKind::function,
                NodeKind::schema},
      .why =
          "Without OWNER TO an object belongs to whoever ran the file: another role on each\n"
          "server, and nobody else can change or drop it. `owner` names the one that is\n"
          "expected; without it any owner will do.",
      .bad = "CREATE TABLE invoice (id bigint PRIMARY KEY);",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY);\n"
          "ALTER TABLE invoice OWNER TO schema_owner;"};

  void check(const Node& object, Report& report) const {
    if (object.is_temporary() || object.is_partition() || is_listed(object, exclude)) return;
    if (object.owner().empty())
      report.add(object, text(object.qualified_name()) + " belongs to whoever runs the file")
          .hint("say OWNER TO" + (owner.empty() ? "" : " " + quoted(owner)));
    else if (!owner.empty() && object.owner() != owner)
      report
          .add(object, text(object.qualified_name()) + " belongs to " + quoted(object.owner()) +
                           " and not to " + quoted(owner))
          .hint("say OWNER TO " + quoted(owner));
  }
};

}  // namespace

RuleExtension require_owner() {
  return confiture::rule<RequireOwner>();
}

}  // namespace plugins::security
