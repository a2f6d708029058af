// SPDX-License-Identifier: MIT
#include "host/migrations/reading.hpp"

#include <algorithm>

#include "host/migrations/layout.hpp"
#include "host/migrations/variables.hpp"
#include "host/sql/tree.hpp"

namespace host::migrations {
namespace {

VariableUse use_of(const File& file, const Header& header) {
  if (header.variables) return *header.variables;
  switch (file.substitution) {
    case VariableRule::header:
    case VariableRule::nowhere:
      return VariableUse::none;
    case VariableRule::everywhere:
      return VariableUse::everywhere;
    case VariableRule::regions:
      return VariableUse::regions;
  }
  return VariableUse::none;
}

// BEGIN or COMMIT without an option that would change what it does.
bool is_plain(const sql::Statement& statement, std::string_view first, std::string_view second) {
  if (!statement.transaction_control || statement.tree == nullptr) return false;
  const auto& body = sql::tree::body(*statement.tree, "TransactionStmt");
  const std::string_view kind = sql::tree::text(body, "kind");
  return (kind == first || kind == second) && !body.contains("options") && !body.contains("chain");
}

// A file that begins and commits one transaction around all of it.
bool is_wrapped(const std::vector<sql::Statement>& statements) {
  if (statements.size() < 2 ||
      !is_plain(statements.front(), "TRANS_STMT_BEGIN", "TRANS_STMT_START") ||
      !is_plain(statements.back(), "TRANS_STMT_COMMIT", "TRANS_STMT_COMMIT"))
    return false;
  return std::count_if(statements.begin(), statements.end(),
                       [](const sql::Statement& each) { return each.transaction_control; }) == 2;
}

sql::Script without_wrapping(const sql::Script& script) {
  const sql::Statement& first = script.statements().front();
  const sql::Statement& last = script.statements().back();
  return sql::parse_script(script.source().with_blanks(
      {{first.offset, first.end_offset}, {last.offset, last.end_offset}}));
}

Header read_header(const File& file) {
  return parse_header(sql::Source(file.shown_as, file.text),
                      file.layout == config::Layout::confiture);
}

}  // namespace

sql::Source read_source(const File& file) {
  return replace_variables(file, use_of(file, read_header(file)));
}

Reading read_statements(const File& file) {
  const bool own = file.layout == config::Layout::confiture;
  Header header = read_header(file);
  sql::Script script = sql::parse_script(replace_variables(file, use_of(file, header)));
  if (file.transaction == TransactionRule::off) header.transactional = false;
  if (!own && is_wrapped(script.statements())) {
    // Other tools leave that to the file. The transaction is then confiture's, with the ledger in
    // it.
    script = without_wrapping(script);
    header.transactional = true;
  } else if (file.transaction == TransactionRule::detected) {
    const bool refused =
        std::any_of(script.statements().begin(), script.statements().end(),
                    [](const sql::Statement& each) { return each.outside_transaction; });
    if (refused) header.transactional = false;
  }
  return {std::move(script), std::move(header)};
}

std::string_view switch_off_hint(const File& file) {
  return layout(file.layout).switch_off;
}

}  // namespace host::migrations
