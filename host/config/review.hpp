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
  std::string applied_in;  // the environment where it has to be applied before, or empty
  std::chrono::milliseconds min_soak{};  // and for how long
  std::string rows_from;  // whose rows, masked, a promotion to it tries the change on, or empty
  std::map<std::string, ApprovalRule> levels;  // none, low, ..., critical: all of them
  std::vector<std::string> break_glass;        // roles that may do without approvals
  Place place;
};

// People who look after some objects together, and may approve small changes of them alone.
struct Team {
  std::string name;
  std::vector<std::string> roles;  // any of them speaks for the team
  std::size_t approvals = 1;       // how many people
  Place place;
};

// Whose objects, or files of migrations, a pattern names.
struct Owner {
  std::string pattern;  // over schema.name, or, with a '/', over the path of a migration's file
  std::string team;
  Place place;
};

struct Review {
  std::vector<Person> people;  // in the file's order
  std::vector<Team> teams;     // of db/owners.yaml
  std::vector<Owner> owners;   // in the file's order: the last that matches counts
  std::vector<EnvironmentPolicy> policies;
  bool author_may_approve = false;
  // How long before a scheduled plan begins people are reminded of it.
  std::vector<std::chrono::milliseconds> reminders{std::chrono::hours(24), std::chrono::hours(1)};

  const Person* find_person(std::string_view name) const;                  // nullptr: nobody
  const EnvironmentPolicy* policy_of(std::string_view environment) const;  // nullptr: none
  // The team that owns an object, schema.name, or a file; nullptr: none.
  const Team* owner_of(std::string_view name) const;
};

}  // namespace host::config
