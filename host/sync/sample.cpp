// SPDX-License-Identifier: MIT
// The dry run's look at a few rows: the same plan and the same rewriting, into nothing.
#include <fmt/format.h>

#include "host/postgres/copy_stream.hpp"
#include "host/sync/copy_text.hpp"
#include "host/sync/sync.hpp"

namespace host::sync {
namespace {

// Returns the number of rows.
std::size_t read_rows(postgres::Connection& source, const TablePlan& table, std::size_t limit,
                      std::string& rows) {
  std::string columns;
  for (const Column& column : table.read)
    columns += (columns.empty() ? "" : ", ") + postgres::quote_identifier(column.name);
  postgres::CopyReader reader(
      source, fmt::format("COPY (SELECT {} FROM ONLY {} LIMIT {}) TO STDOUT", columns,
                          table.name.sql(), limit));
  std::size_t count = 0;
  while (const std::size_t more = reader.read(rows, rows.size() + 1)) count += more;
  return count;
}

std::optional<std::string> value_of(std::string_view field) {
  if (is_null_field(field)) return std::nullopt;
  std::string value(field.size(), '\0');
  value.resize(static_cast<std::size_t>(decode_field(field, value.data()) - value.data()));
  return value;
}

}  // namespace

std::vector<Sample> Sync::sample(std::size_t rows) {
  std::vector<Sample> samples;
  for (const TablePlan& table : plan_.tables) {
    if (table.masked.empty()) continue;
    RowRewriter rewriter(table, environment_.session);
    std::string read, rewritten;
    const std::size_t row_count = read_rows(environment_.source, table, rows, read);
    rewriter.rewrite(read, row_count, 0, rewritten);
    FieldScan scan(table.written);
    scan.scan(rewritten, row_count);
    for (const MaskedColumn& column : table.masked) {
      Sample sample{table.name, column.name, column.strategy->id, {}};
      for (std::size_t row = 0; row < scan.row_count(); ++row) {
        const std::size_t begin = scan.begin_of(row, column.field);
        sample.values.push_back(value_of(
            std::string_view(rewritten).substr(begin, scan.end_of(row, column.field) - begin)));
      }
      samples.push_back(std::move(sample));
    }
  }
  return samples;
}

}  // namespace host::sync
