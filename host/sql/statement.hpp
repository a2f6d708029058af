// SPDX-License-Identifier: MIT
// A file of SQL as statements, read by PostgreSQL's own parser (libpg_query). One that cannot be
// parsed is still a statement, with its error, and hides none of the others.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/sql/source.hpp"

namespace host::sql {

namespace tree {
class Value;
}

struct ParseError {
  enum class Kind {
    syntax,        // the parser's own complaint
    psql_command,  // \c, \restrict: psql reads it, the server does not
    copy_data,     // the rows after COPY ... FROM stdin
    bad_bytes,     // a NUL byte, or no UTF-8
    too_large,
  };
  std::string message;  // of kind syntax: the parser's, in its words
  Place place;
  Kind kind = Kind::syntax;
  std::string newer = {};  // kind syntax: what of a later PostgreSQL the parser does not know
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
  // the Script, or until its forget_trees().
  const tree::Value* tree = nullptr;
  std::uint64_t tree_offset = 0;  // the offset in the source that "location": 0 in the tree means
};

// The statements of one source. Owns the source and the parse trees; copies share them.
class Script {
 public:
  const Source& source() const { return *source_; }
  std::shared_ptr<const Source> shared_source() const { return source_; }
  const std::vector<Statement>& statements() const { return statements_; }
  // The first statement that could not be parsed, or nullptr.
  const Statement* first_error() const;
  // Frees the parse trees, which take some twenty times the memory of the text.
  void forget_trees();

 private:
  friend class ScriptParser;
  struct Trees;
  std::shared_ptr<const Source> source_;
  std::shared_ptr<const Trees> trees_;
  std::vector<Statement> statements_;
};

// Parses on a thread with a large stack of its own, so that 200,000 chained operators are an error
// or a tree, never a crash. [any thread, many at once]
Script parse_script(Source source);

// Parses many, on as many threads as there are cores (at most 4), and hands them over in their
// order, on the calling thread, while the next ones are being parsed.
void parse_scripts(std::vector<Source> sources, const std::function<void(Script)>& each);

// The parse tree of one statement as libpg_query writes it, or nothing when it does not parse.
std::string parse_tree_json(std::string_view statement);

// Whether one statement, or several, would end or open a transaction: for hooks, which must not.
// Text that cannot be parsed is judged by its tokens.
bool has_transaction_control(std::string_view sql);

}  // namespace host::sql
