// SPDX-License-Identifier: MIT
// The worker's part of the pipeline: takes whole rows of COPY text, cuts out the columns that are
// to be replaced, and puts them together again. All other bytes are copied as they are.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/sync/field_scan.hpp"
#include "host/sync/mask.hpp"

namespace host::sync {

// Made and destroyed on the main thread, used by one worker.
class RowRewriter {
 public:
  // The plan and the session outlive it.
  RowRewriter(const TablePlan& table, extensions::Session& session);

  // Replaces `out` with the `row_count` rewritten rows; `first_row` counts from 0. Throws what a
  // strategy throws, and refuses results that the column cannot hold.
  void rewrite(std::string_view rows, std::size_t row_count, std::uint64_t first_row,
               std::string& out);

  std::size_t mask_count() const { return masks_.size(); }
  const MaskedColumn& column(std::size_t mask) const { return masks_[mask].mask->column(); }
  // Values, NULL left out, that came back as they were: so far, of one masked column.
  std::uint64_t unchanged(std::size_t mask) const { return masks_[mask].unchanged; }

 private:
  struct Column {  // one value a row
    std::vector<confiture_str> values;
  };
  struct Entry {
    std::unique_ptr<Mask> mask;
    std::vector<confiture_str> out;
    std::uint64_t unchanged = 0;
  };
  void decode(std::string_view rows, std::size_t field);
  void apply(Entry& entry, std::uint64_t first_row);
  void check(Entry& entry, std::uint64_t first_row);
  void assemble(std::string_view rows, std::string& out) const;

  const TablePlan& table_;
  FieldScan scan_;
  std::vector<Entry> masks_;              // in the order of their fields
  std::vector<std::size_t> fields_;       // those to decode
  std::vector<Column> decoded_;           // by field; empty for those that are not
  std::vector<std::vector<char>> texts_;  // by field: what escapes were decoded into
};

}  // namespace host::sync
