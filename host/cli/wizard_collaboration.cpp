// SPDX-License-Identifier: MIT
#include "host/cli/wizard_collaboration.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/announcement.hpp"
#include "host/cli/audit_trail.hpp"
#include "host/cli/migration_run.hpp"
#include "host/cli/plan_to_review.hpp"
#include "host/cli/review_setting.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/retry.hpp"
#include "host/postgres/transaction.hpp"
#include "host/review/standing.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;

// Who could give an approval that is missing: "1 approval of a 'dba' (alice or bob)".
std::vector<std::string> with_names(const std::vector<std::string>& missing,
                                    const review::PlanToDecide& plan,
                                    const config::ApprovalRule& rule, const config::Review& review,
                                    const std::vector<const review::Approval*>& counted) {
  std::vector<std::string> named = missing;
  for (std::string& each : named)
    for (const auto& [role, count] : rule.approvals) {
      if (each.find(fmt::format("of a '{}'", role)) == each.npos) continue;
      std::vector<std::string> names;
      for (const config::Person& person : review.people) {
        const bool can =
            std::find(person.roles.begin(), person.roles.end(), role) != person.roles.end();
        const bool has = std::any_of(counted.begin(), counted.end(), [&](const auto* approval) {
          return approval->statement.approver == person.name;
        });
        if (can && !has && (review.author_may_approve || !review::is_author(person, plan.authors)))
          names.push_back(person.name);
      }
      if (!names.empty()) each += fmt::format(" ({})", join_words(names, "or"));
    }
  return named;
}

class Collaboration {
 public:
  Collaboration(Context& context, const Arguments& arguments)
      : context_(context),
        policy_(required_policy(context, context.globals().environment)),
        verifier_(context.project().review),
        run_(context, arguments, {"migrate wizard", MigrationRun::Mode::plan}),
        connection_(context.connect(run_.environment())),
        store_(*connection_) {
    run_.run().prepare_up({});
  }

  bool empty() { return run_.run().plan().steps.empty(); }

  review::Gathered gather(const Arguments& arguments, const review::Answers* answers,
                          WizardSchedule& schedule) {
    document_ = plan_document(context_, run_);
    review::WizardSetting wizard = review_setting(context_, arguments, run_);
    schedule.offer(wizard);
    if (answers != nullptr)
      wizard.questions.written = [&](const std::string& migration, const std::string& id) {
        return answers->find(migration, id);
      };
    review::Collaboration setting;
    setting.questions = wizard.questions;
    setting.may_schedule = static_cast<bool>(wizard.propose);
    setting.command = fmt::format("confiture approve {} --env {}",
                                  review::short_hash(document_.plan.hash), policy_.environment);
    setting.show = [&] { show_plan(context_.terminal(), run_.run().plan(), wizard); };
    setting.look = [this] { return look(); };
    setting.request = [this] { request(); };
    setting.pause = [this](std::chrono::milliseconds time) {
      migrations::pause(time, context_.cancellation());
    };
    const review::Gathered gathered = gather_approvals(context_.terminal(), setting);
    if (gathered != review::Gathered::schedule) return gathered;
    return schedule_plan(context_.terminal(), run_.run().plan(), wizard) ? gathered
                                                                         : review::Gathered::left;
  }

 private:
  review::Gathering look() {
    const config::Review& review = context_.project().review;
    const config::ApprovalRule& rule = review::rule_for(policy_, document_.plan.risk);
    // A backup is the run's own to make.
    review::Standing standing;  // has the approvals that its decision names
    if (store_.exists()) {
      standing = review::stand(store_, verifier_, document_.plan, policy_, review, true);
    } else {
      standing.decision = review::decide(document_.plan, policy_, {}, review,
                                         review::now_in_milliseconds(), {true, {}});
    }
    const review::Decision& decision = standing.decision;
    return {decision.allowed,
            with_names(decision.missing, document_.plan, rule, review, decision.counted),
            decision.reasons};
  }

  void request() {
    store_.open(context_.project().review);
    Announcement announcement(context_, CONFITURE_PHASE_APPROVAL_REQUESTED, *connection_);
    postgres::Transaction transaction(*connection_);
    if (!store_.keep_plan({document_.plan.hash, document_.plan.environment, document_.text}))
      return;
    if (const std::string told = announcement.entries(); !told.empty()) connection_->execute(told);
    audit_trail(context_, *connection_, {}, document_.plan.hash)
        .append(*connection_, "approval.requested",
                {{"risk", document_.plan.risk}, {"missing", json::value_from(look().missing)}});
    transaction.commit();
    announcement.make();
  }

  Context& context_;
  const config::EnvironmentPolicy& policy_;
  review::Verifier verifier_;
  MigrationRun run_;
  std::unique_ptr<postgres::Connection> connection_;
  review::ApprovalStore store_;
  review::PlanDocument document_;
};

}  // namespace

review::Gathered collaborate(Context& context, const Arguments& arguments,
                             const review::Answers* answers, WizardSchedule& schedule) {
  Collaboration collaboration(context, arguments);
  if (collaboration.empty()) return review::Gathered::approved;
  return collaboration.gather(arguments, answers, schedule);
}

}  // namespace host::cli
