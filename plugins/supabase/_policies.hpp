// SPDX-License-Identifier: MIT
// Policies as CREATE POLICY and ALTER POLICY write them: most are on tables that Supabase makes and
// no file does.
#pragma once

#include <algorithm>

#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::supabase {

inline bool is_policy(const Node& statement) {
  return statement.statement_tag() == "CREATE POLICY" ||
         statement.statement_tag() == "ALTER POLICY";
}

// "policy p of storage.objects".
inline std::string policy_text(const Tree& policy) {
  const Tree table = policy["table"];
  const std::string schema =
      table.relation_schema().empty() ? "" : quoted(table.relation_schema()) + ".";
  return "policy " + quoted(policy.text("policy_name")) + " of " + schema +
         quoted(table.relation_name());
}

// Whether USING or WITH CHECK has a node of the kind that f tells.
template <typename F>
bool condition_has(const Tree& policy, const F& f) {
  return policy["qual"].any(f) || policy["with_check"].any(f);
}

// Whether the policy is for the role, or for all.
inline bool is_for_role(const Tree& policy, std::string_view name) {
  const Tree roles = policy["roles"];
  bool found = roles.empty();
  for (const Tree& role : roles)
    found = found || role.text("rolename") == name || role.text("roletype") == "ROLESPEC_PUBLIC";
  return found;
}

inline bool is_relation(const Tree& tree, std::string_view schema, std::string_view name) {
  return tree.is("RangeVar") && tree.relation_schema() == schema && tree.relation_name() == name;
}

// The roles of the API's callers that may read the object: "anon, authenticated".
inline std::string readers(const Node& object) {
  std::string result;
  for (const char* role : {"anon", "authenticated"})
    for (const Node& grant : object.grants()) {
      const bool reads =
          grant.privileges() == "all" ||
          (", " + text(grant.privileges()) + ",").find(", select,") != std::string::npos;
      if (grant.grantee() != role || !reads) continue;
      result += (result.empty() ? "" : ", ") + std::string(role);
      break;
    }
  return result;
}

}  // namespace plugins::supabase
