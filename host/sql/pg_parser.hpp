// SPDX-License-Identifier: MIT
// The door to libpg_query: a text in, spans and parse trees out. The only file that sees the
// library is pg_parser.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::sql {

namespace tree {
class Value;
}

// A statement longer than this is not read: its tree may take a hundred times as much memory.
inline constexpr std::size_t largest_statement = 4 << 20;
// Bytes of stack that a text of this size may need; measured at 170 a byte, in the worst case.
std::size_t stack_for(std::size_t text_size);

struct ParserFailure {
  std::string message;
  std::uint64_t offset = 0;  // into the text
  bool too_large = false;
  std::string newer;  // what in it PostgreSQL 15 does not know; empty: nothing that is known
};

struct ParsedStatement {
  std::uint64_t offset = 0, end_offset = 0;  // with the comments before it, without the semicolon
  const tree::Value* tree = nullptr;         // in the memory; null when it failed
  std::uint64_t tree_offset = 0;             // what "location": 0 in the tree means
  std::optional<ParserFailure> failure;
};

// Trees of a text. Recurses as deeply as the SQL nests: call it on a thread with stack_for() bytes.
// The text holds neither NUL nor malformed UTF-8. [any thread]
std::vector<ParsedStatement> parse_statements(std::string_view text,
                                              std::pmr::memory_resource& memory);

// The tree of one statement as JSON text, or nothing when it does not parse. The same rules.
std::string parse_to_json(std::string_view statement);

// CREATE FUNCTION, CREATE PROCEDURE or DO as the parser of PL/pgSQL reads it: its JSON, or why not.
// The same rules.
struct PlpgsqlText {
  std::string json, error;
};
PlpgsqlText parse_plpgsql(std::string_view statement);

}  // namespace host::sql
