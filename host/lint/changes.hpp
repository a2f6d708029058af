// SPDX-License-Identifier: MIT
// Which lines of which files changed, by git: so that only findings in what is new are reported,
// while all else is still read to judge it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "host/lint/finding.hpp"
#include "host/sql/statement.hpp"

namespace host::lint {

class Changes {
 public:
  // `root` is the folder that the files' names are relative to. Files that git does not know count
  // as new. Throws lint.git_failed.
  static Changes since(const std::filesystem::path& root, const std::string& reference);
  static Changes staged(const std::filesystem::path& root);

  // What the index holds of a file that was staged.
  std::string staged_text(const std::string& file) const;
  bool has(const std::string& file) const { return files_.contains(file); }
  std::vector<std::string> files() const;  // those that changed and are there
  // Whether the commit or branch of since() has the file: its migrations count as applied. What is
  // staged against the last commit tells nothing of that.
  bool was_there(const std::string& file) const { return past_.contains(file); }
  bool touches(std::string_view file, std::uint32_t first, std::uint32_t last) const;

  // Notes where the statements of a file stand: a finding counts if its statement changed.
  void note(const sql::Script& script);
  bool concern(const Finding& finding) const;

 private:
  struct Lines {
    std::uint32_t first = 0, last = 0;
  };
  explicit Changes(std::filesystem::path root) : root_(std::move(root)) {}
  void read_diff(std::string_view diff);
  void add_whole(const std::string& file);

  std::filesystem::path root_;
  std::map<std::string, std::vector<Lines>, std::less<>> files_;
  std::set<std::string> past_;
  std::map<std::string, std::vector<Lines>> statements_;
};

}  // namespace host::lint
