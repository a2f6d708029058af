// SPDX-License-Identifier: MIT
// One number for everything that a run would do: what an approval is given for, and what confiture
// writes beside a run, so that it can be told afterwards whether that is what ran.
//
// The SHA-256 of these fields in this order, each as its length in bytes in decimal, a colon and
// its bytes, so that no two plans have the same encoding:
//
//   "confiture-plan/1"
//   the server's system identifier (where the role may not ask for it: its address), the
//   database's oid, and the ledger: "confiture.history"
//   "up" or "down", and the number of migrations
//   for each: version, name, "transaction" or "stepwise", the SHA-256 of the SQL that is sent, and
//     the checksums of its way up, its way down and its check, empty where it has none
//   the number of the environment's variables, and for each, by name: name, SHA-256 of its value
//   the hooks of the environment as one text (host/hooks/canonical.hpp)
#pragma once

#include <map>
#include <string>

#include "host/migrations/plan.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

// 64 hexadecimal digits.
std::string plan_hash(const Plan& plan, const postgres::DatabaseIdentity& target,
                      const std::map<std::string, std::string>& variables,
                      const std::string& hooks);

}  // namespace host::migrations
