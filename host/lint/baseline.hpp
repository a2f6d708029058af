// SPDX-License-Identifier: MIT
// Findings that a team has accepted as they were, in a file: matched by what they say and by the
// text that they stand on, not by their line, so that code above them may change.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "host/lint/finding.hpp"

namespace host::lint {

// What stays the same of a finding when its file grows: file, rule, object, message, the source
// line without its blanks. 16 hexadecimal digits.
std::string fingerprint(const Finding& finding);

class Baseline {
 public:
  struct Entry {
    std::string file, rule, message, fingerprint;
  };
  // Which findings are still to be accepted; of a baseline that outlives it.
  class Count {
   public:
    explicit Count(const std::vector<Entry>& entries);
    bool take(const Finding& finding);
    // Those that were not taken, though their rule ran on their file: what they accepted is gone.
    std::size_t gone(const std::function<bool(const Entry&)>& judged) const;

   private:
    std::unordered_map<std::string, std::vector<const Entry*>> left_;
  };

  Baseline() = default;
  explicit Baseline(const std::vector<Finding>& findings);
  // Throws lint.bad_baseline for what is none, and file.not_found.
  static Baseline read(const std::filesystem::path& file, const std::string& shown_as);
  std::string text() const;  // the file's, the same for the same findings

  Count count() const { return Count(entries_); }
  std::size_t size() const { return entries_.size(); }

 private:
  std::vector<Entry> entries_;
};

}  // namespace host::lint
