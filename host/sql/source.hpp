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
  // Columns count characters.
  Place place(std::uint64_t offset) const;
  std::string_view line(std::uint32_t number) const;  // without its newline

 private:
  std::string name_, text_;
  std::vector<std::uint64_t> line_starts_;
};

}  // namespace host::sql
