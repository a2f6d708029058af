// SPDX-License-Identifier: MIT
// The section `review` of db/confiture.yaml: who is who, and what a change of which risk needs in
// which environment before it may run.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "host/config/value.hpp"

namespace host::config {

struct Person {
  std::string name;  // "alice@acme.example": no blanks, commas or wildcards
  std::vector<std::string> roles;
  std::string database_role;        // session_user of their sessions, or empty
  std::string ssh_key;              // "ssh-ed25519 AAAA..." without a comment, or empty
  std::vector<std::string> emails;  // others that git knows them by
  Place place;
};

// What one level of risk needs.
struct ApprovalRule {
  enum class Identity { database, ssh };
  std::map<std::string, std::size_t> approvals;  // role -> how many people
  Identity identity = Identity::ssh;             // the weakest that counts
  std::chrono::milliseconds expires{};           // an approval holds that long
  bool backup = false;                           // a hook of the run has to make one
  Place place;
};

struct EnvironmentPolicy {
  std::string environment;
  std::map<std::string, ApprovalRule> levels;  // none, low, ..., critical: all of them
  std::vector<std::string> break_glass;        // roles that may do without approvals
  Place place;
};

struct Review {
  std::vector<Person> people;  // in the file's order
  std::vector<EnvironmentPolicy> policies;
  bool author_may_approve = false;

  const Person* find_person(std::string_view name) const;                  // nullptr: nobody
  const EnvironmentPolicy* policy_of(std::string_view environment) const;  // nullptr: none
};

}  // namespace host::config
