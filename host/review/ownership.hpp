// SPDX-License-Identifier: MIT
// What a plan touches, and who has to approve it for that: default deny, so that what cannot be
// told from the statements themselves belongs to nobody, and nobody's team may approve it alone.
#pragma once

#include <string>
#include <vector>

#include "host/config/review.hpp"
#include "host/review/decide.hpp"
#include "host/sql/statement.hpp"

namespace host::review {

// Adds what the statements name, schema.name in the catalog's spelling, where a name without a
// schema is of `public`. What may do something to objects that it does not name (DO, CALL,
// functions, CASCADE, SET, and whatever is not known here) makes all of it unknown; what such a
// statement does name, or a body in SQL or PL/pgSQL, is added all the same.
void add_touched(const sql::Script& script, Footprint& touched);

// An approval of so many people of a team.
struct TeamNeed {
  std::string team;
  std::vector<std::string> roles;
  std::size_t count = 1;
};

// What a plan needs: the rule for its risk and the owners of what it touches. A plan of at most
// medium risk that touches objects of one team alone needs that team's approvals instead of the
// rule's, where the rule asks for any.
struct Requirement {
  config::ApprovalRule rule;
  std::vector<TeamNeed> teams;
  bool asks_for_approvals() const { return !rule.approvals.empty() || !teams.empty(); }
  bool hears(const std::string& role) const;  // whether an approval in that role may count
};

Requirement requirement_of(const PlanToDecide& plan, const config::EnvironmentPolicy& policy,
                           const config::Review& review);

}  // namespace host::review
