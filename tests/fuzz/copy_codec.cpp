// SPDX-License-Identifier: MIT
// Fuzzes what takes rows of a COPY apart and puts them together: decoded and encoded again, any
// bytes are what they were.
#include <cstdint>
#include <string>
#include <string_view>

#include "host/sync/copy_text.hpp"
#include "host/sync/json_parts.hpp"
#include "host/sync/literal.hpp"
#include "host/sync/row_codec.hpp"
#include "tests/fuzz/require.hpp"

namespace {

using namespace host::sync;

std::string encoded(std::string_view value) {
  std::string field(encoded_bound(value.size()), '\0');
  field.resize(static_cast<std::size_t>(encode_field(value, field.data()) - field.data()));
  return field;
}

std::string decoded(std::string_view field) {
  std::string value(field.size(), '\0');
  value.resize(static_cast<std::size_t>(decode_field(field, value.data()) - value.data()));
  return value;
}

void try_value(std::string_view bytes) {
  const std::string field = encoded(bytes);
  require(decoded(field) == bytes, "a value is not what it was");
  require(field.find_first_of("\t\n\r") == std::string::npos, "a field ends within a value");
  require(!is_null_field(field), "a value became NULL");
  const std::string value = decoded(bytes);
  require(decoded(encoded(value)) == value, "a field's value is not what it was");
}

bool same(const Values& a, const Values& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if ((a[i].data == nullptr) != (b[i].data == nullptr)) return false;
    if (std::string_view(a[i].data, a[i].size) != std::string_view(b[i].data, b[i].size))
      return false;
  }
  return true;
}

// Whatever is taken for rows arrives as them; with values put in their own place, too.
void try_rows(RowCodec& codec, RowCodec& reader, std::string_view rows, std::size_t columns,
              std::size_t messages, bool first) {
  if (!codec.scan(rows, messages, first)) return;
  std::string out;
  codec.assemble({}, out);
  require(out == rows, "rows that nobody touched are not what they were");
  std::vector<Values> values(columns);
  std::vector<Replacement> replacements;
  for (std::size_t field = 0; field < columns; ++field) {
    codec.decode(field, values[field]);
    replacements.push_back({field, &values[field]});
  }
  codec.assemble(replacements, out);
  require(reader.scan(out, messages, first), "rows put together are none");
  for (std::size_t field = 0; field < columns; ++field) {
    Values again;
    reader.decode(field, again);
    require(same(values[field], again), "a row's value is not what it was");
  }
}

template <typename Split, typename Join>
void try_parts(std::string_view text, const Split& split, const Join& join) {
  const auto parts = split(text);
  if (!parts) return;
  const std::string joined = join(text, *parts);
  const auto again = split(joined);
  require(again && again->size() == parts->size(), "parts were lost");
  for (std::size_t i = 0; i < parts->size(); ++i)
    require((*again)[i].value == (*parts)[i].value, "a part is not what it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try_value(bytes);
  try_parts(bytes, split_array, join_array);
  try_parts(bytes, split_composite, join_composite);
  std::vector<JsonPath> paths(1);
  require(paths[0].parse("$").empty(), "no path");
  try_parts(
      bytes, [&](std::string_view text) { return split_json(text, paths); }, join_json);
  if (bytes.empty()) return 0;
  const std::size_t columns = 1 + static_cast<unsigned char>(bytes[0]) % 4;
  const bool first = (bytes[0] & 4) != 0;
  bytes.remove_prefix(1);
  std::size_t messages = 0;
  for (const char c : bytes) messages += c == '\n' ? 1 : 0;
  const auto text = make_text_codec(columns, columns),
             text_again = make_text_codec(columns, columns);
  try_rows(*text, *text_again, bytes, columns, messages, first);
  const auto binary = make_binary_codec(columns, columns),
             binary_again = make_binary_codec(columns, columns);
  for (messages = 0; messages < 4; ++messages)
    try_rows(*binary, *binary_again, bytes, columns, messages, first);
  return 0;
}
