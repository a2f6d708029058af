// SPDX-License-Identifier: MIT
#include "host/cli/named_plan.hpp"

#include <fmt/format.h>

#include "host/cli/plan_to_review.hpp"
#include "host/cli/promotion_proof.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/review/approval_store.hpp"
#include "host/review/errors.hpp"
#include "host/review/standing.hpp"

namespace host::cli {
namespace {

constexpr std::size_t least_digits = 8;

bool is_hash(const std::string& name) {
  return name.size() >= least_digits && name.size() <= 64 &&
         name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

review::PlanDocument from_file(Context& context, const std::string& name) {
  review::PlanDocument document = review::read_plan_document(read_file(name), name);
  const std::string& environment = context.globals().environment;
  if (document.plan.environment != environment)
    throw Error(review::errors::no_plan,
                fmt::format("'{}' is a plan for '{}', not for '{}'", printable(name),
                            printable(document.plan.environment), environment),
                fmt::format("say so: --env {}", printable(document.plan.environment)));
  return document;
}

}  // namespace

NamedPlan find_plan(Context& context, const Arguments& arguments, const std::string& name) {
  const auto& policy = required_policy(context, context.globals().environment);
  NamedPlan found;
  if (std::filesystem::exists(name)) {
    found.document = from_file(context, name);
    return found;
  }
  if (!is_hash(name))
    throw Error(
        review::errors::no_plan,
        fmt::format("'{}' is neither a file nor the beginning of a plan's hash", printable(name)),
        fmt::format("confiture migrate plan prints it; {} digits are enough", least_digits));
  found.connection = context.connect(context.environment());
  review::ApprovalStore store(*found.connection);
  const std::vector<review::KnownPlan> known =
      store.exists() ? store.plans(name) : std::vector<review::KnownPlan>();
  if (known.size() > 1)
    throw Error(review::errors::no_plan,
                fmt::format("{} plans begin with '{}'", known.size(), name),
                fmt::format("one is {}; give more of its digits", known.front().hash));
  if (known.size() == 1)
    found.document = review::read_plan_document(known.front().document, "plan " + name);
  if (known.size() == 1 && (policy.applied_in.empty() || found.document.direction != "up"))
    return found;
  MigrationRun migration_run(context, arguments, {"approve", MigrationRun::Mode::plan});
  migration_run.run().prepare_up({});
  const std::string& hash = migration_run.run().hash();
  const bool pending = !migration_run.run().plan().steps.empty() && hash.starts_with(name);
  if (pending) {
    const PromotionProof proof =
        find_wanted_proof(context, policy.environment, migration_run.run().plan());
    found.unproven = proof.lacking;
    // What was known when it was asked about stays where nothing is known now.
    if (known.empty() || !proof.from.empty())
      found.document = plan_document(context, migration_run, evidence_document(proof));
  }
  found.over = !pending;
  if (pending || !known.empty()) return found;
  throw Error(review::errors::no_plan,
              fmt::format("no plan of '{}' begins with '{}'", context.globals().environment, name),
              migration_run.run().plan().steps.empty()
                  ? "nothing is pending there"
                  : fmt::format("what is pending now is plan {}", review::short_hash(hash)));
}

void show_document(Output& output, const review::PlanDocument& document) {
  const review::PlanToDecide& plan = document.plan;
  output.line(fmt::format("plan {} {} for '{}' (risk: {})", review::short_hash(plan.hash),
                          document.direction, plan.environment, plan.risk));
  if (!plan.authors.empty()) output.line("  written by " + join_words(plan.authors));
  for (const review::PlanDocument::Migration& migration : document.migrations) {
    output.line(
        fmt::format("  {}_{} (risk: {})", migration.version, migration.name, migration.risk));
    for (const std::string& reason : migration.reasons) output.line("    - " + reason);
    for (const std::string& line : split_text(migration.sql, '\n'))
      if (!line.empty()) output.line("    | " + line);
  }
  for (const review::Evidence& evidence : document.evidence)
    output.line("  proof: " + review::describe(evidence));
  for (const std::string& hook : document.hooks) output.line("  hook: " + hook);
}

}  // namespace host::cli
