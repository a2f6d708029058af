// SPDX-License-Identifier: MIT
// Who may do what with an object, as its grants say.
#pragma once

#include <algorithm>

#include "plugins/common/rule.hpp"

namespace plugins::security {

// The roles that an API lets its callers have: PostgREST's and Supabase's, and PUBLIC.
inline std::vector<std::string> api_roles() {
  return {"public", "anon", "authenticated", "web_anon"};
}

inline bool holds(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Whether a property such as "select, insert" or "alice, bob" has the word.
inline bool lists(std::string_view property, std::string_view word) {
  while (!property.empty()) {
    const std::size_t end = property.find(", ");
    if (property.substr(0, end) == word) return true;
    property = end == std::string_view::npos ? std::string_view() : property.substr(end + 2);
  }
  return false;
}

// Whether the grant's privileges are all, or have this one.
inline bool gives(const Node& grant, std::string_view privilege) {
  return grant.privileges() == "all" || lists(grant.privileges(), privilege);
}

// As a message names it: PUBLIC is a keyword and no role.
inline std::string role_text(std::string_view role) {
  return role == "public" ? "PUBLIC" : quoted(role);
}

// The roles of the list that have the privilege on the object, or on one of its columns: "anon,
// PUBLIC"; empty if none has.
inline std::string reached_by(const Node& object, const std::vector<std::string>& roles,
                              std::string_view privilege, const Node& column = {}) {
  std::string result;
  for (const std::string& role : roles)
    for (const Node& grant : object.grants()) {
      if (grant.grantee() != role || !gives(grant, privilege)) continue;
      bool whole = grant.columns().empty();
      for (const Node& one : grant.columns()) whole = whole || one == column;
      if (!whole) continue;
      result += (result.empty() ? "" : ", ") + role_text(role);
      break;
    }
  return result;
}

// A table whose rights are its own: no partition, which is read through its parent, and none of a
// session.
inline bool is_lasting_table(const Node& table) {
  return table.kind() == NodeKind::table && !table.is_partition() && !table.is_temporary();
}

// A function as REVOKE and ALTER name it: public.f(int4, text).
inline std::string call_of(const Node& function) {
  return std::string(function.is_procedure() ? "PROCEDURE " : "FUNCTION ") +
         text(function.qualified_name()) + "(" + text(function.signature()) + ")";
}

// Whether the function runs with a search_path that its caller has no say in.
inline bool has_fixed_search_path(const Node& function) {
  const Node path = function.setting("search_path");
  return path && path.value().find("$user") == std::string_view::npos;
}

}  // namespace plugins::security
