// SPDX-License-Identifier: MIT
// A plugin's strategy at work on one column: created and bound to the columns that it sees.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/extensions/instance.hpp"
#include "host/sql/node.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

// Belongs to one worker. Made and destroyed on the main thread; apply() runs on the worker's.
class Mask {
 public:
  // Throws what the strategy has against its parameters or its columns, at the rule's place. The
  // plan and the session outlive it.
  Mask(const TablePlan& table, const MaskedColumn& column, extensions::Session& session);
  Mask(const Mask&) = delete;
  Mask& operator=(const Mask&) = delete;

  const MaskedColumn& column() const { return column_; }

  // Rewrites `row_count` rows: `columns` holds the column and its context as decoded values, `out`
  // begins as a copy of columns[0] and ends as the results, which live until the next apply().
  // A failure names the table, the column and the row, which counts from 1.
  void apply(std::uint64_t first_row, std::size_t row_count,
             const std::vector<const confiture_str*>& columns, confiture_str* out);

  // "row 50000 of column 'email' of table public.customer"
  std::string object_of(std::uint64_t row) const;

 private:
  void run(std::uint64_t first_row, std::size_t row_count,
           const std::vector<const confiture_str*>& columns, confiture_str* out);
  [[noreturn]] void blame_row(const Error& error, std::uint64_t first_row, std::size_t row_count,
                              const std::vector<const confiture_str*>& columns, confiture_str* out);

  const TablePlan& table_;
  const MaskedColumn& column_;
  sql::Arena nodes_;
  std::unique_ptr<extensions::Instance> instance_;
  std::unique_ptr<extensions::StrategyCalls> calls_;
};

}  // namespace host::sync
