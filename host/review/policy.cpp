// SPDX-License-Identifier: MIT
#include "host/review/policy.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "host/foundation/json.hpp"

namespace host::review {
namespace {

namespace json = boost::json;

json::value sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return json::value_from(names);
}

}  // namespace

std::string canonical(const config::Review& review, const std::string& environment) {
  const config::EnvironmentPolicy* policy = review.policy_of(environment);
  if (policy == nullptr) return {};
  std::string text = to_json(json::object{{"author_may_approve", review.author_may_approve},
                                          {"break_glass", sorted(policy->break_glass)}}) +
                     "\n";
  for (const auto& [level, rule] : policy->levels) {
    json::object approvals;
    for (const auto& [role, count] : rule.approvals) approvals.emplace(role, count);
    const bool ssh = rule.identity == config::ApprovalRule::Identity::ssh;
    text += to_json(json::object{{"level", level},
                                 {"approvals", std::move(approvals)},
                                 {"identity", ssh ? "ssh" : "database"},
                                 {"expires_ms", rule.expires.count()},
                                 {"backup", rule.backup}}) +
            "\n";
  }
  if (!policy->applied_in.empty())
    text += to_json(json::object{{"applied_in", policy->applied_in},
                                 {"min_soak_ms", policy->min_soak.count()}}) +
            "\n";
  if (!policy->rows_from.empty())
    text += to_json(json::object{{"rows_from", policy->rows_from}}) + "\n";
  for (const config::Team& team : review.teams)
    text +=
        to_json(json::object{
            {"team", team.name}, {"roles", sorted(team.roles)}, {"approvals", team.approvals}}) +
        "\n";
  for (const config::Owner& owner : review.owners)
    text += to_json(json::object{{"owns", owner.pattern}, {"team", owner.team}}) + "\n";
  std::map<std::string, std::string> people;
  for (const config::Person& person : review.people)
    people[person.name] = to_json(json::object{{"person", person.name},
                                               {"roles", sorted(person.roles)},
                                               {"database_role", person.database_role},
                                               {"ssh_key", person.ssh_key},
                                               {"emails", sorted(person.emails)}});
  for (const auto& [name, line] : people) text += line + "\n";
  return text;
}

}  // namespace host::review
