// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>

#include "host/sync/copy_text.hpp"
#include "host/sync/field_scan.hpp"
#include "host/sync/row_codec.hpp"

namespace host::sync {
namespace {

char* put(std::string_view text, char* out) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

class TextRows : public RowCodec {
 public:
  TextRows(std::size_t columns, std::size_t written)
      : columns_(columns),
        written_(written),
        scan_(std::max<std::size_t>(columns, 1)),
        texts_(columns) {}

  bool scan(std::string_view rows, std::size_t message_count, bool) override {
    rows_ = rows;
    return scan_.scan(rows, message_count);
  }

  std::size_t row_count() const override { return scan_.row_count(); }

  void decode(std::size_t field, Values& values) override {
    values.resize(row_count());
    std::size_t escaped = 0;
    for (std::size_t row = 0; row < row_count(); ++row) {
      const std::size_t begin = scan_.begin_of(row, field);
      const std::string_view text = rows_.substr(begin, scan_.end_of(row, field) - begin);
      values[row] = {text.data(), text.size()};
      if (text.find('\\') == std::string_view::npos) continue;
      if (is_null_field(text)) {
        values[row] = {nullptr, 0};
      } else {
        escaped += text.size();
      }
    }
    if (escaped > 0) decode_escapes(texts_[field], escaped, values);
  }

  void assemble(const std::vector<Replacement>& replacements, std::string& out) const override {
    std::size_t bound = rows_.size();
    for (const Replacement& replacement : replacements)
      for (const confiture_str& value : *replacement.values) bound += encoded_bound(value.size) + 2;
    out.resize(bound);
    char* next = out.data();
    std::size_t copied = 0;  // of the rows
    for (std::size_t row = 0; row < row_count(); ++row) {
      for (const Replacement& replacement : replacements) {
        const std::size_t begin = scan_.begin_of(row, replacement.field);
        next = put(rows_.substr(copied, begin - copied), next);
        const confiture_str value = (*replacement.values)[row];
        next =
            value.data == nullptr ? put("\\N", next) : encode_field({value.data, value.size}, next);
        copied = scan_.end_of(row, replacement.field);
      }
      if (columns_ == written_) continue;
      const std::size_t end = scan_.end_of(row, written_ - 1);
      next = put(rows_.substr(copied, end - copied), next);
      *next++ = '\n';
      copied = scan_.end_of(row, columns_ - 1) + 1;
    }
    next = put(rows_.substr(copied), next);
    out.resize(static_cast<std::size_t>(next - out.data()));
  }

 private:
  static void decode_escapes(std::vector<char>& texts, std::size_t size, Values& values) {
    if (texts.size() < size) texts.resize(size);
    char* next = texts.data();
    for (confiture_str& value : values) {
      const std::string_view text(value.data, value.size);
      if (value.data == nullptr || text.find('\\') == std::string_view::npos) continue;
      char* end = decode_field(text, next);
      value = {next, static_cast<std::size_t>(end - next)};
      next = end;
    }
  }

  const std::size_t columns_, written_;
  FieldScan scan_;
  std::string_view rows_;
  std::vector<std::vector<char>> texts_;  // by field: what escapes were decoded into
};

}  // namespace

std::unique_ptr<RowCodec> make_text_codec(std::size_t columns, std::size_t written) {
  return std::make_unique<TextRows>(columns, written);
}

}  // namespace host::sync
