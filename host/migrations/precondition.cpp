// SPDX-License-Identifier: MIT
#include "host/migrations/precondition.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/migrations/errors.hpp"
#include "host/migrations/journal.hpp"
#include "host/postgres/transaction.hpp"

namespace host::migrations {
namespace {

bool has_begun(const Step& step, postgres::Connection& connection) {
  const std::vector<Unfinished> unfinished = find_unfinished(connection);
  return std::any_of(unfinished.begin(), unfinished.end(), [&](const Unfinished& each) {
    return each.version == step.migration->version;
  });
}

}  // namespace

void check_preconditions(const Step& step, postgres::Connection& connection,
                         const config::Environment& environment) {
  if (step.header.preconditions.empty() || has_begun(step, connection)) return;
  const std::string key = step.migration->key();
  const postgres::Transaction transaction(
      connection,
      fmt::format("BEGIN READ ONLY; SET LOCAL lock_timeout = {}; "
                  "SET LOCAL statement_timeout = {}",
                  environment.lock_timeout.count(), environment.statement_timeout.count()));
  for (const Precondition& each : step.header.preconditions) {
    bool holds = false;
    try {
      holds = connection.query(fmt::format("SELECT ({}) IS TRUE", each.sql)).boolean(0, 0);
    } catch (const postgres::SqlError& error) {
      throw Error(
          errors::precondition,
          fmt::format("a precondition of migration '{}' cannot be checked: {} (SQLSTATE {})", key,
                      error.message(), error.sqlstate()),
          error.hint(), each.place);
    }
    if (!holds)
      throw Error(errors::precondition,
                  fmt::format("a precondition of migration '{}' does not hold: {}", key, each.sql),
                  "nothing of it was run", each.place);
  }
}

}  // namespace host::migrations
