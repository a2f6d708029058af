// SPDX-License-Identifier: MIT
#include "host/lint/changes.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>
#include <utility>

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

// A file's name as "+++ " has it: in quotes where it holds a quote, a tab, ...
std::string name_of(std::string_view written) {
  if (!written.starts_with('"') || written.size() < 2) return std::string(written);
  std::string name;
  written = written.substr(1, written.rfind('"') - 1);
  while (!written.empty()) {
    const char c = written[0];
    written.remove_prefix(1);
    if (c != '\\' || written.empty()) {
      name += c;
      continue;
    }
    constexpr std::string_view letters = "abtnvfr", meant = "\a\b\t\n\v\f\r";
    if (const auto at = letters.find(written[0]); at != std::string_view::npos) {
      name += meant[at];
      written.remove_prefix(1);
      continue;
    }
    unsigned octal = 0;
    const auto [rest, failed] = std::from_chars(
        written.data(), written.data() + std::min<std::size_t>(written.size(), 3), octal, 8);
    name += failed == std::errc() ? static_cast<char>(octal) : written[0];
    written.remove_prefix(failed == std::errc() ? static_cast<std::size_t>(rest - written.data())
                                                : 1);
  }
  return name;
}

// Where git finds no repository, it says so; git diff speaks of comparing two files.
void require_repository(const std::filesystem::path& root) {
  run_git(root, {"rev-parse", "--git-dir"});
}

}  // namespace

Changes Changes::since(const std::filesystem::path& root, const std::string& reference) {
  require_repository(root);
  Changes changes(root);
  changes.read_diff(run_git(
      root, {"diff", "--no-color", "--no-ext-diff", "--no-prefix", "--relative", "--unified=0",
             "--inter-hunk-context=0", "--end-of-options", reference, "--", "."}));
  for (const std::string& file :
       split_text(run_git(root, {"ls-files", "--others", "--exclude-standard", "-z"}), '\0'))
    if (!file.empty()) changes.add_whole(file);
  for (const std::string& file : split_text(
           run_git(root, {"ls-tree", "-r", "-z", "--name-only", reference, "--", "."}), '\0'))
    changes.past_.insert(file);
  return changes;
}

Changes Changes::staged(const std::filesystem::path& root) {
  require_repository(root);
  Changes changes(root);
  changes.read_diff(
      run_git(root, {"diff", "--cached", "--no-color", "--no-ext-diff", "--no-prefix", "--relative",
                     "--unified=0", "--inter-hunk-context=0", "--", "."}));
  return changes;
}

std::string Changes::staged_text(const std::string& file) const {
  return run_git(root_, {"show", ":./" + file});
}

std::vector<std::string> Changes::files() const {
  std::vector<std::string> names;
  for (const auto& [name, ignored] : files_) names.push_back(name);
  return names;
}

void Changes::add_whole(const std::string& file) {
  files_[file] = {{1, std::numeric_limits<std::uint32_t>::max()}};
}

// "+++ FILE", then "@@ -1,2 +3,4 @@": two lines taken out, four put in from the third on. They
// follow, and may begin with anything.
void Changes::read_diff(std::string_view diff) {
  std::vector<Lines>* lines = nullptr;
  std::uint64_t body = 0;
  const auto range = [](std::string_view& rest, char mark) {
    rest.remove_prefix(std::min(rest.find(mark) + 1, rest.size()));
    const std::uint32_t first = take_number(rest);
    std::uint32_t count = 1;
    if (rest.starts_with(',')) {
      rest.remove_prefix(1);
      count = take_number(rest);
    }
    return std::pair(first, count);
  };
  for (const std::string& line : split_text(diff, '\n')) {
    if (body > 0 && (line.starts_with('+') || line.starts_with('-'))) {
      --body;
    } else if (line.starts_with("diff ")) {
      body = 0;
    } else if (line.starts_with("+++ ")) {
      std::string_view name = std::string_view(line).substr(4);
      if (name.ends_with('\t')) name.remove_suffix(1);  // after one with a blank in it
      lines = name == "/dev/null" ? nullptr : &files_[name_of(name)];
    } else if (line.starts_with("@@ ")) {
      std::string_view rest = line;
      const std::uint32_t taken_out = range(rest, '-').second;
      const auto [first, count] = range(rest, '+');
      body = std::uint64_t{taken_out} + count;
      if (lines != nullptr && count > 0) lines->push_back({first, first + count - 1});
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
