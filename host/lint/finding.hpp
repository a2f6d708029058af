// SPDX-License-Identifier: MIT
// What a rule found, as every report shows it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/sql/source.hpp"

namespace host::lint {

// The values of confiture/rule.h.
enum class Severity : std::int32_t { off = 0, info = 1, warning = 2, error = 3, critical = 4 };
enum class Risk : std::int32_t { none = 0, low = 1, medium = 2, high = 3, critical = 4 };

std::string_view to_string(Severity severity);  // "warning"
std::string_view to_string(Risk risk);          // "high"
// Of info, warning, error and critical; nothing for any other word.
std::optional<Severity> parse_severity(std::string_view word);

// The values of confiture/rule.h.
enum class FixKind : std::uint32_t { none = 0, safe = 1, unsafe = 2 };

// Replaces bytes [offset, end_offset) of the source.
struct Edit {
  std::uint64_t offset = 0, end_offset = 0;
  std::string text;
};

struct Finding {
  std::string rule, category;
  Severity severity = Severity::warning;
  Risk risk = Risk::none;
  // The source keeps the line that is shown; null where the finding has no place.
  std::shared_ptr<const sql::Source> source;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;  // 0: no place
  std::uint64_t offset = 0, end_offset = 0;                          // in the source
  std::string object;  // public.customer, as SQL writes it; may be empty
  std::string message;
  std::string hint, suggestion;  // may be empty
  std::vector<Edit> edits;       // its fix, if it has one
  FixKind fix = FixKind::none;
  bool by_path = false;  // counts only where the configuration names the file
  std::string accepted;  // why it does not count: a suppression's reason, "baseline"

  const std::string& file() const;  // empty: it has no place
};

struct Report {
  std::vector<Finding> findings;  // by file, line, column, rule
  std::vector<Finding> accepted;  // by a suppression or the baseline; the same order
  std::vector<std::string> file_names;
  bool of_database = false;  // and each file is one object of it
  std::size_t files = 0, statements = 0;
  std::size_t unjudged = 0;       // statements that could not be parsed
  std::size_t opaque = 0;         // EXECUTE of a text that is made at run time, in DO blocks
  std::size_t baseline_gone = 0;  // entries of the baseline for which there was no finding
  std::size_t count(Severity severity) const;
};

// Gives it a place in its source.
void place_finding(Finding& finding, std::uint64_t offset, std::uint64_t end_offset);

void sort_findings(std::vector<Finding>& findings);

}  // namespace host::lint
