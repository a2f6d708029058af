// SPDX-License-Identifier: MIT
// The SQL that a statement is, or that a function or a view is made of.
#pragma once

#include <confiture/report.hpp>
#include <string_view>

namespace plugins {

// Whether the text has the word, which is in lower case, in any case. To pass by quickly what no
// tree needs to be made for.
inline bool mentions(std::string_view sql, std::string_view word) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  if (word.empty()) return true;
  const char first = word[0], capital = static_cast<char>(first & ~0x20);
  for (std::size_t at = 0; at + word.size() <= sql.size(); ++at) {
    if (sql[at] != first && sql[at] != capital) continue;
    std::size_t same = 1;
    while (same < word.size() && lower(sql[at + same]) == word[same]) ++same;
    if (same == word.size()) return true;
  }
  return false;
}

// Whether a statement with the tag defines something and runs no query: most of a schema does. To
// pass by quickly what cannot hold what a rule looks for.
inline bool only_defines(std::string_view tag) {
  for (const std::string_view one :
       {"CREATE TABLE", "ALTER TABLE", "CREATE INDEX", "COMMENT", "CREATE TYPE", "CREATE SEQUENCE",
        "CREATE TRIGGER", "DROP TABLE", "DROP INDEX", "CREATE SCHEMA"})
    if (tag == one) return true;
  return false;
}

// Calls f with the tree of each query, and with the node that it is best reported at: the statement
// in a PL/pgSQL body where there is one, else the node itself. Of a body in SQL that is a text,
// the first statement. What is put together at run time is not seen.
template <typename F>
void each_query(const confiture::Node& node, const confiture::Report& report, const F& f) {
  if (node.kind() != confiture::NodeKind::function) return f(report.tree(node), node);
  for (const confiture::Node& statement : node.body_statements())
    if (!statement.is_dynamic()) f(report.tree(statement), statement);
  if (const confiture::Tree body = report.tree(node)["sql_body"])
    f(body, node);
  else if (node.language() == "sql")
    f(report.statement(node.body()), node);
}

}  // namespace plugins
