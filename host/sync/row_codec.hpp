// SPDX-License-Identifier: MIT
// The rows of a COPY in one of its formats, taken apart for the columns that are replaced and put
// together again. All other bytes are copied as they are.
#pragma once

#include <confiture/abi.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace host::sync {

// Values of one column by row; no data is SQL NULL.
using Values = std::vector<confiture_str>;

// What a field of every row becomes.
struct Replacement {
  std::size_t field = 0;
  const Values* values = nullptr;
};

// [one thread]
class RowCodec {
 public:
  RowCodec() = default;
  RowCodec(const RowCodec&) = delete;
  RowCodec& operator=(const RowCodec&) = delete;
  virtual ~RowCodec() = default;

  // Finds the fields of `message_count` whole rows as the server sent them, under 4 GiB together.
  // The bytes must live until the last use of what was found. False: they are not that many rows of
  // that many columns. `first`: the stream begins with them.
  virtual bool scan(std::string_view rows, std::size_t message_count, bool first) = 0;
  virtual std::size_t row_count() const = 0;
  // A field's values. They live until the field is decoded again, and no longer than the rows.
  virtual void decode(std::size_t field, Values& values) = 0;
  // Replaces `out` by the rows with other values in these fields, which come in their order and are
  // all written.
  virtual void assemble(const std::vector<Replacement>& replacements, std::string& out) const = 0;
};

// `columns` fields are read, the first `written` of them are written.
std::unique_ptr<RowCodec> make_text_codec(std::size_t columns, std::size_t written);
// The binary format, for fields whose bytes are their text: those of texts.
std::unique_ptr<RowCodec> make_binary_codec(std::size_t columns, std::size_t written);

}  // namespace host::sync
