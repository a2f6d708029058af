// SPDX-License-Identifier: MIT
#include "host/sql/parsed_text.hpp"

#include <memory_resource>
#include <string>
#include <vector>

#include "host/sql/large_stack.hpp"
#include "host/sql/pg_parser.hpp"
#include "host/sql/psql_lines.hpp"
#include "host/sql/tree.hpp"

namespace host::sql {
namespace {

// What the stack of any thread has room for.
constexpr std::size_t small = 8 << 10;

const tree::Value* first_tree(std::string_view sql, std::pmr::monotonic_buffer_resource& memory) {
  if (sql.size() > largest_statement || !blank_foreign_text(sql).foreign.empty()) return nullptr;
  std::vector<ParsedStatement> statements;
  const auto parse = [&] { statements = parse_statements(sql, memory); };
  if (sql.size() <= small)
    parse();
  else
    run_on_large_stack(stack_for(sql.size()), parse);
  return statements.empty() ? nullptr : statements.front().tree;
}

}  // namespace

struct ParsedText::Memory {
  std::pmr::monotonic_buffer_resource resource;
};

ParsedText::ParsedText() : memory_(std::make_unique<Memory>()) {}
ParsedText::~ParsedText() = default;

std::shared_ptr<const ParsedText> parse_statement_text(std::string_view sql) {
  const std::shared_ptr<ParsedText> parsed(new ParsedText);
  parsed->root_ = first_tree(sql, parsed->memory_->resource);
  return parsed->root_ != nullptr ? parsed : nullptr;
}

std::shared_ptr<const ParsedText> parse_expression_text(std::string_view sql) {
  const std::shared_ptr<ParsedText> parsed(new ParsedText);
  // A line of its own: the text may end in a comment.
  const tree::Value* select =
      first_tree("SELECT (" + std::string(sql) + "\n)", parsed->memory_->resource);
  if (select == nullptr) return nullptr;
  const tree::Array& targets = tree::array(tree::body(*select, "SelectStmt"), "targetList");
  if (targets.size() != 1) return nullptr;
  parsed->root_ = tree::find(tree::body(targets[0], "ResTarget"), "val");
  return parsed->root_ != nullptr ? parsed : nullptr;
}

}  // namespace host::sql
