// SPDX-License-Identifier: MIT
// A text of SQL with its name, and from a byte offset to the line and column that people count.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/foundation/error.hpp"

namespace host::sql {

class Source {
 public:
  // `name` is the path shown in messages. A byte-order mark at the start is dropped from the text
  // (offsets count from after it).
  Source(std::string name, std::string text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  // Columns count characters. An offset past the end is the end. Takes the time of a binary search,
  // however long the line is.
  Place place(std::uint64_t offset) const;
  // Without its newline, and without the carriage return before it; empty past the last line.
  std::string_view line(std::uint32_t number) const;

 private:
  std::uint64_t continuation_bytes(std::uint64_t offset) const;

  std::string name_, text_;
  std::vector<std::uint64_t> line_starts_;
  // Continuation bytes of UTF-8 before each block of the text; empty where the text is ASCII.
  std::vector<std::uint64_t> continuation_counts_;
};

}  // namespace host::sql
