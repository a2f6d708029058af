// SPDX-License-Identifier: MIT
// A strategy at work: what the worker runs for each part of a Strategy, a chunk of rows at a time.
#pragma once

#include <confiture/abi.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "host/extensions/instance.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/row_codec.hpp"

namespace host::sync {

// Which rows of a chunk a step is given, and what it may see of them.
struct Rows {
  std::uint64_t first_row = 0;  // the chunk's, in the table's stream
  // By field of TablePlan::read, for all rows of the chunk: as they were read, and what replaced
  // columns have become; null where nobody asked.
  const std::vector<const confiture_str*>* read = nullptr;
  const std::vector<const confiture_str*>* replaced = nullptr;
  const std::uint32_t* numbers = nullptr;  // of the rows within the chunk; null: all, in order
  std::size_t count = 0;

  std::size_t at(std::size_t i) const { return numbers == nullptr ? i : numbers[i]; }
};

// Belongs to one worker. Made and destroyed on the main thread.
class Step {
 public:
  Step() = default;
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  virtual ~Step() = default;
  // values[i], the value in row rows.at(i), becomes its replacement, which lives until the next
  // apply(). Throws an Error that names the table, the column and the row.
  virtual void apply(const Rows& rows, confiture_str* values) = 0;
};

// Which column a step works on.
struct StepPlace {
  const TablePlan& table;
  const MaskedColumn& column;
  const PageRange* pages = nullptr;  // among whose rows one is counted; null: the table's
  // "row 50000 of column 'email' of table public.customer"; rows count from 1.
  std::string object_of(std::uint64_t row) const;
};

// `target` is the column, or an element or a field of it. The strategy and the place's references
// and the session outlive the step. Throws what the strategy has against its parameters or columns,
// at its place.
std::unique_ptr<Step> make_step(const Strategy& strategy, const Column& target,
                                const StepPlace& place, extensions::Session& session);

// A plugin's strategy, for a value that is no array.
std::unique_ptr<Step> make_plugin_step(const Strategy& strategy, const Column& target,
                                       const StepPlace& place, extensions::Session& session);

}  // namespace host::sync
