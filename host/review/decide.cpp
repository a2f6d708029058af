// SPDX-License-Identifier: MIT
#include "host/review/decide.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "host/foundation/text.hpp"
#include "host/review/ownership.hpp"

namespace host::review {
namespace {

using config::ApprovalRule;
using config::Person;
using Identity = Approval::Identity;

constexpr std::chrono::minutes clock_skew(5);  // between the machines of people
constexpr std::array<std::string_view, 5> levels{"none", "low", "medium", "high", "critical"};

std::size_t rank_of(std::string_view level) {
  const auto* found = std::find(levels.begin(), levels.end(), level);
  return found == levels.end() ? 3 : static_cast<std::size_t>(found - levels.begin());
}

std::string address_in(const std::string& author) {
  const std::size_t start = author.find('<'), end = author.find('>');
  if (start == std::string::npos || end == std::string::npos || end < start) return author;
  return author.substr(start + 1, end - start - 1);
}

class Weighing {
 public:
  Weighing(const PlanToDecide& plan, const config::EnvironmentPolicy& policy,
           const config::Review& review, Moment now)
      : plan_(plan),
        policy_(policy),
        need_(requirement_of(plan, policy, review)),
        rule_(need_.rule),
        review_(review),
        now_(now) {}

  // Puts aside what is not said of this plan by somebody who is known.
  void hear(const Approval& approval) {
    const Statement& said = approval.statement;
    const std::string problem = doubt(approval);
    if (!problem.empty()) {
      remark(said, "does not count: " + problem);
      return;
    }
    Words& words = words_[said.approver];
    replace(approval.identity == Identity::ssh ? words.signed_ : words.unsigned_, approval);
  }

  void weigh() {
    for (const auto& [name, words] : words_) weigh(*review_.find_person(name), last_word(words));
    for (const auto& [role, wanted] : rule_.approvals) {
      const std::size_t given = given_[role];
      if (given >= wanted) continue;
      const std::size_t there = people_of(role);
      short_.push_back(fmt::format("{} {} of a '{}'{}", wanted - given,
                                   wanted - given == 1 ? "approval" : "approvals", role,
                                   there == 0       ? ", a role that nobody has"
                                   : there < wanted ? ", a role that too few people have"
                                                    : ""));
    }
    weigh_teams();
  }

  // What nobody else has taken: an approval is one for a role, or one for a team.
  void weigh_teams() {
    std::map<std::string, std::size_t> left = given_;
    for (const auto& [role, wanted] : rule_.approvals) left[role] -= std::min(left[role], wanted);
    for (const TeamNeed& team : need_.teams) {
      std::size_t wanted = team.count;
      for (const std::string& role : team.roles) {
        const std::size_t taken = std::min(left[role], wanted);
        left[role] -= taken;
        wanted -= taken;
      }
      if (wanted > 0)
        short_.push_back(fmt::format("{} {} of team '{}'", wanted,
                                     wanted == 1 ? "approval" : "approvals", team.team));
    }
  }

  Decision conclude(const Facts& facts) {
    decision_.missing = blocks_;
    if (!glass_breaker_)
      decision_.missing.insert(decision_.missing.end(), short_.begin(), short_.end());
    if (!glass_breaker_)
      decision_.missing.insert(decision_.missing.end(), facts.unproven.begin(),
                               facts.unproven.end());
    if (rule_.backup && !facts.backup)
      decision_.missing.push_back("a backup: bind an action to post_validate that makes one");
    if (!facts.used_by.empty())
      decision_.missing.push_back(
          fmt::format("a new plan: run {} has used the approvals of this one", facts.used_by));
    decision_.allowed = decision_.missing.empty();
    using Next = Decision::Next;
    const bool lacks = !glass_breaker_ && !short_.empty();
    const bool unproven = !glass_breaker_ && !facts.unproven.empty();
    decision_.next = decision_.allowed        ? Next::run
                     : !facts.used_by.empty() ? Next::new_plan
                     : !blocks_.empty()       ? Next::withdrawal
                     : lacks                  ? Next::approval
                     : unproven               ? Next::proof
                                              : Next::backup;
    decision_.broke_glass =
        decision_.allowed && glass_breaker_ && (!short_.empty() || !facts.unproven.empty());
    return std::move(decision_);
  }

 private:
  struct Words {
    const Approval* signed_ = nullptr;
    const Approval* unsigned_ = nullptr;
  };

  static void replace(const Approval*& last, const Approval& approval) {
    // Said at the same moment, the more careful word is the last one.
    const auto order = [](const Approval& each) {
      const Verdict verdict = each.statement.verdict;
      return std::pair(each.statement.issued, verdict == Verdict::reject   ? 2
                                              : verdict == Verdict::revoke ? 1
                                                                           : 0);
    };
    if (last == nullptr || order(*last) <= order(approval)) last = &approval;
  }

  // Why a statement is not one of this plan, or not of a person; empty where it is.
  std::string doubt(const Approval& approval) const {
    const Statement& said = approval.statement;
    if (!approval.problem.empty()) return approval.problem;
    if (said.plan != plan_.hash) return "it is for another plan";
    if (said.environment != plan_.environment)
      return fmt::format("it is for environment '{}'", printable(said.environment));
    if (said.database != plan_.database) return "it is for another database";
    if (review_.find_person(said.approver) == nullptr) return "no such person in review.people";
    if (said.issued > now_ + clock_skew) return "it was issued in the future";
    return {};
  }

