// SPDX-License-Identifier: MIT
// The worker's part of the pipeline: takes whole rows of a COPY, cuts out the columns that are to
// be replaced, lets the strategies replace them, and puts the rows together again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/sync/domains.hpp"
#include "host/sync/row_codec.hpp"
#include "host/sync/step.hpp"

namespace host::sync {

// What has become of the values of a masked column, NULL left out.
struct MaskCounts {
  std::uint64_t values = 0;
  std::uint64_t unchanged = 0;  // came back as they were
};

// Hears every value that is replaced and what it has become, for the search of the target.
// [the workers' threads]
class ValueSink {
 public:
  virtual ~ValueSink() = default;
  virtual void add(const MaskedColumn& column, const Values& before, const Values& after) = 0;
};

// Made and destroyed on the main thread, used by one worker.
class RowRewriter {
 public:
  // The plan and the domains outlive it; so do the sink and the pages to be read, which may be
  // null.
  RowRewriter(const TablePlan& table, Domains& domains, ValueSink* sink = nullptr,
              const PageRange* pages = nullptr);

  // Replaces `out` with the `row_count` rewritten rows; `first_row` counts from 0. Throws what a
  // strategy throws, and refuses results that the column cannot hold.
  void rewrite(std::string_view rows, std::size_t row_count, std::uint64_t first_row,
               std::string& out);

  // By mask of the plan, so far.
  const std::vector<MaskCounts>& counts() const { return counts_; }

 private:
  void apply(std::size_t mask, std::uint64_t first_row);
  void check(std::size_t mask, std::uint64_t first_row);

  const TablePlan& table_;
  ValueSink* const sink_;
  const PageRange* const pages_;
  std::unique_ptr<RowCodec> codec_;
  std::vector<std::unique_ptr<Step>> steps_;  // by mask
  std::vector<Values> out_;                   // by mask
  std::vector<MaskCounts> counts_;
  std::vector<Replacement> replacements_;              // of out_, in the order of their fields
  std::vector<std::size_t> fields_;                    // those to decode
  std::vector<Values> decoded_;                        // by field; empty for those that are not
  std::vector<const confiture_str*> read_, replaced_;  // by field
};

}  // namespace host::sync
