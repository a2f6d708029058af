// SPDX-License-Identifier: MIT
#include "host/lint/changes.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "host/foundation/text.hpp"
#include "host/lint/git.hpp"

namespace host::lint {
namespace {

// The number at the front of a text, which loses it.
std::uint32_t take_number(std::string_view& text) {
  std::uint32_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return number;
}

}  // namespace

Changes Changes::since(const std::filesystem::path& root, const std::string& reference) {
  Changes changes(root);
  changes.read_diff(
      run_git(root, {"diff", "--no-color", "--no-ext-diff", "--no-prefix", "--relative",
                     "--unified=0", "--end-of-options", reference, "--", "."}));
  for (const std::string& file :
       split_text(run_git(root, {"ls-files", "--others", "--exclude-standard", "-z"}), '\0'))
    if (!file.empty()) changes.add_whole(file);
  for (const std::string& file : split_text(
           run_git(root, {"ls-tree", "-r", "-z", "--name-only", reference, "--", "."}), '\0'))
    changes.past_.insert(file);
  return changes;
}

Changes Changes::staged(const std::filesystem::path& root) {
  Changes changes(root);
  changes.read_diff(run_git(root, {"diff", "--cached", "--no-color", "--no-ext-diff", "--no-prefix",
                                   "--relative", "--unified=0", "--", "."}));
  return changes;
}

std::string Changes::staged_text(const std::string& file) const {
  return run_git(root_, {"show", ":./" + file});
}

void Changes::add_whole(const std::string& file) {
  files_[file] = {{1, std::numeric_limits<std::uint32_t>::max()}};
}

// "+++ FILE", then "@@ -1,2 +3,4 @@": four lines from the third on.
void Changes::read_diff(std::string_view diff) {
  std::vector<Lines>* lines = nullptr;
  for (const std::string& line : split_text(diff, '\n')) {
    if (line.starts_with("+++ ")) {
      const std::string_view name = trim(std::string_view(line).substr(4));
      lines = name == "/dev/null" ? nullptr : &files_[std::string(name)];
    } else if (line.starts_with("@@ ") && lines != nullptr) {
      std::string_view rest = line;
      rest.remove_prefix(std::min(rest.find('+') + 1, rest.size()));
      const std::uint32_t first = take_number(rest);
      std::uint32_t count = 1;
      if (rest.starts_with(',')) {
        rest.remove_prefix(1);
        count = take_number(rest);
      }
      if (count > 0) lines->push_back({first, first + count - 1});
    }
  }
}

bool Changes::touches(std::string_view file, std::uint32_t first, std::uint32_t last) const {
  const auto found = files_.find(file);
  if (found == files_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Lines& lines) {
    return lines.first <= last && lines.last >= first;
  });
}

void Changes::note(const sql::Script& script) {
  if (!has(script.source().name())) return;
  std::vector<Lines>& lines = statements_[script.source().name()];
  for (const sql::Statement& statement : script.statements())
    lines.push_back({statement.place.line, statement.end_place.line});
}

bool Changes::concern(const Finding& finding) const {
  const std::string file = finding.file();
  const bool whole = finding.source != nullptr && finding.offset == 0 &&
                     finding.end_offset == finding.source->text().size();
  if (finding.line == 0 || whole || !has(file)) return has(file);
  if (touches(file, finding.line, std::max(finding.line, finding.end_line))) return true;
  const auto found = statements_.find(file);
  if (found == statements_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Lines& statement) {
    return statement.first <= finding.line && finding.line <= statement.last &&
           touches(file, statement.first, statement.last);
  });
}

}  // namespace host::lint
