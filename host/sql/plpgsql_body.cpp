// SPDX-License-Identifier: MIT
#include "host/sql/plpgsql_body.hpp"

#include <algorithm>
#include <memory_resource>

#include "host/foundation/text.hpp"
#include "host/sql/command_tag.hpp"
#include "host/sql/large_stack.hpp"
#include "host/sql/lexer.hpp"
#include "host/sql/parsed_text.hpp"
#include "host/sql/pg_parser.hpp"
#include "host/sql/psql_lines.hpp"
#include "host/sql/tree.hpp"

namespace host::sql {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view body) : body_(body) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < body.size(); ++i)
      if (body[i] == '\n') starts_.push_back(i + 1);
  }

  std::vector<PlpgsqlStatement> read(const tree::Value& functions) {
    walk(functions);
    return std::move(found_);
  }

 private:
  static std::string_view query(const tree::Object& statement, std::string_view field) {
    return tree::text(tree::object(tree::object(statement, field), "PLpgSQL_expr"), "query");
  }

  void walk(const tree::Value& value) {
    if (const tree::Array* items = value.if_array()) {
      for (const tree::Value& item : *items) walk(item);
      return;
    }
    const tree::Object* object = value.if_object();
    if (object == nullptr) return;
    const std::string_view type = tree::type(value);
    if (type.starts_with("PLpgSQL_stmt_")) note(type.substr(13), tree::body(value));
    for (const auto& field : *object) walk(field.value());
  }

  void note(std::string_view kind, const tree::Object& statement) {
    const auto line = static_cast<std::size_t>(tree::number(statement, "lineno", 1));
    if (kind == "execsql") add(query(statement, "sqlstmt"), line);
    if (kind == "fors" || kind == "return_query" || kind == "open")
      add(query(statement, "query"), line);
    if (kind == "call" || kind == "perform") add(query(statement, "expr"), line);
    if (kind == "dynexecute" || kind == "dynfors") add_dynamic(query(statement, "query"), line);
    if (kind == "return_query" || kind == "open") add_dynamic(query(statement, "dynquery"), line);
  }

  // By its first word: INTO and its names are blank in what the parser returns.
  void add(std::string_view sql, std::size_t line) {
    if (sql.empty()) return;
    PlpgsqlStatement made;
    made.sql = sql;
    place(made, line, sql);
    found_.push_back(std::move(made));
  }

  void add_dynamic(std::string_view expression, std::size_t line) {
    if (expression.empty()) return;
    PlpgsqlStatement made;
    made.sql = expression;
    made.dynamic = true;
    place(made, line, expression);
    // EXECUTE 'text' runs what it says.
    Lexer lexer(expression);
    const Token only = lexer.next();
    const std::string_view text = lexer.text(only);
    if (only.kind == Token::Kind::string && lexer.next().kind == Token::Kind::end &&
        text.front() == '\'' && text.find('\'', 1) == text.size() - 1) {
      made.sql = text.substr(1, text.size() - 2);
      made.dynamic = false;
      ++made.offset;
    }
    found_.push_back(std::move(made));
  }

  void place(PlpgsqlStatement& made, std::size_t line, std::string_view sql) const {
    const std::size_t from = starts_[std::min(line, starts_.size()) - 1];
    const std::size_t at = body_.find(sql.substr(0, std::min<std::size_t>(sql.size(), 16)), from);
    made.placed = at != std::string_view::npos;
    made.offset = made.placed ? at : 0;
  }

  std::string_view body_;
  std::vector<std::size_t> starts_;
  std::vector<PlpgsqlStatement> found_;
};

}  // namespace

PlpgsqlBody read_plpgsql(std::string_view statement, std::string_view body) {
  PlpgsqlBody result;
  const auto work = [&] {
    // As its tree was read: a NUL byte would end the text before the body.
    const PlpgsqlText parsed = parse_plpgsql(blank_foreign_text(statement).text);
    result.error = parsed.error;
    if (!result.error.empty()) return;
    std::pmr::monotonic_buffer_resource memory;
    if (const tree::Value* functions = tree::read(parsed.json, memory))
      result.statements = Reader(body).read(*functions);
  };
  run_on_large_stack(stack_for(statement.size()), work);
  return result;
}

std::string statement_tag(std::string_view sql) {
  const auto parsed = parse_statement_text(sql);
  return parsed != nullptr ? statement_facts(parsed->root()).tag : std::string();
}

}  // namespace host::sql
