// SPDX-License-Identifier: MIT
// The dry run's look at a few rows: the same plan and the same rewriting, into nothing.
#include "host/sync/copy_text.hpp"
#include "host/sync/field_scan.hpp"
#include "host/sync/rehearsal.hpp"
#include "host/sync/sync.hpp"

namespace host::sync {
namespace {

std::optional<std::string> value_of(std::string_view field) {
  if (is_null_field(field)) return std::nullopt;
  std::string value(field.size(), '\0');
  value.resize(static_cast<std::size_t>(decode_field(field, value.data()) - value.data()));
  return value;
}

std::vector<std::optional<std::string>> values_of(const std::string& rows, const FieldScan& scan,
                                                  std::size_t field) {
  std::vector<std::optional<std::string>> values;
  for (std::size_t row = 0; row < scan.row_count(); ++row) {
    const std::size_t begin = scan.begin_of(row, field);
    values.push_back(
        value_of(std::string_view(rows).substr(begin, scan.end_of(row, field) - begin)));
  }
  return values;
}

}  // namespace

std::vector<Sample> Sync::sample(std::size_t rows) {
  std::vector<Sample> samples;
  for (const TablePlan& table : plan_.tables) {
    if (table.masked.empty()) continue;
    const RehearsedRows few = rehearse_rows(table, domains_, environment_.source, rows);
    FieldScan read(table.read.size()), written(table.written);
    read.scan(few.read, few.count);
    written.scan(few.written, few.count);
    for (const MaskedColumn& column : table.masked)
      samples.push_back({table.name, column.name, column.strategy.name,
                         values_of(few.read, read, column.field),
                         values_of(few.written, written, column.field)});
  }
  return samples;
}

}  // namespace host::sync
