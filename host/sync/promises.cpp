// SPDX-License-Identifier: MIT
#include "host/sync/promises.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "host/extensions/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/field_scan.hpp"
#include "host/sync/row_rewriter.hpp"

namespace host::sync {
namespace {

constexpr std::size_t rows_to_try_again = 100;

// Rows of COPY's text, taken apart.
class Fields {
 public:
  Fields(const std::string& bytes, std::size_t count, std::size_t columns)
      : bytes_(bytes), columns_(columns), scan_(columns) {
    if (!scan_.scan(bytes_, count))
      throw Error(errors::bad_stream, "the source sent rows of another shape than asked for");
  }
  std::string_view field(std::size_t row, std::size_t column) const {
    const std::size_t begin = scan_.begin_of(row, column);
    return bytes_.substr(begin, scan_.end_of(row, column) - begin);
  }
  std::string_view row(std::size_t row) const {
    const std::size_t begin = scan_.begin_of(row, 0);
    return bytes_.substr(begin, scan_.end_of(row, columns_ - 1) + 1 - begin);
  }

 private:
  std::string_view bytes_;
  std::size_t columns_;
  FieldScan scan_;
};

bool repeats(const MaskedColumn& column) {
  return column.strategy.has(CONFITURE_STRATEGY_DETERMINISTIC) &&
         column.strategy.has(CONFITURE_STRATEGY_ROW_LOCAL);
}

[[noreturn]] void blame(const TablePlan& table, const MaskedColumn& column) {
  std::string author;
  column.strategy.each_plugin([&](const Strategy& part) {
    if (author.empty()) author = part.extension->plugin->id;
  });
  throw Error(
      extensions::errors::bug,
      fmt::format("column '{}' of table {}: bug in plugin '{}': strategy '{}' declares that "
                  "equal values get equal results, and gave another one for the same value",
                  printable(column.name), printable(table.name.sql()), author,
                  column.strategy.name),
      "report it to the plugin's author", column.place);
}

}  // namespace

void check_promises(const TablePlan& table, Domains& domains, const RehearsedRows& rows) {
  // Rows that influence each other have no results by themselves.
  const bool alone = std::all_of(table.masked.begin(), table.masked.end(), [](const auto& column) {
    return column.strategy.has(CONFITURE_STRATEGY_ROW_LOCAL);
  });
  if (rows.count == 0 || table.written == 0 || !alone ||
      std::none_of(table.masked.begin(), table.masked.end(), repeats))
    return;
  TablePlan text = table;
  text.binary = false;
  RowRewriter rewriter(text, domains);
  const Fields read(rows.read, rows.count, table.read.size());
  const Fields written(rows.written, rows.count, table.written);
  std::string again;
  for (std::size_t row = std::min(rows.count, rows_to_try_again); row-- > 0;) {
    rewriter.rewrite(read.row(row), 1, row, again);
    const Fields one(again, 1, table.written);
    for (const MaskedColumn& column : table.masked)
      if (repeats(column) && one.field(0, column.field) != written.field(row, column.field))
        blame(table, column);
  }
}

}  // namespace host::sync
