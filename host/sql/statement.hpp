// SPDX-License-Identifier: MIT
// A file of SQL as statements, read by PostgreSQL's own parser (libpg_query). One that cannot be
// parsed is still a statement, with its error, and hides none of the others.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/sql/source.hpp"

namespace host::sql {

struct ParseError {
  std::string message;  // the parser's, in its words
  Place place;
};

struct Statement {
  std::string_view text;  // into the Source: from its first token to its last, no semicolon
  std::uint64_t offset = 0, end_offset = 0;  // of `text`
  Place place, end_place;
  std::string_view comments;  // into the Source: what stands between the last statement and this
  std::string tag;            // the command tag: CREATE TABLE; empty when it could not be parsed
  std::optional<ParseError> error;
  bool transaction_control = false;   // BEGIN, COMMIT, ROLLBACK, SAVEPOINT, PREPARE TRANSACTION...
  bool outside_transaction = false;   // the server refuses it inside a transaction block
  std::string no_transaction_reason;  // "CREATE INDEX CONCURRENTLY", when outside_transaction
  // libpg_query's node, {"CreateStmt": {...}}; null when it could not be parsed. Lives as long as
  // the Script.
  const boost::json::value* tree = nullptr;
};

// The statements of one source. Owns the source and the parse trees.
class Script {
 public:
  const Source& source() const { return *source_; }
  const std::vector<Statement>& statements() const { return statements_; }
  // The first statement that could not be parsed, or nullptr.
  const Statement* first_error() const;

 private:
  friend Script parse_script(Source source);
  struct Trees;
  std::shared_ptr<const Source> source_;
  std::shared_ptr<const Trees> trees_;
  std::vector<Statement> statements_;
};

// Parses on a thread with a large stack of its own, so that 200,000 chained operators are an error
// or a tree, never a crash. [any thread, many at once]
Script parse_script(Source source);

// Whether one statement, or several, would end or open a transaction: for hooks, which must not.
// Text that cannot be parsed is judged by its tokens.
bool has_transaction_control(std::string_view sql);

}  // namespace host::sql
