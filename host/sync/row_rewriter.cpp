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

// What is wrong with a result, or "".
std::string defect_of(const Column& target, confiture_str value) {
  if (value.data == nullptr) return target.not_null ? "NULL, and the column is NOT NULL" : "";
  const std::string_view text(value.data, value.size);
  if (const char* defect = text_defect(text)) return defect;
  const auto room = static_cast<std::size_t>(target.max_length);
  if (room == 0 || target.array || text.size() <= room) return {};
  const std::size_t size =
      count_characters(text.substr(0, text.find_last_not_of(' ') + 1));  // blanks are cut off
  return size <= room ? "" : fmt::format("{} characters for a column of {}", size, room);
}

void add_fields(const Strategy& strategy, std::vector<std::size_t>& fields) {
  fields.insert(fields.end(), strategy.context.begin(), strategy.context.end());
  for (const Test& test : strategy.tests) fields.push_back(test.field);
  for (const TextPart& part : strategy.text)
    if (!part.column.empty() && part.from == TextPart::From::row) fields.push_back(part.field);
  for (const Strategy& part : strategy.parts) add_fields(part, fields);
}

char* put(std::string_view text, char* out) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

}  // namespace

RowRewriter::RowRewriter(const TablePlan& table, Domains& domains, ValueSink* sink)
    : table_(table),
      sink_(sink),
      scan_(std::max<std::size_t>(table.read.size(), 1)),
      out_(table.masked.size()),
      counts_(table.masked.size()),
      decoded_(table.read.size()),
      texts_(table.read.size()),
      read_(table.read.size()),
      replaced_(table.read.size()) {
  for (const MaskedColumn& column : table.masked) {
    by_field_.push_back(steps_.size());
    steps_.push_back(
        make_step(column.strategy, column.target, {table, column}, domains.session(column.domain)));
    fields_.push_back(column.field);
    add_fields(column.strategy, fields_);
  }
  std::sort(by_field_.begin(), by_field_.end(), [&](std::size_t a, std::size_t b) {
    return table.masked[a].field < table.masked[b].field;
  });
  std::sort(fields_.begin(), fields_.end());
  fields_.erase(std::unique(fields_.begin(), fields_.end()), fields_.end());
}

void RowRewriter::rewrite(std::string_view rows, std::size_t row_count, std::uint64_t first_row,
                          std::string& out) {
  if (!scan_.scan(rows, row_count))
    throw Error(errors::bad_stream,
                fmt::format("table {}: the source sent rows that do not have {} columns",
                            printable(table_.name.sql()), table_.read.size()));
  for (const std::size_t field : fields_) {
    decode(rows, field);
    read_[field] = decoded_[field].data();
  }
  for (std::size_t mask = 0; mask < steps_.size(); ++mask) {
    apply(mask, first_row);
    check(mask, first_row);
  }
  assemble(rows, out);
}

void RowRewriter::decode(std::string_view rows, std::size_t field) {
  Values& values = decoded_[field];
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

void RowRewriter::apply(std::size_t mask, std::uint64_t first_row) {
  const MaskedColumn& column = table_.masked[mask];
  const Values& before = decoded_[column.field];
  if (sink_ != nullptr) sink_->add(column, before);
  out_[mask] = before;
  Rows rows;
  rows.first_row = first_row;
  rows.read = &read_;
  rows.replaced = &replaced_;
  rows.count = scan_.row_count();
  steps_[mask]->apply(rows, out_[mask].data());
  replaced_[column.field] = out_[mask].data();
  if (sink_ != nullptr) sink_->add_results(column, out_[mask]);
}

void RowRewriter::check(std::size_t mask, std::uint64_t first_row) {
  const MaskedColumn& column = table_.masked[mask];
  const Values& before = decoded_[column.field];
  for (std::size_t row = 0; row < out_[mask].size(); ++row) {
    const confiture_str value = out_[mask][row];
    if (before[row].data != nullptr) ++counts_[mask].values;
    if (value.data != nullptr && before[row].data != nullptr && same(before[row], value)) {
      ++counts_[mask].unchanged;
      continue;
    }
    const std::string defect = defect_of(column.target, value);
    if (defect.empty()) continue;
    std::string author;
    column.strategy.each_plugin([&](const Strategy& part) {
      author +=
          fmt::format("{}plugin '{}'", author.empty() ? "" : ", ", part.extension->plugin->id);
    });
    const StepPlace place{table_, column};
    throw Error(
        extensions::errors::bug,
        fmt::format("{}: {}strategy '{}' returned {}", place.object_of(first_row + row),
                    author.empty() ? "" : "bug in " + author + ": ", column.strategy.name, defect),
        author.empty() ? "" : "report it to the plugin's author", column.place);
  }
}

void RowRewriter::assemble(std::string_view rows, std::string& out) const {
  std::size_t bound = rows.size();
  for (const Values& values : out_)
    for (const confiture_str& value : values) bound += encoded_bound(value.size) + 2;
  out.resize(bound);
  const bool cut = table_.read.size() > table_.written;
  char* next = out.data();
  std::size_t copied = 0;  // of `rows`
  for (std::size_t row = 0; row < scan_.row_count(); ++row) {
    for (const std::size_t mask : by_field_) {
      const std::size_t field = table_.masked[mask].field;
      const std::size_t begin = scan_.begin_of(row, field);
      next = put(rows.substr(copied, begin - copied), next);
      const confiture_str value = out_[mask][row];
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
