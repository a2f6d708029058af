// SPDX-License-Identifier: MIT
// Findings that a team has accepted as they were, in a file: matched by what they say and by the
// text that they stand on, not by their line, so that code above them may change.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "host/lint/finding.hpp"

namespace host::lint {

// What stays the same of a finding when its file grows: file, rule, object, message, the source
// line without its blanks. 16 hexadecimal digits.
std::string fingerprint(const Finding& finding);

class Baseline {
 public:
  // How many findings of each fingerprint are still to be accepted.
  class Count {
   public:
    explicit Count(std::map<std::string, std::size_t> left) : left_(std::move(left)) {}
    bool take(const Finding& finding);

   private:
    std::map<std::string, std::size_t> left_;
  };

  Baseline() = default;
  explicit Baseline(const std::vector<Finding>& findings);
  // Throws lint.bad_baseline for what is none, and file.not_found.
  static Baseline read(const std::filesystem::path& file, const std::string& shown_as);
  std::string text() const;  // the file's, the same for the same findings

  Count count() const;
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string file, rule, message, fingerprint;
  };
  std::vector<Entry> entries_;
};

}  // namespace host::lint
