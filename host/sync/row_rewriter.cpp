// SPDX-License-Identifier: MIT
#include "host/sync/row_rewriter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "host/extensions/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/sync/copy_text.hpp"
#include "host/sync/errors.hpp"

namespace host::sync {
namespace {

bool same(confiture_str a, confiture_str b) {
  return a.size == b.size && (a.data == b.data || std::memcmp(a.data, b.data, a.size) == 0);
}

char* put(std::string_view text, char* out) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

}  // namespace

RowRewriter::RowRewriter(const TablePlan& table, extensions::Session& session)
    : table_(table),
      scan_(std::max<std::size_t>(table.read.size(), 1)),
      decoded_(table.read.size()),
      texts_(table.read.size()) {
  for (const MaskedColumn& column : table.masked) {
    masks_.push_back({std::make_unique<Mask>(table, column, session), {}, 0});
    fields_.push_back(column.field);
    fields_.insert(fields_.end(), column.context.begin(), column.context.end());
  }
  std::sort(fields_.begin(), fields_.end());
  fields_.erase(std::unique(fields_.begin(), fields_.end()), fields_.end());
}

void RowRewriter::rewrite(std::string_view rows, std::size_t row_count, std::uint64_t first_row,
                          std::string& out) {
  if (!scan_.scan(rows, row_count))
    throw Error(errors::bad_stream,
                fmt::format("table {}: the source sent rows that do not have {} columns",
                            printable(table_.name.sql()), table_.read.size()));
  for (const std::size_t field : fields_) decode(rows, field);
  for (Entry& entry : masks_) {
    apply(entry, first_row);
    check(entry, first_row);
  }
  assemble(rows, out);
}

void RowRewriter::decode(std::string_view rows, std::size_t field) {
  std::vector<confiture_str>& values = decoded_[field].values;
  const std::size_t row_count = scan_.row_count();
  values.resize(row_count);
  std::size_t escaped = 0;
  for (std::size_t row = 0; row < row_count; ++row) {
    const std::size_t begin = scan_.begin_of(row, field);
    const std::string_view text = rows.substr(begin, scan_.end_of(row, field) - begin);
    values[row] = {text.data(), text.size()};
    if (text.find('\\') == std::string_view::npos) continue;
    if (is_null_field(text)) {
      values[row] = {nullptr, 0};
    } else {
      escaped += text.size();
    }
  }
  if (escaped == 0) return;
  std::vector<char>& texts = texts_[field];
  if (texts.size() < escaped) texts.resize(escaped);
  char* next = texts.data();
  for (confiture_str& value : values) {
    const std::string_view text(value.data, value.size);
    if (value.data == nullptr || text.find('\\') == std::string_view::npos) continue;
    char* end = decode_field(text, next);
    value = {next, static_cast<std::size_t>(end - next)};
    next = end;
  }
}

void RowRewriter::apply(Entry& entry, std::uint64_t first_row) {
  const MaskedColumn& column = entry.mask->column();
  std::vector<const confiture_str*> columns{decoded_[column.field].values.data()};
  for (const std::size_t field : column.context) columns.push_back(decoded_[field].values.data());
  entry.out = decoded_[column.field].values;
  entry.mask->apply(first_row, scan_.row_count(), columns, entry.out.data());
}

void RowRewriter::check(Entry& entry, std::uint64_t first_row) {
  const MaskedColumn& column = entry.mask->column();
  const std::vector<confiture_str>& before = decoded_[column.field].values;
  for (std::size_t row = 0; row < entry.out.size(); ++row) {
    const confiture_str value = entry.out[row];
    const char* defect = nullptr;
    if (value.data == nullptr) {
      if (column.target.not_null) defect = "NULL, and the column is NOT NULL";
    } else {
      if (before[row].data != nullptr && same(before[row], value)) {
        ++entry.unchanged;
        continue;
      }
      defect = text_defect({value.data, value.size});
    }
    if (defect != nullptr)
      throw Error(extensions::errors::bug,
                  fmt::format("{}: bug in plugin '{}': strategy '{}' returned {}",
                              entry.mask->object_of(first_row + row), column.strategy->plugin->id,
                              column.strategy->id, defect),
                  "report it to the plugin's author", column.place);
  }
}

void RowRewriter::assemble(std::string_view rows, std::string& out) const {
  std::size_t bound = rows.size();
  for (const Entry& entry : masks_)
    for (const confiture_str& value : entry.out) bound += encoded_bound(value.size) + 2;
  out.resize(bound);
  const bool cut = table_.read.size() > table_.written;
  char* next = out.data();
  std::size_t copied = 0;  // of `rows`
  for (std::size_t row = 0; row < scan_.row_count(); ++row) {
    for (const Entry& entry : masks_) {
      const std::size_t field = entry.mask->column().field;
      const std::size_t begin = scan_.begin_of(row, field);
      next = put(rows.substr(copied, begin - copied), next);
      const confiture_str value = entry.out[row];
      next =
          value.data == nullptr ? put("\\N", next) : encode_field({value.data, value.size}, next);
      copied = scan_.end_of(row, field);
    }
    if (!cut) continue;
    const std::size_t end = scan_.end_of(row, table_.written - 1);
    next = put(rows.substr(copied, end - copied), next);
    *next++ = '\n';
    copied = scan_.end_of(row, table_.read.size() - 1) + 1;
  }
  next = put(rows.substr(copied), next);
  out.resize(static_cast<std::size_t>(next - out.data()));
}

}  // namespace host::sync
