// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstring>
#include <limits>

#include "host/sync/row_codec.hpp"

namespace host::sync {
namespace {

// PostgreSQL's numbers are big-endian. Written out, compilers see one load in it.
std::uint32_t byte_at(const char* bytes, int i) {
  return static_cast<unsigned char>(bytes[i]);
}
std::uint32_t read32(const char* bytes) {
  return byte_at(bytes, 0) << 24 | byte_at(bytes, 1) << 16 | byte_at(bytes, 2) << 8 |
         byte_at(bytes, 3);
}
std::uint16_t read16(const char* bytes) {
  return static_cast<std::uint16_t>(byte_at(bytes, 0) << 8 | byte_at(bytes, 1));
}

char* put16(std::uint16_t number, char* out) {
  *out++ = static_cast<char>(number >> 8);
  *out++ = static_cast<char>(number & 0xFF);
  return out;
}

char* put32(std::uint32_t number, char* out) {
  return put16(static_cast<std::uint16_t>(number),
               put16(static_cast<std::uint16_t>(number >> 16), out));
}

char* put(std::string_view bytes, char* out) {
  std::memcpy(out, bytes.data(), bytes.size());
  return out + bytes.size();
}

constexpr std::string_view signature("PGCOPY\n\377\r\n\0", 11);
constexpr std::uint32_t null_size = 0xFFFFFFFF;
constexpr std::uint16_t end_of_data = 0xFFFF;

class BinaryRows : public RowCodec {
 public:
  BinaryRows(std::size_t columns, std::size_t written) : columns_(columns), written_(written) {}

  bool scan(std::string_view rows, std::size_t message_count, bool first) override {
    rows_ = rows;
    row_count_ = 0;
    if (rows.size() > std::numeric_limits<std::uint32_t>::max()) return false;
    std::size_t at = first ? header_size() : 0;
    if (at == std::string_view::npos) return false;
    while (at < rows.size()) {
      if (rows.size() - at < 2) return false;
      const std::uint16_t count = read16(rows.data() + at);
      at += 2;
      // The mark at the end is a message of its own, or all that an empty table has to send.
      if (count == end_of_data) return at == rows.size() && row_count_ + 1 == message_count;
      if (count != columns_ || !scan_row(at)) return false;
      ++row_count_;
    }
    return row_count_ == message_count;
  }

  std::size_t row_count() const override { return row_count_; }

  void decode(std::size_t field, Values& values) override {
    values.resize(row_count_);
    for (std::size_t row = 0; row < row_count_; ++row) {
      const Field& found = field_of(row, field);
      values[row] = found.size == null_size ? confiture_str{nullptr, 0}
                                            : confiture_str{rows_.data() + found.begin, found.size};
    }
  }

  void assemble(const std::vector<Replacement>& replacements, std::string& out) const override {
    std::size_t bound = rows_.size();
    for (const Replacement& replacement : replacements)
      for (const confiture_str& value : *replacement.values) bound += value.size;
    out.resize(bound);
    char* next = out.data();
    std::size_t copied = 0;  // of the rows
    for (std::size_t row = 0; row < row_count_; ++row) {
      if (columns_ != written_) {
        const std::size_t begin = begin_of_row(row);
        next = put16(static_cast<std::uint16_t>(written_),
                     put(rows_.substr(copied, begin - copied), next));
        copied = begin + 2;
      }
      for (const Replacement& replacement : replacements) {
        const Field& found = field_of(row, replacement.field);
        const std::size_t begin = found.begin - 4;
        next = put(rows_.substr(copied, begin - copied), next);
        const confiture_str value = (*replacement.values)[row];
        next =
            put32(value.data == nullptr ? null_size : static_cast<std::uint32_t>(value.size), next);
        if (value.data != nullptr) next = put({value.data, value.size}, next);
        copied = end_of(found);
      }
      if (columns_ == written_) continue;
      const std::size_t end = end_of(field_of(row, written_ - 1));
      next = put(rows_.substr(copied, end - copied), next);
      copied = end_of(field_of(row, columns_ - 1));
    }
    next = put(rows_.substr(copied), next);
    out.resize(static_cast<std::size_t>(next - out.data()));
  }

 private:
  struct Field {
    std::uint32_t begin, size;
  };

  const Field& field_of(std::size_t row, std::size_t field) const {
    return fields_[row * columns_ + field];
  }
  std::size_t begin_of_row(std::size_t row) const { return field_of(row, 0).begin - 6; }
  static std::size_t end_of(const Field& field) {
    return field.begin + (field.size == null_size ? std::size_t{0} : field.size);
  }

  // Of what precedes the first row; npos: another stream than expected.
  std::size_t header_size() const {
    constexpr std::size_t fixed = signature.size() + 8;
    if (rows_.size() < fixed || rows_.substr(0, signature.size()) != signature)
      return std::string_view::npos;
    const std::uint32_t flags = read32(rows_.data() + signature.size());
    const std::uint32_t extension = read32(rows_.data() + signature.size() + 4);
    if (flags != 0 || extension > rows_.size() - fixed) return std::string_view::npos;
    return fixed + extension;
  }

  bool scan_row(std::size_t& at) {
    const std::size_t begin = row_count_ * columns_;
    if (fields_.size() < begin + columns_) fields_.resize(2 * (begin + columns_));
    Field* field = fields_.data() + begin;
    for (const Field* const end = field + columns_; field != end; ++field) {
      if (rows_.size() - at < 4) return false;
      const std::uint32_t size = read32(rows_.data() + at);
      at += 4;
      *field = {static_cast<std::uint32_t>(at), size};
      if (size == null_size) continue;
      if (size > rows_.size() - at) return false;
      at += size;
    }
    return true;
  }

  const std::size_t columns_, written_;
  std::string_view rows_;
  std::size_t row_count_ = 0;
  std::vector<Field> fields_;  // of the rows, one after the other; grows and stays
};

}  // namespace

std::unique_ptr<RowCodec> make_binary_codec(std::size_t columns, std::size_t written) {
  return std::make_unique<BinaryRows>(columns, written);
}

}  // namespace host::sync
