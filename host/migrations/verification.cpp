// SPDX-License-Identifier: MIT
#include "host/migrations/verification.hpp"

#include <fmt/format.h>

#include "host/migrations/errors.hpp"
#include "host/migrations/reading.hpp"
#include "host/migrations/statement_check.hpp"
#include "host/postgres/transaction.hpp"

namespace host::migrations {
namespace {

[[noreturn]] void refuse(const Migration& migration, std::size_t number, const std::string& why,
                         std::string hint, Place place) {
  throw Error(errors::verify_failed,
              fmt::format("the check of migration '{}' does not hold: statement {} {}",
                          migration.key(), number, why),
              std::move(hint), std::move(place));
}

// A result of one boolean column is a claim. NULL is not true either.
void check_claim(const postgres::Result& result, const Migration& migration, std::size_t number,
                 const sql::Statement& statement) {
  if (result.column_count() != 1 || !result.is_boolean(0)) return;
  for (std::size_t row = 0; row < result.row_count(); ++row)
    if (!result.boolean(row, 0))
      refuse(migration, number,
             fmt::format("gave {}", result.value(row, 0) ? "false" : "NULL, not true"), {},
             statement.place);
}

void run_checks(postgres::Connection& connection, const Migration& migration,
                const sql::Script& verification) {
  std::size_t number = 0;
  for (const sql::Statement& statement : verification.statements()) {
    ++number;
    try {
      check_claim(connection.query(statement.text), migration, number, statement);
    } catch (const postgres::SqlError& error) {
      refuse(migration, number,
             fmt::format("failed: {} (SQLSTATE {})", error.message(), error.sqlstate()),
             error.hint(), statement.place);
    }
  }
}

}  // namespace

sql::Script read_verification(const Migration& migration) {
  sql::Script script = read_statements(*migration.verify).script;
  check_statements(script, true, switch_off_hint(*migration.verify));
  return script;
}

void verify_inside(postgres::Connection& connection, const Step& step) {
  connection.execute("SAVEPOINT confiture_verify; SET LOCAL transaction_read_only = on");
  run_checks(connection, *step.migration, *step.verification);
  // The way back to reading and writing, and the end of all that the checks have set.
  connection.execute("ROLLBACK TO SAVEPOINT confiture_verify; RELEASE SAVEPOINT confiture_verify");
}

void verify(postgres::Connection& connection, const Migration& migration,
            const sql::Script& verification, const config::Environment& environment) {
  postgres::Transaction transaction(
      connection,
      fmt::format("BEGIN READ ONLY; SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}",
                  environment.lock_timeout.count(), environment.statement_timeout.count()));
  run_checks(connection, migration, verification);
}

}  // namespace host::migrations
