// SPDX-License-Identifier: MIT
// Where the fields of COPY rows lie: one pass over the bytes that notes each tab and newline. In
// COPY's text format both are escaped inside values, so that each one found ends a field.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace host::sync {

// Rows of `columns` fields each. The bytes outlive it. [one thread]
class FieldScan {
 public:
  explicit FieldScan(std::size_t columns) : columns_(columns) {}

  // Finds the fields of whole rows, each with its newline, under 4 GiB together. False: the bytes
  // are not that many rows of that many columns.
  bool scan(std::string_view rows, std::size_t row_count);

  std::size_t row_count() const { return row_count_; }
  // Offsets of the field's first byte and of the tab or newline after its last.
  std::size_t begin_of(std::size_t row, std::size_t column) const {
    const std::size_t index = row * columns_ + column;
    return index == 0 ? 0 : ends_[index - 1] + std::size_t{1};
  }
  std::size_t end_of(std::size_t row, std::size_t column) const {
    return ends_[row * columns_ + column];
  }

 private:
  std::size_t columns_;
  std::size_t row_count_ = 0;
  std::vector<std::uint32_t> ends_;
};

}  // namespace host::sync
