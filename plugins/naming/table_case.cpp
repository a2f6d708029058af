// SPDX-License-Identifier: MIT
#include "plugins/naming/table_case.hpp"

#include <string_view>

#include "plugins/common/names.hpp"

namespace plugins::naming {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
// Letters beyond ASCII have no case here: they fit every style.
bool is_other(char c) {
  return (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

bool follows(std::string_view name, Style style) {
  const bool underscores = style == Style::snake_case || style == Style::upper_snake_case;
  for (const char c : name) {
    const bool allowed = is_other(c) || (underscores && c == '_') ||
                         (style != Style::upper_snake_case && is_lower(c)) ||
                         (style != Style::snake_case && is_upper(c));
    if (!allowed) return false;
  }
  if (name.empty()) return true;
  if (style == Style::camel_case) return !is_upper(name[0]);
  return style != Style::pascal_case || !is_lower(name[0]);
}

std::string rewritten(std::string_view name, Style style) {
  std::string result;
  for (std::string word : words_of(name)) {
    const bool first = result.empty();
    for (std::size_t i = 0; i < word.size(); ++i) {
      const bool capital =
          style == Style::upper_snake_case ||
          (i == 0 && (style == Style::pascal_case || (style == Style::camel_case && !first)));
      if (capital && is_lower(word[i])) word[i] = static_cast<char>(word[i] - 'a' + 'A');
    }
    const bool underscores = style == Style::snake_case || style == Style::upper_snake_case;
    result += (underscores && !first ? "_" : "") + word;
  }
  return result;
}

const char* name_of(Style style) {
  switch (style) {
    case Style::camel_case:
      return "camelCase";
    case Style::pascal_case:
      return "PascalCase";
    case Style::upper_snake_case:
      return "UPPER_SNAKE_CASE";
    default:
      return "snake_case";
  }
}

}  // namespace

void TableCase::check(const confiture::Node& relation, confiture::Report& report) const {
  if (follows(relation.name(), style) || is_listed(relation, exclude)) return;
  const bool view = relation.kind() == confiture::NodeKind::view;
  const char* word = !view ? "table" : relation.is_materialized() ? "materialized view" : "view";
  const char* command = !view ? "TABLE" : relation.is_materialized() ? "MATERIALIZED VIEW" : "VIEW";
  const std::string better = quoted(rewritten(relation.name(), style));
  report
      .add(relation, text(word) + " " + text(relation.qualified_name()) + " is not named in " +
                         name_of(style))
      .hint("name it " + better)
      .suggestion(text("ALTER ") + command + " " + text(relation.qualified_name()) + " RENAME TO " +
                  better + ";");
}

}  // namespace plugins::naming
