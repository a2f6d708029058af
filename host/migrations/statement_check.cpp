// SPDX-License-Identifier: MIT
#include "host/migrations/statement_check.hpp"

#include <fmt/format.h>

#include "host/migrations/errors.hpp"
#include "host/sql/tree.hpp"

namespace host::migrations {
namespace {

// COPY to or from the client, which a migration does not have.
bool copies_with_client(const sql::Statement& statement) {
  if (statement.tree == nullptr) return false;
  const sql::tree::Value* copy = statement.tree->if_contains("CopyStmt");
  return copy != nullptr && !copy->contains("filename");
}

std::string_view hint_of(sql::ParseError::Kind kind) {
  return kind == sql::ParseError::Kind::bad_bytes
             ? "save the file as UTF-8 text, without NUL bytes; nothing was run"
             : "nothing was run";
}

void check_statement(const sql::Statement& statement, std::size_t number, bool transactional,
                     std::string_view switch_off) {
  if (statement.error && statement.error->kind != sql::ParseError::Kind::syntax)
    throw Error(errors::syntax, fmt::format("statement {}: {}", number, statement.error->message),
                std::string(hint_of(statement.error->kind)), statement.error->place);
  if (statement.transaction_control ||
      (statement.error && sql::has_transaction_control(statement.text)))
    throw Error(errors::transaction_control,
                fmt::format("statement {} is {}, but confiture opens and ends the transaction",
                            number, statement.tag.empty() ? "transaction control" : statement.tag),
                fmt::format("remove it; for a file without a transaction, write {}", switch_off),
                statement.place);
  if (transactional && statement.outside_transaction)
    throw Error(errors::outside_transaction,
                fmt::format("statement {}: {} cannot run inside a transaction", number,
                            statement.no_transaction_reason),
                fmt::format("put it in a migration of its own, with {}", switch_off),
                statement.place);
  if (copies_with_client(statement))
    throw Error(
        errors::copy_without_file,
        fmt::format("statement {} copies to or from a client, and a migration has none", number),
        "write the rows as INSERT", statement.place);
}

}  // namespace

void check_statements(const sql::Script& script, bool transactional, std::string_view switch_off) {
  std::size_t number = 0;
  for (const sql::Statement& statement : script.statements())
    check_statement(statement, ++number, transactional, switch_off);
}

}  // namespace host::migrations
