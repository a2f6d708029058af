// SPDX-License-Identifier: MIT
// A plan as a document: what `migrate plan --format json` writes for an environment with a policy,
// what approvers look at, and what travels to those who have no access to the database. Its hash
// covers all the SQL in it, so a document that shows other SQL than what would run is refused.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "host/migrations/plan.hpp"
#include "host/review/decide.hpp"
#include "host/review/evidence.hpp"

namespace host::review {

struct PlanDocument {
  struct Migration {
    std::string version, name, risk, sql;
    std::vector<std::string> reasons;
    std::string key() const { return name.empty() ? version : version + "_" + name; }
  };
  PlanToDecide plan;
  std::string direction;  // up or down
  std::vector<Migration> migrations;
  std::vector<Evidence> evidence;  // of another environment, one a migration; may be empty
  std::vector<std::string> hooks;  // "post_execute sql.assert no-null-emails": that will run
  std::string text;                // the whole document
};

// The field "review" of the document: what the fields beside it do not say.
boost::json::object review_field(const PlanToDecide& decided, const migrations::Plan& plan,
                                 const std::string& encoding);

// `shown_as` names it in messages. Throws approval.bad_plan for what is none, and for one whose
// hash is not that of its SQL, its environment and its database, or whose evidence is not what the
// audit says that it is from.
PlanDocument read_plan_document(std::string_view text, const std::string& shown_as);

}  // namespace host::review
