// SPDX-License-Identifier: MIT
#include "host/sync/rehearsal.hpp"

#include <fmt/format.h>

#include "host/foundation/text.hpp"
#include "host/postgres/copy_stream.hpp"
#include "host/postgres/transaction.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/promises.hpp"
#include "host/sync/row_rewriter.hpp"
#include "host/sync/session_settings.hpp"

namespace host::sync {
namespace {

constexpr std::size_t rows_to_try = 1000;

// A partition's bounds are no constraint that LIKE copies.
std::string bounds_of(postgres::Connection& target, const TableName& table) {
  return target
      .query(
          "SELECT pg_get_partition_constraintdef(c.oid) FROM pg_class c JOIN pg_namespace n"
          " ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2",
          std::vector<postgres::Parameter>{table.schema, table.name})
      .text(0, 0);
}

void try_rows(postgres::Connection& target, const TablePlan& table, const std::string& rows) {
  target.execute(
      fmt::format("CREATE TEMPORARY TABLE confiture_rehearsal (LIKE {} INCLUDING "
                  "CONSTRAINTS INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING INDEXES)",
                  table.name.sql()));
  if (const std::string bounds = bounds_of(target, table.name); !bounds.empty())
    target.execute(fmt::format("ALTER TABLE pg_temp.confiture_rehearsal ADD CHECK ({})", bounds));
  TablePlan rehearsal = table;
  rehearsal.name = {"pg_temp", "confiture_rehearsal"};
  rehearsal.binary = false;
  postgres::CopyWriter writer(target, rehearsal.write_sql(true));
  writer.write(rows);
  writer.finish();
  target.execute("DROP TABLE pg_temp.confiture_rehearsal");
}

// The server names the temporary table, which is nobody's.
std::string without_table(std::string message) {
  const std::size_t begin = message.find(", table 'pg_temp");
  if (begin == std::string::npos) return message;
  const std::size_t end = message.find('\'', begin + sizeof ", table '");
  return message.erase(begin, end + 1 - begin);
}

std::string columns_and_strategies(const TablePlan& table) {
  std::vector<std::string> words;
  for (const MaskedColumn& column : table.masked)
    words.push_back(fmt::format("'{}' by {}", printable(column.name), column.strategy.name));
  return join_words(words);
}

}  // namespace

RehearsedRows rehearse_rows(const TablePlan& table, Domains& domains, postgres::Connection& source,
                            std::size_t limit) {
  RehearsedRows rows;
  TablePlan text = table;  // which the results are shown as
  text.binary = false;
  RowRewriter rewriter(text, domains);
  postgres::CopyReader reader(
      source, fmt::format("COPY ({} LIMIT {}) TO STDOUT", table.select_sql(), limit));
  while (const std::size_t more = reader.read(rows.read, rows.read.size() + 1)) rows.count += more;
  rewriter.rewrite(rows.read, rows.count, 0, rows.written);
  return rows;
}

void rehearse(const Plan& plan, Domains& domains, postgres::Connection& source,
              postgres::Connection& target, std::chrono::milliseconds lock_timeout) {
  postgres::Transaction undone(target);
  pin_settings(target, lock_timeout);
  for (const TablePlan& table : plan.tables) {
    if (table.masked.empty()) continue;
    const RehearsedRows rows = rehearse_rows(table, domains, source, rows_to_try);
    check_promises(table, domains, rows);
    try {
      try_rows(target, table, rows.written);
    } catch (const postgres::SqlError& error) {
      if (!error.sqlstate().starts_with("22") && !error.sqlstate().starts_with("23")) throw;
      throw Error(errors::does_not_fit,
                  fmt::format("replaced rows do not fit table {} of the target: {}",
                              printable(table.name.sql()), without_table(error.message())),
                  "replaced columns: " + columns_and_strategies(table), table.masked.front().place);
    }
  }
}

}  // namespace host::sync
