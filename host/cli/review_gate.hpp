// SPDX-License-Identifier: MIT
// Holds a run of migrations back until those have approved it who must: before it begins, and again
// in the transaction of each migration, where it also notes that the approvals are used.
#pragma once

#include <optional>
#include <string>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/promotion_proof.hpp"
#include "host/migrations/permit.hpp"
#include "host/review/plan_document.hpp"
#include "host/review/standing.hpp"

namespace host::cli {

class MigrationRun;

// --break-glass, --reason, --as and --key.
extern const Option break_glass_option, reason_option, as_option, key_option;

// The address of a database under the name of another environment is no way around its rules, and
// neither is to take them out: whoever wants none says so in a policy, and the audit notes it.
// Throws approval.missing.
void refuse_other_name(const config::Review& review, const std::string& environment,
                       postgres::Connection& connection);

// [main]
class ReviewGate {
 public:
  // Throws usage where the glass is broken without a reason.
  ReviewGate(Context& context, MigrationRun& migration_run, const Arguments& arguments);

  // For the hash of a plan: see review::canonical().
  std::string policy() const;
  migrations::Permit permit();

 private:
  void check(postgres::Connection& connection, const std::string& run);
  void ask(postgres::Connection& connection, const std::string& run);
  std::string use(postgres::Connection& connection, const std::string& run, std::size_t step);
  void break_glass(review::ApprovalStore& store);
  review::Standing look(postgres::Connection& connection, const std::string& run);
  [[noreturn]] void refuse(const review::Decision& decision);

  Context& context_;
  MigrationRun& migration_run_;
  std::string environment_;
  const config::EnvironmentPolicy* policy_;  // nullptr: none
  review::Verifier verifier_;
  bool break_glass_ = false;
  std::string reason_;
  std::optional<std::string> as_, key_;
  std::optional<review::PlanDocument> plan_;  // that was asked about last
  PromotionProof proof_;                      // where the policy asks for one
  std::string evidence_;
  bool broke_glass_ = false;
};

}  // namespace host::cli
