// SPDX-License-Identifier: MIT
#include "host/config/review.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/config/sections.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

using std::chrono::hours;

struct Level {
  std::string_view name;
  ApprovalRule::Identity identity;  // where the rule does not say
  hours expires;
};
constexpr std::array<Level, 5> levels{{{"none", ApprovalRule::Identity::database, hours(14 * 24)},
                                       {"low", ApprovalRule::Identity::database, hours(14 * 24)},
                                       {"medium", ApprovalRule::Identity::database, hours(14 * 24)},
                                       {"high", ApprovalRule::Identity::ssh, hours(7 * 24)},
                                       {"critical", ApprovalRule::Identity::ssh, hours(48)}}};

// A person's name is the principal of their key: ssh-keygen reads patterns and lists there.
void check_name(const Value& name) {
  const bool plain = std::all_of(name.text.begin(), name.text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("@._+-").find(c) != std::string_view::npos;
  });
  if (!name.text.empty() && plain) return;
  throw Error(errors::wrong_type, fmt::format("'{}' cannot name a person", printable(name.text)),
              "use an e-mail address or a login: letters, digits, '@', '.', '_', '+' and '-'",
              name.place);
}

// Type and key of a public key, without its comment.
std::string read_key(const Value& value, const std::string& what) {
  const std::string text = as_text(value, what);
  std::vector<std::string> words;
  for (const std::string& word : split_text(text, ' '))
    if (!word.empty()) words.push_back(word);
  const auto starts = [&](std::string_view prefix) { return words[0].starts_with(prefix); };
  const bool well_formed = words.size() >= 2 && text.find_first_of("\n\r\t\"") == text.npos &&
                           (starts("ssh-") || starts("ecdsa-") || starts("sk-")) &&
                           words[1].starts_with("AAAA");
  if (!well_formed)
    throw Error(errors::wrong_type, fmt::format("{} is no public key of SSH", what),
                "write the line of a .pub file: ssh-ed25519 AAAA...", value.place);
  return words[0] + " " + words[1];
}

Person read_person(const Value& name, const Value& value) {
  check_name(name);
  Person person;
  person.name = name.text;
  person.place = name.place;
  Reader reader(value, fmt::format("person '{}'", name.text));
  person.roles = reader.texts("roles");
  person.database_role = reader.text("database_role").value_or("");
  if (const Value* key = reader.value("ssh_key"))
    person.ssh_key = read_key(*key, reader.name_of("ssh_key"));
  person.emails = reader.texts("emails");
  reader.finish();
  return person;
}

// Whoever holds a key or logs in with a role must be one person.
void check_distinct(const std::vector<Person>& people) {
  for (auto person = people.begin(); person != people.end(); ++person)
    for (auto other = people.begin(); other != person; ++other) {
      const bool same_key = !person->ssh_key.empty() && person->ssh_key == other->ssh_key;
      const bool same_role =
          !person->database_role.empty() && person->database_role == other->database_role;
      if (same_key || same_role)
        throw Error(errors::wrong_type,
                    fmt::format("'{}' and '{}' have the same {}", other->name, person->name,
                                same_key ? "ssh_key" : "database_role"),
                    "one person counts once; give one person both roles", person->place);
    }
}

ApprovalRule read_rule(const Value& value, const Level& level, const std::string& what) {
  static const std::vector<std::string> identities{"database", "ssh"}, required{"required"};
  ApprovalRule rule;
  rule.place = value.place;
  Reader reader(value, what);
  for (const auto& [role, count] :
       as_map(reader.required("approvals"), reader.name_of("approvals"))) {
    const std::string counted = fmt::format("the number of '{}'", printable(role.text));
    const std::int64_t number = as_integer(count, counted);
    if (number < 1)
      throw Error(errors::out_of_range,
                  fmt::format("{} must be at least 1, not {}", counted, number),
                  "leave the role out where nobody of it has to approve", count.place);
    rule.approvals[role.text] = static_cast<std::size_t>(number);
  }
  const std::optional<std::string> identity = reader.choice("identity", identities);
  rule.identity = !identity            ? level.identity
                  : *identity == "ssh" ? ApprovalRule::Identity::ssh
                                       : ApprovalRule::Identity::database;
  rule.expires = reader.duration("expires").value_or(level.expires);
  rule.backup = reader.choice("backup", required).has_value();
  reader.finish();
  return rule;
}

EnvironmentPolicy read_policy(const Value& name, const Value& value,
                              const std::vector<std::string>& environments) {
  EnvironmentPolicy policy;
  policy.environment = name.text;
  policy.place = name.place;
  Reader reader(value, fmt::format("'{}' of review", name.text));
  std::optional<ApprovalRule> above;
  // A level that is not listed needs what the next one above it needs.
  for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
    const Value* given =
        level == levels.rbegin() ? &reader.required(level->name) : reader.value(level->name);
    if (given != nullptr)
      above = read_rule(*given, *level, fmt::format("{} of '{}'", level->name, name.text));
    policy.levels.emplace(level->name, *above);
  }
  policy.break_glass = reader.texts("break_glass");
  std::vector<std::string> others;
  for (const std::string& each : environments)
    if (each != policy.environment) others.push_back(each);
  policy.applied_in = reader.choice("applied_in", others).value_or("");
  if (const Value* soak = reader.value("min_soak"); soak != nullptr && policy.applied_in.empty())
    throw Error(errors::unknown_key,
                fmt::format("'min_soak' of '{}' says how long, but not where", name.text),
                "add applied_in: ENV", soak->place);
  policy.min_soak = reader.duration("min_soak").value_or(policy.min_soak);
  policy.rows_from = reader.choice("rows_from", others).value_or("");
  reader.finish();
  return policy;
}

}  // namespace

const Person* Review::find_person(std::string_view name) const {
  for (const Person& person : people)
    if (person.name == name) return &person;
  return nullptr;
}

const EnvironmentPolicy* Review::policy_of(std::string_view environment) const {
  for (const EnvironmentPolicy& policy : policies)
    if (policy.environment == environment) return &policy;
  return nullptr;
}

Review read_review(const Value& section, const std::vector<std::string>& environments) {
  Review review;
  for (const auto& [key, value] : as_map(section, "'review'")) {
    if (key.text == "people") {
      for (const auto& [name, person] : as_map(value, "'people' of review"))
        review.people.push_back(read_person(name, person));
      check_distinct(review.people);
    } else if (key.text == "rules") {
      Reader rules(value, "'rules' of review");
      review.author_may_approve = rules.boolean("author_may_approve").value_or(false);
      if (const Value* reminders = rules.value("reminders")) {
        review.reminders.clear();
        for (const Value& each : as_list(*reminders, rules.name_of("reminders")))
          review.reminders.push_back(as_duration(each, rules.name_of("reminders")));
      }
      rules.finish();
    } else if (std::find(environments.begin(), environments.end(), key.text) ==
               environments.end()) {
      std::vector<std::string> known{"people", "rules"};
      known.insert(known.end(), environments.begin(), environments.end());
      throw Error(errors::unknown_key,
                  fmt::format("unknown key '{}' in review: it is neither people nor rules, and no "
                              "environment",
                              printable(key.text)),
                  suggest_name(key.text, known), key.place);
    } else {
      review.policies.push_back(read_policy(key, value, environments));
    }
  }
  return review;
}

}  // namespace host::config
