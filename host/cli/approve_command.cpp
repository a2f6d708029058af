// SPDX-License-Identifier: MIT
// confiture approve, confiture reject and confiture approvals revoke: what a person says of a plan.
#include <confiture/action.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/announcement.hpp"
#include "host/cli/audit_trail.hpp"
#include "host/cli/command.hpp"
#include "host/cli/named_plan.hpp"
#include "host/cli/plan_to_review.hpp"
#include "host/cli/review_gate.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/review/errors.hpp"
#include "host/review/ownership.hpp"
#include "host/review/signature.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using config::ApprovalRule;
using config::Person;
using review::Statement;
using review::Verdict;

// Who speaks, and how it is known.
struct Speaker {
  const Person* person = nullptr;
  std::optional<review::Signer> signer;  // nothing: by their session with the database
};

Speaker find_by_session(const config::Review& review, postgres::Connection& connection,
                        const std::optional<std::string>& as) {
  const std::string role = connection.query("SELECT session_user").text(0, 0);
  for (const Person& person : review.people)
    if (person.database_role == role && (!as || *as == person.name)) return {&person, {}};
  throw Error(review::errors::unknown_person,
              fmt::format("role '{}' is the database_role of nobody{}", role,
                          as ? fmt::format(" named '{}'", printable(*as)) : ""),
              "connect as yourself, with --database-url, or sign: --key FILE");
}

// An SSH key where the rule asks for one or one is named, else the session.
Speaker find_speaker(Context& context, const Arguments& arguments, const ApprovalRule& rule,
                     postgres::Connection* connection) {
  const config::Review& review = context.project().review;
  const auto as = arguments.text("as"), key = arguments.text("key");
  const bool sign = rule.identity == ApprovalRule::Identity::ssh || key || connection == nullptr ||
                    arguments.text("file");
  if (!sign) return find_by_session(review, *connection, as);
  const review::Signer signer = review::find_signer(review, as, key);
  return {signer.person, signer};
}

std::string choose_role(const Person& person, const ApprovalRule& rule,
                        const std::optional<std::string>& given, bool has_to_count) {
  std::vector<std::string> wanted, fitting;
  for (const auto& [role, count] : rule.approvals) {
    wanted.push_back("'" + role + "'");
    if (std::find(person.roles.begin(), person.roles.end(), role) != person.roles.end())
      fitting.push_back(role);
  }
  if (given && std::find(person.roles.begin(), person.roles.end(), *given) == person.roles.end())
    throw Error(review::errors::refused,
                fmt::format("'{}' is no '{}'", person.name, printable(*given)),
                suggest_name(*given, person.roles));
  if (given) return *given;
  if (!has_to_count) return fitting.empty() ? std::string() : fitting.front();
  if (fitting.empty())
    throw Error(review::errors::refused,
                fmt::format("'{}' has no role that approves this", person.name),
                wanted.empty() ? "nobody has to approve it"
                               : fmt::format("it takes {}", join_words(wanted, "or")));
  if (fitting.size() > 1)
    throw Error(
        host::errors::usage,
        fmt::format("'{}' can approve this in more than one role, and counts once", person.name),
        fmt::format("say which: --role {}", join_words(fitting, "or")));
  return fitting.front();
}

Statement make_statement(const review::PlanToDecide& plan, const ApprovalRule& rule,
                         Verdict verdict, const Arguments& arguments) {
  Statement said;
  said.plan = plan.hash;
  said.environment = plan.environment;
  said.database = plan.database;
  said.risk = plan.risk;
  said.verdict = verdict;
  said.issued = review::now_in_milliseconds();
  said.expires = said.issued + rule.expires;
  said.nonce = review::make_nonce();
  said.comment = arguments.text("comment").value_or("");
  if (said.comment.find('\n') != std::string::npos)
    throw Error(host::errors::usage, "--comment takes one line");
  return said;
}

void report(Context& context, const Statement& said, const Speaker& speaker,
            const review::Decision* decision, const std::optional<std::string>& file) {
  Output& output = context.output();
  constexpr std::string_view deeds[] = {"approved", "rejected", "taken back"};
  const std::string_view deed = deeds[static_cast<std::size_t>(said.verdict)];
  output.line(fmt::format(
      "{} by '{}'{}{}", deed, said.approver, said.role.empty() ? "" : " as '" + said.role + "'",
      file ? fmt::format(", in '{}': confiture approvals import brings it to the database", *file)
           : ""));
  json::object document{{"plan_hash", said.plan},
                        {"environment", said.environment},
                        {"decision", review::to_string(said.verdict)},
                        {"approver", said.approver},
                        {"role", said.role},
                        {"identity", speaker.signer ? "ssh" : "database"},
                        {"file", file ? json::value(*file) : json::value(nullptr)}};
  if (decision != nullptr) {
    output.line(decision->allowed ? "nothing is missing: it may run"
                                  : "missing: " + join_words(decision->missing));
    document["allowed"] = decision->allowed;
    document["missing"] = json::value_from(decision->missing);
  }
  output.document(true, std::move(document));
}

