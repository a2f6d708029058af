// SPDX-License-Identifier: MIT
// One text, and its SHA-256, for everything that a run would do: what an approval is given for, and
// what confiture writes beside a run, so that it can be told afterwards whether that is what ran.
//
// These fields in this order, each as its length in bytes in decimal, a colon and
// its bytes, so that no two plans have the same encoding:
//
//   "confiture-plan/2"
//   the environment's name
//   the server's system identifier (where the role may not ask for it: its address), the
//   database's oid and name, and the ledger: "confiture.history"
//   what was ever done to the database, as one hash: Ledger::state()
//   "up" or "down", and the number of migrations
//   for each: version, name, "transaction" or "stepwise", the SHA-256 of the SQL that is sent, and
//     the checksums of its way up, its way down and its check, empty where it has none
//   the number of the environment's variables, and for each, by name: name, SHA-256 of its value
//   the number of the environment's hooks, and for each: phase, action, name, and the SHA-256 of
//     its line (host/hooks/canonical.hpp)
//   the SHA-256 of who may approve it, as one text; of an empty one where nobody has to
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/migrations/plan.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

// Where and under which rules a plan would run.
struct PlanSurroundings {
  std::string environment;
  postgres::DatabaseIdentity target;
  std::string state;
  std::map<std::string, std::string> variables;
  std::string hooks, policy;
};

// The fields, encoded. Holds no secret: what may be one is hashed.
std::string encode_plan(const Plan& plan, const PlanSurroundings& surroundings);

// What the fields of an encoded plan are; nothing for a text that is no encoding.
std::optional<std::vector<std::string>> decode_fields(std::string_view encoded);

}  // namespace host::migrations
