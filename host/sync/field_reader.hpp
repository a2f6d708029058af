// SPDX-License-Identifier: MIT
// The values that a query gives, read by COPY: the quickest way to look at all of a large table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "host/foundation/cancellation.hpp"
#include "host/foundation/errors.hpp"
#include "host/postgres/copy_stream.hpp"
#include "host/sync/copy_text.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/field_scan.hpp"

namespace host::sync {

// Calls visit(column, value) for each value of the rows that is not NULL. Returns how many rows.
template <typename Visit>
std::uint64_t read_fields(postgres::Connection& connection, const std::string& query,
                          std::size_t columns, const Cancellation& cancellation,
                          const Visit& visit) {
  constexpr std::size_t chunk_bytes = 256 * 1024;
  postgres::CopyReader reader(connection, "COPY (" + query + ") TO STDOUT");
  FieldScan scan(columns);
  std::uint64_t count = 0;
  std::string rows, value;
  while (const std::size_t read = reader.read(rows, chunk_bytes)) {
    cancellation.check();
    if (!scan.scan(rows, read))
      throw Error(errors::bad_stream, "the server sent rows of another shape than asked for");
    const std::string_view all = rows;
    const bool escaped = all.find('\\') != std::string_view::npos;
    for (std::size_t row = 0; row < read; ++row)
      for (std::size_t column = 0; column < columns; ++column) {
        const std::size_t begin = scan.begin_of(row, column);
        const std::string_view field = all.substr(begin, scan.end_of(row, column) - begin);
        if (!escaped || field.find('\\') == std::string_view::npos) {
          visit(column, field);
        } else if (!is_null_field(field)) {
          value.resize(field.size());
          value.resize(static_cast<std::size_t>(decode_field(field, value.data()) - value.data()));
          visit(column, std::string_view(value));
        }
      }
    count += read;
    rows.clear();
  }
  return count;
}

}  // namespace host::sync
