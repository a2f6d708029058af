// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

#include <cstddef>

namespace plugins::safety {
namespace {

// An expression that is false or unknown wherever the column is NULL, and says so by IS NOT NULL.
bool says_not_null(const Tree& check, std::string_view column) {
  if (check.is("NullTest"))
    return check.text("nulltesttype") == "IS_NOT_NULL" && check["arg"].column_name() == column;
  if (!check.is("BoolExpr") || check.text("boolop") != "AND_EXPR") return false;
  const Tree parts = check["args"];
  for (const Tree& part : parts)
    if (says_not_null(part, column)) return true;
  return false;
}

// Past blanks and comments, which nest.
std::size_t skip_blanks(std::string_view sql, std::size_t at) {
  int depth = 0;
  for (; at < sql.size(); ++at) {
    const std::string_view rest = sql.substr(at);
    if (rest.starts_with("/*")) {
      ++depth, ++at;
    } else if (depth > 0 && rest.starts_with("*/")) {
      --depth, ++at;
    } else if (depth == 0 && rest.starts_with("--")) {
      at = sql.find('\n', at);
      if (at == std::string_view::npos) return sql.size();
    } else if (depth == 0 && static_cast<unsigned char>(sql[at]) > ' ') {
      return at;
    }
  }
  return at;
}

bool is_word_at(std::string_view sql, std::size_t at, std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i)
    if (at + i >= sql.size() || (sql[at + i] | ' ') != word[i]) return false;
  const char next = at + word.size() < sql.size() ? sql[at + word.size()] : ' ';
  const char letter = static_cast<char>(next | ' ');
  return !(letter >= 'a' && letter <= 'z') && !(next >= '0' && next <= '9') && next != '_';
}

}  // namespace

bool is_on_old_table(const Node& action) {
  const Node statement = action.parent();
  if (statement.statement_tag() != "ALTER TABLE" || statement.created_here()) return false;
  const Node table = statement.target();
  return !table || (table.kind() == NodeKind::table && !table.is_temporary());
}

Node added_column(const Node& action) {
  if (action.subcommand() != "add_column" || !is_on_old_table(action)) return {};
  for (const Node& column : table_before(action).columns())
    if (column.name() == action.name()) return {};
  return action.result();
}

Node added_constraint(const Node& action, std::string_view kind) {
  if (action.subcommand() != "add_constraint" || !is_on_old_table(action)) return {};
  return action.result().constraint_kind() == kind ? action.result() : Node();
}

bool is_made_in(const Node& file, const Node& object) {
  for (const Node& statement : file.statements())
    if (statement.statement_tag().starts_with("CREATE ") && object && statement.result() == object)
      return true;
  return false;
}

bool is_part_of_new_table(const Node& dropping) {
  const Node file = dropping.parent().parent();
  if (dropping.target())
    return dropping.created_here() || is_made_in(file, dropping.target().parent());
  for (const Node& statement :
       file.statements())  // IF EXISTS, and it does not: the name is table.part
    if (statement.statement_tag().starts_with("CREATE ") &&
        statement.result().kind() == NodeKind::table &&
        statement.result().name() == dropping.schema_name())
      return true;
  return false;
}

Tree command_of(const Node& action, const Report& report) {
  const Node statement = action.parent();
  const Tree commands = report.tree(statement)["cmds"];
  std::size_t index = 0;
  for (const Node& one : statement.subcommands()) {
    if (one == action) return commands.at(index);
    ++index;
  }
  return {};
}

bool is_proven_not_null(const Node& table, std::string_view column, const Report& report) {
  for (const Node& constraint : table.constraints())
    if (constraint.constraint_kind() == "check" && constraint.is_valid() &&
        says_not_null(report.expression(constraint.expression_sql()), column))
      return true;
  return false;
}

bool has_option(const Tree& options, std::string_view name) {
  bool on = false;  // the last one counts
  for (const Tree& option : options) {
    if (option.text("defname") != name) continue;
    const Tree value = option["arg"];
    const std::string_view word = value.string();
    on = !value || (value.is("Boolean")   ? value.truth("boolval")
                    : value.is("Integer") ? value.integer("ival") != 0
                                          : word != "off" && word != "false" && word != "no");
  }
  return on;
}

std::string outside_transaction(const Node& statement) {
  return statement.in_transaction() || statement.in_body()
             ? ", in a migration of its own with the line '-- transaction: off'"
             : "";
}

std::uint64_t after_words(const Node& statement, std::initializer_list<std::string_view> words) {
  const std::string_view sql = statement.sql();
  std::size_t end = 0;
  for (std::string_view word : words) {
    const bool optional = word.starts_with('?');
    if (optional) word.remove_prefix(1);
    const std::size_t at = skip_blanks(sql, end);
    if (is_word_at(sql, at, word))
      end = at + word.size();
    else if (!optional)
      return 0;
  }
  return statement.location().offset + end;
}

}  // namespace plugins::safety
