// SPDX-License-Identifier: MIT
// confiture/batch.hpp - the rows that a strategy rewrites: all at once, or one after the other.
#pragma once

#include <confiture/strategy.h>
#include <confiture/call.hpp>
#include <confiture/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace confiture {

// Rows of text in PostgreSQL's text format; nullopt is NULL. Columns [0, target_count()) are to
// be rewritten, the others are context. An output that is not set stays what the input is. Texts
// that are set must live in keep() or allocate() memory, in the input, or for ever.
class Batch : public Call {
 public:
  Batch(const confiture_host& host, confiture_call* call, const confiture_batch& batch) noexcept
      : Call(host, call), batch_(batch) {}

  std::size_t row_count() const noexcept { return batch_.row_count; }
  std::size_t target_count() const noexcept { return batch_.target_count; }
  std::size_t column_count() const noexcept { return batch_.column_count; }
  // Ordinal of row 0 in the table's stream.
  std::uint64_t first_row() const noexcept { return batch_.first_row; }

  std::optional<std::string_view> value(std::size_t column, std::size_t row) const noexcept {
    return to_optional(batch_.columns[column][row]);
  }
  void set(std::size_t target, std::size_t row, std::string_view text) const noexcept {
    batch_.out[target][row] = to_str(text);
  }
  void set_null(std::size_t target, std::size_t row) const noexcept {
    batch_.out[target][row] = no_value();
  }

 private:
  const confiture_batch& batch_;
};

// One row of a batch, with what every Call can: keep(), allocate(), stop_if_cancelled(), cache().
class Row : public Batch {
 public:
  using Batch::Batch;

  // A column of the same row, as it was before any strategy touched it; NULL if `column` is
  // empty.
  std::optional<std::string_view> operator[](const Column& column) const noexcept {
    return column ? value(column.index) : std::nullopt;
  }
  std::optional<std::string_view> value(std::size_t column) const noexcept {
    return column < column_count() ? Batch::value(column, row_) : std::nullopt;
  }
  // The column that is being rewritten, for strategies of several.
  std::size_t target() const noexcept { return target_; }
  // Ordinal of the row in the table's stream.
  std::uint64_t ordinal() const noexcept { return first_row() + row_; }

  void move_to(std::size_t target, std::size_t row) noexcept {
    target_ = target;
    row_ = row;
  }

 private:
  std::size_t target_ = 0, row_ = 0;
};

// The columns of all batches to come, for bind(): name(), type_name(), type_oid(), is_nullable(),
// max_length(). Targets come first.
class BatchColumns {
 public:
  BatchColumns(const confiture_schema_v1* schema, const confiture_node* const* columns,
               std::size_t target_count, std::size_t column_count) noexcept
      : schema_(schema), columns_(columns), targets_(target_count), count_(column_count) {}

  std::size_t target_count() const noexcept { return targets_; }
  std::size_t size() const noexcept { return count_; }
  // An empty node past the end.
  Node operator[](std::size_t column) const noexcept {
    return column < count_ ? Node(schema_, columns_[column]) : Node();
  }

 private:
  const confiture_schema_v1* schema_;
  const confiture_node* const* columns_;
  std::size_t targets_, count_;
};

}  // namespace confiture
#pragma GCC visibility pop