// Nobody approves what the environment before has not proven. How long it has to be applied there
// is the run's to wait for; what has run in an emergency is approved as it is.
void require_proof(const NamedPlan& named, const config::EnvironmentPolicy& policy) {
  if (policy.applied_in.empty() || named.over || named.document.direction != "up") return;
  for (const review::PlanDocument::Migration& migration : named.document.migrations) {
    const auto& evidence = named.document.evidence;
    const bool proven =
        std::any_of(evidence.begin(), evidence.end(), [&](const review::Evidence& each) {
          return each.migration == migration.key() && each.environment == policy.applied_in;
        });
    if (proven) continue;
    throw Error(review::errors::unproven,
                fmt::format("'{}' does not prove it: {}", policy.applied_in,
                            named.unproven.empty() ? migration.key() + " comes without a proof"
                                                   : join_words(named.unproven)),
                fmt::format("it has to be so in '{}' first; then approve it", policy.applied_in));
  }
}

Exit speak(Context& context, const Arguments& arguments, Verdict verdict) {
  const auto file = arguments.text("file");
  NamedPlan named = find_plan(context, arguments, arguments.positionals().front());
  const review::PlanToDecide& plan = named.document.plan;
  const config::Review& review = context.project().review;
  const auto& policy = required_policy(context, plan.environment);
  const review::Requirement need = review::requirement_of(plan, policy, review);
  ApprovalRule rule = need.rule;
  for (const review::TeamNeed& team : need.teams)
    for (const std::string& role : team.roles) rule.approvals.try_emplace(role, 1);
  if (!file && !named.connection) named.connection = context.connect(context.environment());
  show_document(context.output(), named.document);
  for (const std::string& line : named.unproven) context.output().line("  missing: " + line);
  if (verdict == Verdict::approve) require_proof(named, policy);

  const Speaker speaker = find_speaker(context, arguments, rule, named.connection.get());
  Statement said = make_statement(plan, rule, verdict, arguments);
  said.approver = speaker.person->name;
  said.role =
      choose_role(*speaker.person, rule, arguments.text("role"), verdict == Verdict::approve);
  if (verdict == Verdict::approve && !review.author_may_approve &&
      review::is_author(*speaker.person, plan.authors))
    throw Error(review::errors::refused,
                fmt::format("'{}' wrote a part of this plan, and cannot approve it", said.approver),
                "ask somebody else");
  const std::string text = to_text(said);
  const std::string signature = speaker.signer ? review::sign(text, *speaker.signer) : "";
  if (file) {
    write_file(*file, text + signature);
    report(context, said, speaker, nullptr, file);
    return Exit::done;
  }
  review::ApprovalStore store(*named.connection);
  store.open(review);
  store.keep_plan({plan.hash, plan.environment, named.document.text});
  std::optional<Announcement> announcement;
  if (verdict == Verdict::approve)
    announcement.emplace(context, CONFITURE_PHASE_APPROVED, *named.connection);
  store.record(said, signature, audit_trail(context, *named.connection, said.approver),
               announcement ? announcement->entries() : std::string());
  review::Verifier verifier(review);
  const review::Standing standing =
      stand(store, verifier, plan, policy, review, true, {}, named.unproven);
  if (announcement) announcement->make();
  report(context, said, speaker, &standing.decision, {});
  return Exit::done;
}

Exit run_approve(Context& context, const Arguments& arguments) {
  return speak(context, arguments, Verdict::approve);
}
Exit run_reject(Context& context, const Arguments& arguments) {
  return speak(context, arguments, Verdict::reject);
}
Exit run_revoke(Context& context, const Arguments& arguments) {
  return speak(context, arguments, Verdict::revoke);
}

const std::vector<Option> options{
    as_option,
    key_option,
    {"role", "ROLE", "the role you speak in, where you have several that count"},
    {"comment", "TEXT", "why, in one line"},
    {"file", "FILE", "write it to a file instead of the database"}};

}  // namespace

extern const Command approve_command, reject_command, approvals_revoke_command;
const Command approve_command{"approve", "PLAN",     "show a plan and approve it", options, 1,
                              1,         run_approve};
const Command reject_command{"reject", "PLAN",    "show a plan and block it", options, 1,
                             1,        run_reject};
const Command approvals_revoke_command{
    "approvals revoke", "PLAN", "take back your approval or rejection of a plan", options, 1, 1,
    run_revoke};

}  // namespace host::cli
