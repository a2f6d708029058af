// SPDX-License-Identifier: MIT
// What is recorded about a plan, read and verified, and what follows from it.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "host/config/review.hpp"
#include "host/postgres/connection.hpp"
#include "host/review/approval_store.hpp"
#include "host/review/decide.hpp"

namespace host::review {

// Verifies each signature once. [main]
class Verifier {
 public:
  explicit Verifier(const config::Review& review) : review_(review) {}
  // One for each; what cannot be believed has its problem. A statement without a signature is of
  // the person whose database role recorded it, at the moment of the server's clock.
  std::vector<Approval> verify(const std::vector<Recorded>& recorded);

 private:
  Approval verify_one(const Recorded& recorded);
  const config::Review& review_;
  std::map<std::tuple<std::string, std::string, std::string>, std::string> known_;
};

struct Standing {
  std::vector<Recorded> recorded;
  std::vector<Approval> approvals;  // of `recorded`, in its order
  std::vector<Use> uses;
  Decision decision;

  // The texts and signatures that the decision stands on.
  std::string evidence() const;
};

// `run`: the run that asks, whose own use of the plan is none; `backup`: see Facts; true
// where the run itself will see to it; `unproven`: see Facts.
Standing stand(ApprovalStore& store, Verifier& verifier, const PlanToDecide& plan,
               const config::EnvironmentPolicy& policy, const config::Review& review, bool backup,
               const std::string& run = {}, const std::vector<std::string>& unproven = {});

// "0123456789abcdef": as much of a hash as people see.
std::string short_hash(const std::string& hash);

}  // namespace host::review
