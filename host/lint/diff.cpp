// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/lint/fixes.hpp"

namespace host::lint {
namespace {

using Lines = std::vector<std::string>;

struct Step {
  char mark;  // ' ', '-' or '+'
  std::string line;
};

// What both begin and end with is the same; what is between is compared line by line.
std::vector<Step> steps(const Lines& before, const Lines& after) {
  std::size_t head = 0;
  while (head < before.size() && head < after.size() && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail + head < before.size() && tail + head < after.size() &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  const std::size_t rows = before.size() - head - tail, columns = after.size() - head - tail;
  std::vector<Step> result;
  for (std::size_t i = 0; i < head; ++i) result.push_back({' ', before[i]});
  constexpr std::size_t most_cells = 4'000'000;
  std::vector<std::vector<std::uint32_t>> longest;
  const bool compare = rows * columns <= most_cells;
  if (compare) {
    longest.assign(rows + 1, std::vector<std::uint32_t>(columns + 1));
    for (std::size_t i = rows; i-- > 0;)
      for (std::size_t j = columns; j-- > 0;)
        longest[i][j] = before[head + i] == after[head + j]
                            ? longest[i + 1][j + 1] + 1
                            : std::max(longest[i + 1][j], longest[i][j + 1]);
  }
  std::size_t i = 0, j = 0;
  while (i < rows || j < columns) {
    if (compare && i < rows && j < columns && before[head + i] == after[head + j]) {
      result.push_back({' ', before[head + i]});
      ++i, ++j;
    } else if (i < rows && (!compare || j == columns || longest[i + 1][j] >= longest[i][j + 1])) {
      result.push_back({'-', before[head + i++]});
    } else {
      result.push_back({'+', after[head + j++]});
    }
  }
  for (std::size_t k = 0; k < tail; ++k) result.push_back({' ', before[before.size() - tail + k]});
  return result;
}

}  // namespace

std::string unified_diff(const std::string& name, const std::string& before,
                         const std::string& after) {
  if (before == after) return {};
  constexpr std::size_t context = 3;
  Lines old_lines = split_text(before, '\n'), new_lines = split_text(after, '\n');
  if (!old_lines.empty() && old_lines.back().empty()) old_lines.pop_back();
  if (!new_lines.empty() && new_lines.back().empty()) new_lines.pop_back();
  const std::vector<Step> all = steps(old_lines, new_lines);
  std::vector<bool> shown(all.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].mark != ' ')
      for (std::size_t k = i < context ? 0 : i - context; k < std::min(all.size(), i + context + 1);
           ++k)
        shown[k] = true;
  std::string text = fmt::format("--- {0}\n+++ {0}\n", name);
  std::size_t old_line = 1, new_line = 1;
  for (std::size_t i = 0; i < all.size();) {
    if (!shown[i]) {
      ++old_line, ++new_line, ++i;
      continue;
    }
    std::string hunk;
    std::size_t olds = 0, news = 0;
    for (; i < all.size() && shown[i]; ++i) {
      hunk += all[i].mark + all[i].line + "\n";
      olds += all[i].mark != '+' ? 1 : 0;
      news += all[i].mark != '-' ? 1 : 0;
    }
    text += fmt::format("@@ -{},{} +{},{} @@\n{}", olds == 0 ? old_line - 1 : old_line, olds,
                        news == 0 ? new_line - 1 : new_line, news, hunk);
    old_line += olds;
    new_line += news;
  }
  return text;
}

}  // namespace host::lint