  // A signature is not outdone by a login: whoever forges a login takes back nothing that was
  // signed, and adds no approval where a signature is asked for.
  const Approval* last_word(const Words& words) {
    if (words.unsigned_ == nullptr) return words.signed_;
    const Verdict verdict = words.unsigned_->statement.verdict;
    const bool opens = verdict == Verdict::approve || verdict == Verdict::break_glass;
    const bool takes_back_rejection =
        words.signed_ != nullptr && words.signed_->statement.verdict == Verdict::reject;
    if (takes_back_rejection && verdict != Verdict::reject) {
      remark(words.unsigned_->statement, "does not count: a signed rejection stands against it");
      return words.signed_;
    }
    if (opens && rule_.identity == Identity::ssh) {
      remark(words.unsigned_->statement, "does not count: it has to be signed with an SSH key");
      return words.signed_;
    }
    if (words.signed_ == nullptr ||
        words.signed_->statement.issued < words.unsigned_->statement.issued)
      return words.unsigned_;
    return words.signed_;
  }

  std::size_t people_of(const std::string& role) const {
    return static_cast<std::size_t>(
        std::count_if(review_.people.begin(), review_.people.end(),
                      [&](const Person& person) { return holds(person.roles, role); }));
  }

  void weigh(const Person& person, const Approval* word) {
    if (word == nullptr) return;
    const Statement& said = word->statement;
    switch (said.verdict) {
      case Verdict::revoke:
        remark(said, "took back what they said");
        return;
      case Verdict::reject:
        blocks_.push_back(fmt::format("a withdrawal of the rejection by '{}'", person.name));
        remark(said, "rejects it");
        return;
      case Verdict::approve:
      case Verdict::break_glass:
        break;
    }
    const bool breaks = said.verdict == Verdict::break_glass;
    const std::string problem = breaks ? glass_objection(person, said) : objection(person, said);
    if (!problem.empty()) {
      remark(said, "does not count: " + problem);
      return;
    }
    decision_.counted.push_back(word);
    if (breaks) {
      glass_breaker_ = true;
      remark(said, "breaks the glass");
    } else {
      ++given_[said.role];
      remark(said, "counts");
    }
  }

  std::string objection(const Person& person, const Statement& said) const {
    if (!review_.author_may_approve && is_author(person, plan_.authors))
      return "who wrote a change does not approve it";
    if (!holds(person.roles, said.role))
      return fmt::format("'{}' is no '{}'", person.name, printable(said.role));
    if (!need_.hears(said.role))
      return fmt::format("nobody of role '{}' has to approve it", said.role);
    return common_objection(said);
  }

  std::string glass_objection(const Person& person, const Statement& said) const {
    if (!holds(policy_.break_glass, said.role) || !holds(person.roles, said.role))
      return "break_glass of the policy lists no role of theirs";
    return common_objection(said);
  }

  std::string common_objection(const Statement& said) const {
    const Moment end = std::min(said.expires, said.issued + rule_.expires);
    if (now_ >= end) return "it expired at " + format_moment(end);
    if (rank_of(said.risk) < rank_of(plan_.risk)) {
      std::string text =
          fmt::format("the risk was '{}' then and is '{}' now", printable(said.risk), plan_.risk);
      if (!plan_.risk_reasons.empty()) text += ": " + join_words(plan_.risk_reasons);
      return text;
    }
    return {};
  }

  static bool holds(const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  }

  void remark(const Statement& said, const std::string& what) {
    std::string text =
        fmt::format("{} by '{}'{}: {}", to_string(said.verdict), printable(said.approver),
                    said.role.empty() ? "" : " as '" + printable(said.role) + "'", what);
    if (!said.comment.empty()) text += fmt::format(" ({})", printable(said.comment));
    decision_.reasons.push_back(std::move(text));
  }

  const PlanToDecide& plan_;
  const config::EnvironmentPolicy& policy_;
  const Requirement need_;
  const ApprovalRule& rule_;
  const config::Review& review_;
  Moment now_;
  std::map<std::string, Words> words_;  // by person
  std::map<std::string, std::size_t> given_;
  std::vector<std::string> blocks_, short_;
  bool glass_breaker_ = false;
  Decision decision_;
};

}  // namespace

Decision decide(const PlanToDecide& plan, const config::EnvironmentPolicy& policy,
                const std::vector<Approval>& approvals, const config::Review& review, Moment now,
                const Facts& facts) {
  Weighing weighing(plan, policy, review, now);
  for (const Approval& approval : approvals) weighing.hear(approval);
  weighing.weigh();
  return weighing.conclude(facts);
}

const ApprovalRule& rule_for(const config::EnvironmentPolicy& policy, const std::string& risk) {
  return policy.levels.at(std::string(levels[rank_of(risk)]));
}

bool is_author(const Person& person, const std::vector<std::string>& authors) {
  std::vector<std::string> known{person.name};
  known.insert(known.end(), person.emails.begin(), person.emails.end());
  return std::any_of(authors.begin(), authors.end(), [&](const std::string& author) {
    const std::string address = lower_ascii(trim(address_in(author)));
    return std::any_of(known.begin(), known.end(), [&](const std::string& each) {
      const std::string name = lower_ascii(each);
      return address == name || address == name.substr(0, name.find('@')) ||
             (!person.database_role.empty() && address == lower_ascii(person.database_role));
    });
  });
}

bool is_settled(const PlanToDecide& plan, const config::EnvironmentPolicy& policy,
                const std::vector<Approval>& approvals, const config::Review& review) {
  std::vector<Approval> regular;
  for (const Approval& each : approvals)
    if (each.statement.verdict != Verdict::break_glass) regular.push_back(each);
  // An approval expires before a run; a debt that was paid stays paid.
  return std::any_of(regular.begin(), regular.end(),
                     [&](const Approval& last) {
                       return decide(plan, policy, regular, review, last.statement.issued,
                                     {true, {}})
                           .allowed;
                     }) ||
         !requirement_of(plan, policy, review).asks_for_approvals();
}

}  // namespace host::review
