// SPDX-License-Identifier: MIT
// A file that holds both ways, cut where its marker lines stand: dbmate's and goose's files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/migrations/layout.hpp"

namespace host::migrations {

// A line that begins with the comment "-- MARK..." of a tool.
struct Marker {
  std::uint64_t offset = 0;      // of the line
  std::uint64_t end_offset = 0;  // behind its newline
  Place place;
  std::string_view words;  // what follows MARK, trimmed: "up transaction:false"
};
// `text` outlives them.
std::vector<Marker> find_markers(std::string_view text, std::string_view mark,
                                 const std::string& shown_as);
// Whether there is one whose first word it is; case does not matter.
bool has_marker(std::string_view text, std::string_view mark, std::string_view word);
// The words between blanks.
std::vector<std::string> split_words(std::string_view text);

// The file with all outside [begin, end) blank but its newlines, hashed from `begin` to `end`.
File load_section(const Entry& entry, const std::string& text, std::uint64_t begin,
                  std::uint64_t end, config::Layout layout);

// Throws migration.bad_section for the first line before `end` that is neither blank nor a comment.
void refuse_sql_before(std::string_view text, std::uint64_t end, const std::string& shown_as,
                       std::string_view marker);

}  // namespace host::migrations
