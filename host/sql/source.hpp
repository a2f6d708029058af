// SPDX-License-Identifier: MIT
// A text of SQL with its name, and from a byte offset to the line and column that people count.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/foundation/error.hpp"

namespace host::sql {

// A part of a text that was put there instead of another.
struct Replacement {
  std::uint64_t offset = 0, end_offset = 0;                    // in the new text
  std::uint64_t original_offset = 0, original_end_offset = 0;  // of what stood there
};

struct LineColumn {
  std::uint32_t line = 0, column = 0;  // from 1
};

class Source {
 public:
  // `name` is the path shown in messages. A byte-order mark at the start is dropped from the text
  // (offsets count from after it).
  Source(std::string name, std::string text);
  // A text made of another by replacements, in order. Its lines and places are the original's:
  // those of the file that a person has.
  Source(Source original, std::string text, std::vector<Replacement> replacements);

  // The same with those parts of the text blank.
  Source with_blanks(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& parts) const;

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }
  // Columns count characters. An offset past the end is the end. Takes the time of a binary search,
  // however long the line is.
  Place place(std::uint64_t offset) const;
  LineColumn line_column(std::uint64_t offset) const;
  // Of a line and a column, in characters, that the server counted from `offset` of the text on.
  Place place(std::uint64_t offset, std::uint32_t line, std::uint32_t column) const;
  // Without its newline, and without the carriage return before it; empty past the last line.
  std::string_view line(std::uint32_t number) const;

 private:
  std::uint64_t continuation_bytes(std::uint64_t offset) const;

  std::shared_ptr<const Source> original_;  // null: this is what stands in the file
  std::vector<Replacement> replacements_;
  std::string name_, text_;
  std::vector<std::uint64_t> line_starts_;
  // Continuation bytes of UTF-8 before each block of the text; empty where the text is ASCII.
  std::vector<std::uint64_t> continuation_counts_;
};

}  // namespace host::sql
