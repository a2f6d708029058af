// SPDX-License-Identifier: MIT
#include "host/migrations/grammar.hpp"

#include <fmt/format.h>

#include "host/migrations/errors.hpp"

namespace host::migrations {
namespace {

constexpr int first_newer_server = 160000;

// The server's parser reads the body of a block before the block runs, and RETURN comes first.
bool server_reads(std::string_view statement, postgres::Connection& connection) {
  std::string quote = "$confiture";
  while (statement.find(quote) != std::string_view::npos) quote += "_";
  quote += "$";
  try {
    connection.execute(
        fmt::format("DO LANGUAGE plpgsql {0} BEGIN RETURN; {1}; END {0}", quote, statement));
    return true;
  } catch (const postgres::SqlError&) {
    return false;
  }
}

}  // namespace

std::vector<std::string> check_grammar(const sql::Script& script,
                                       postgres::Connection& connection) {
  std::vector<std::string> warnings;
  std::size_t number = 0;
  for (const sql::Statement& statement : script.statements()) {
    ++number;
    if (!statement.error) continue;
    const bool perhaps = connection.server_version() >= first_newer_server &&
                         statement.error->kind == sql::ParseError::Kind::syntax;
    if (!perhaps || !server_reads(statement.text, connection))
      throw Error(errors::syntax, fmt::format("statement {}: {}", number, statement.error->message),
                  "nothing was run", statement.error->place);
    warnings.push_back(
        fmt::format("{}: statement {} is newer than confiture's parser: it is run as it is "
                    "written, and nothing "
                    "is known of its risk",
                    to_string(statement.place), number));
  }
  return warnings;
}

}  // namespace host::migrations
