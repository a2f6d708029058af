// SPDX-License-Identifier: MIT
// What is left of the findings: each path has its own severities, comments in the SQL accept some,
// the baseline accepts old ones.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/linting.hpp"
#include "host/lint/baseline.hpp"
#include "host/lint/finding.hpp"
#include "host/lint/suppression.hpp"

namespace host::lint {

struct RuleInfo;

class Acceptance {
 public:
  // `today` is "2026-11-23"; the configuration and the rules outlive this.
  Acceptance(const config::Linting& configuration, const std::vector<RuleInfo>& rules,
             std::string today)
      : configuration_(configuration), rules_(rules), today_(std::move(today)) {}

  // Reads the comments of a file.
  void note(const sql::Script& script);
  // Moves what is accepted to `report.accepted`, and adds what is wrong with the comments.
  void settle(Report& report, const Baseline& baseline);
  void forget() { files_.clear(); }

 private:
  struct File {
    std::shared_ptr<const sql::Source> source;
    Suppressions suppressions;
  };

  bool severity_of_path(Finding& finding) const;  // false: off there
  Suppression* suppressing(const Finding& finding, Suppression::Rule*& rule);
  bool runs(std::string_view word) const;
  void complain(Report& report, const File& file, std::string_view rule, std::string message,
                std::string hint, std::uint64_t offset, std::uint64_t end,
                std::vector<Edit> edits = {}) const;
  void check_comments(Report& report, File& file) const;

  const config::Linting configuration_;
  const std::vector<RuleInfo>& rules_;
  std::string today_;
  std::map<std::string, File> files_;  // those that have such comments, by name
};

}  // namespace host::lint
