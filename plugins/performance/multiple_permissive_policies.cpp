// SPDX-License-Identifier: MIT
#include <map>

#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct MultiplePermissivePolicies {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &MultiplePermissivePolicies::exclude,
                              "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "performance.multiple_permissive_policies",
      .summary = "A role has one permissive policy for what it does",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::table},
      .why =
          "Permissive policies are joined by OR: each row is judged by all of them until one\n"
          "lets it pass, and an index that one of them could use is seldom used with OR. One\n"
          "policy with the whole condition is faster and can be read.",
      .bad =
          "CREATE TABLE note (id bigint PRIMARY KEY, author name, shared boolean);\n"
          "ALTER TABLE note ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY own ON note FOR SELECT USING (author = current_user);\n"
          "CREATE POLICY shared ON note FOR SELECT USING (shared);",
      .good =
          "CREATE TABLE note (id bigint PRIMARY KEY, author name, shared boolean);\n"
          "ALTER TABLE note ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY seen ON note FOR SELECT USING (author = current_user OR shared);"};

  void check(const Node& table, Report& report) const {
    if (table.policies().size() < 2 || is_listed(table, exclude)) return;
    std::map<std::string, std::pair<Node, std::string>>
        groups;  // "a, b": the last of them, what they are for
    for (const char* command : {"SELECT", "INSERT", "UPDATE", "DELETE"}) {
      std::string names;
      Node last;
      for (const Node& policy : table.policies()) {
        if (!is_for(policy, command) || !overlaps(table, policy, command)) continue;
        names += (names.empty() ? "" : ", ") + quoted(policy.name());
        last = policy;
      }
      if (names.empty()) continue;
      auto& [at, commands] = groups[names];
      at = last;
      commands += (commands.empty() ? "" : ", ") + std::string(command);
    }
    for (const auto& [names, group] : groups)
      report
          .add(group.first, "policies " + names + " of table " + text(table.qualified_name()) +
                                " are all asked for " + group.second)
          .hint("join them into one policy with OR");
  }

 private:
  static bool is_for(const Node& policy, std::string_view command) {
    std::string lower(command);
    for (char& c : lower) c = static_cast<char>(c - 'A' + 'a');
    return policy.is_permissive() && (policy.command() == "all" || policy.command() == lower);
  }
  // Whether another one is for the same command and a same role.
  static bool overlaps(const Node& table, const Node& policy, std::string_view command) {
    for (const Node& other : table.policies())
      if (other != policy && is_for(other, command) && share_role(policy.roles(), other.roles()))
        return true;
    return false;
  }
  static bool share_role(std::string_view a, std::string_view b) {
    if (is_public(a) || is_public(b)) return true;
    const std::string list = ", " + text(b) + ",";
    while (!a.empty()) {
      const std::size_t end = a.find(", ");
      if (list.find(", " + text(a.substr(0, end)) + ",") != std::string::npos) return true;
      a = end == std::string_view::npos ? std::string_view() : a.substr(end + 2);
    }
    return false;
  }
  static bool is_public(std::string_view roles) {
    return roles.empty() || roles == "public" || roles.starts_with("public, ") ||
           roles.ends_with(", public") || roles.find(", public, ") != std::string_view::npos;
  }
};

}  // namespace

RuleExtension multiple_permissive_policies() {
  return confiture::rule<MultiplePermissivePolicies>();
}

}  // namespace plugins::performance
