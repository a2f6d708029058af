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

}  // namespace

RowRewriter::RowRewriter(const TablePlan& table, Domains& domains, ValueSink* sink,
                         const PageRange* pages)
    : table_(table),
      sink_(sink),
      pages_(pages),
      codec_(table.binary ? make_binary_codec(table.read.size(), table.written)
                          : make_text_codec(table.read.size(), table.written)),
      out_(table.masked.size()),
      counts_(table.masked.size()),
      decoded_(table.read.size()),
      read_(table.read.size()),
      replaced_(table.read.size()) {
  for (const MaskedColumn& column : table.masked) {
    replacements_.push_back({column.field, &out_[steps_.size()]});
    steps_.push_back(make_step(column.strategy, column.target, {table, column, pages_},
                               domains.session(column.domain)));
    fields_.push_back(column.field);
    column.strategy.add_fields(fields_);
  }
  std::sort(replacements_.begin(), replacements_.end(),
            [](const Replacement& a, const Replacement& b) { return a.field < b.field; });
  std::sort(fields_.begin(), fields_.end());
  fields_.erase(std::unique(fields_.begin(), fields_.end()), fields_.end());
}

void RowRewriter::rewrite(std::string_view rows, std::size_t row_count, std::uint64_t first_row,
                          std::string& out) {
  if (!codec_->scan(rows, row_count, first_row == 0))
    throw Error(errors::bad_stream,
                fmt::format("table {}: the source sent rows that do not have {} columns",
                            printable(table_.name.sql()), table_.read.size()));
  for (const std::size_t field : fields_) {
    codec_->decode(field, decoded_[field]);
    read_[field] = decoded_[field].data();
  }
  for (std::size_t mask = 0; mask < steps_.size(); ++mask) {
    apply(mask, first_row);
    check(mask, first_row);
  }
  codec_->assemble(replacements_, out);
}

void RowRewriter::apply(std::size_t mask, std::uint64_t first_row) {
  const MaskedColumn& column = table_.masked[mask];
  const Values& before = decoded_[column.field];
  out_[mask] = before;
  Rows rows;
  rows.first_row = first_row;
  rows.read = &read_;
  rows.replaced = &replaced_;
  rows.count = codec_->row_count();
  steps_[mask]->apply(rows, out_[mask].data());
  replaced_[column.field] = out_[mask].data();
  if (sink_ != nullptr) sink_->add(column, before, out_[mask]);
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
    const StepPlace place{table_, column, pages_};
    throw Error(
        extensions::errors::bug,
        fmt::format("{}: {}strategy '{}' returned {}", place.object_of(first_row + row),
                    author.empty() ? "" : "bug in " + author + ": ", column.strategy.name, defect),
        author.empty() ? "" : "report it to the plugin's author", column.place);
  }
}

}  // namespace host::sync
