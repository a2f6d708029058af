// SPDX-License-Identifier: MIT
#include "plugins/common/columns.hpp"

#include <string>

namespace plugins::common {

bool is_one_of(std::string_view type, Types types) {
  for (const char* name : types)
    if (type == name) return true;
  return false;
}

void require_types(const confiture::BatchColumns& columns, std::string_view strategy, Types types) {
  for (std::size_t index = 0; index < columns.target_count(); ++index) {
    const confiture::Node column = columns[index];
    if (is_one_of(column.type_name(), types)) continue;
    std::string known;
    for (const char* name : types) known += (known.empty() ? "" : ", ") + std::string(name);
    throw confiture::Unsupported(
        std::string(strategy) + " cannot rewrite column '" + std::string(column.name()) +
            "' of type '" + std::string(column.type_name()) + "'",
        "it takes " + known + "; give the column a strategy that suits its type");
  }
}

std::size_t shortest_limit(const confiture::BatchColumns& columns) {
  std::size_t limit = 0;
  for (std::size_t index = 0; index < columns.target_count(); ++index) {
    const auto length = static_cast<std::size_t>(columns[index].max_length());
    if (length > 0 && (limit == 0 || length < limit)) limit = length;
  }
  return limit;
}

}  // namespace plugins::common
