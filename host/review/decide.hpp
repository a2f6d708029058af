// SPDX-License-Identifier: MIT
// Whether a plan may run, given all that was said of it: no I/O, so that every case can be tested.
//
// A person's last word counts, and counts once. The author of a plan has none for it, a rejection
// blocks until its author takes it back, and an approval holds for one plan, in one database, for a
// risk no higher than the one that was seen, until it expires.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/config/review.hpp"
#include "host/review/statement.hpp"

namespace host::review {

// What a plan does something to.
struct Footprint {
  std::vector<std::string> objects;  // schema.name
  std::vector<std::string> files;    // of its migrations
  bool unknown = false;              // and perhaps others
};

struct PlanToDecide {
  std::string hash, environment, database;
  std::string risk;                       // none, low, ..., critical: as it is now
  std::vector<std::string> risk_reasons;  // why
  std::vector<std::string> authors;       // names or addresses, of its files
  Footprint touched = {};
};

// A statement as it was found, and whether to believe it.
struct Approval {
  using Identity = config::ApprovalRule::Identity;
  Statement statement;
  Identity identity = Identity::database;  // how it is known whose it is
  std::string problem;                     // why it is not to be believed, or empty
};

struct Facts {
  bool backup = false;  // a hook has made one
  std::string used_by;  // the run that has used the plan's approvals already, or empty
  // Why it is not proven elsewhere first, where the policy asks for that: a line a migration.
  std::vector<std::string> unproven = {};
};

struct Decision {
  // What would help most.
  enum class Next { run, new_plan, withdrawal, approval, proof, backup };
  bool allowed = false;
  Next next = Next::run;
  bool broke_glass = false;          // allowed by that, and not by approvals
  std::vector<std::string> missing;  // "1 approval of a 'dba'"
  std::vector<std::string> reasons;  // what counts and what does not, and why: a line a statement
  std::vector<const Approval*> counted;  // of those given to decide()
};

Decision decide(const PlanToDecide& plan, const config::EnvironmentPolicy& policy,
                const std::vector<Approval>& approvals, const config::Review& review, Moment now,
                const Facts& facts);

// The rule that holds for a risk; for one that nobody knows, that of `high`.
const config::ApprovalRule& rule_for(const config::EnvironmentPolicy& policy,
                                     const std::string& risk);

// Whether one of the authors is that person: by name, by an address, by the login before its '@'.
bool is_author(const config::Person& person, const std::vector<std::string>& authors);

// Whether a plan that ran without approvals was approved afterwards, by whoever had to.
bool is_settled(const PlanToDecide& plan, const config::EnvironmentPolicy& policy,
                const std::vector<Approval>& approvals, const config::Review& review);

}  // namespace host::review
