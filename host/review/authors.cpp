// SPDX-License-Identifier: MIT
#include "host/review/authors.hpp"

#include <set>

#include "host/foundation/text.hpp"
#include "host/lint/git.hpp"

namespace host::review {
namespace {

namespace fs = std::filesystem;

bool in_repository(fs::path folder) {
  for (std::error_code none;; folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", none)) return true;
    if (folder == folder.parent_path()) return false;
  }
}

void add_lines(std::set<std::string>& authors, const std::string& text) {
  for (const std::string& line : split_text(text, '\n'))
    if (const std::string_view author = trim(line); !author.empty()) authors.emplace(author);
}

}  // namespace

std::vector<std::string> authors_of(const migrations::Plan& plan, const fs::path& project) {
  std::set<std::string> authors;
  std::vector<std::string> files;
  for (const migrations::Step& step : plan.steps) {
    if (!step.header.author.empty()) authors.insert(step.header.author);
    const migrations::Migration& migration = *step.migration;
    files.push_back(migration.up.shown_as);
    if (migration.down) files.push_back(migration.down->shown_as);
    if (migration.verify) files.push_back(migration.verify->shown_as);
  }
  if (in_repository(project)) {
    for (const std::string& file : files) {
      add_lines(
          authors,
          lint::run_git(project, {"log", "--all", "--follow",
                                  "--format=%ae%n%ce%n%(trailers:key=Co-authored-by,valueonly)",
                                  "--", file}));
      if (!lint::run_git(project, {"status", "--porcelain", "--", file}).empty())
        add_lines(authors, lint::run_git(project, {"config", "--default", "", "user.email"}));
    }
  }
  return {authors.begin(), authors.end()};
}

}  // namespace host::review
