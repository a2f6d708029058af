// SPDX-License-Identifier: MIT
// Arrays and composites as PostgreSQL writes them, {a,"b c",NULL} and (a,"b c",): taken apart into
// their values and put together again around other ones.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::sync {

// A value within the text, quotes included.
struct LiteralPart {
  std::size_t begin = 0, end = 0;
  std::size_t group = 0;             // of a composite: which field. Of a document: by which path
  std::optional<std::string> value;  // nothing: NULL
};

// The elements of an array of any number of dimensions, in order. Nothing: it is no array.
std::optional<std::vector<LiteralPart>> split_array(std::string_view text);
// The fields of a composite value. Nothing: it is none.
std::optional<std::vector<LiteralPart>> split_composite(std::string_view text);

// The text with the place of each part from `begin` to `end` taken by write(part).
template <typename Write>
std::string join_parts(std::string_view text, const std::vector<LiteralPart>& parts,
                       const Write& write) {
  std::string joined;
  std::size_t copied = 0;
  for (const LiteralPart& part : parts) {
    joined += text.substr(copied, part.begin - copied);
    joined += write(part);
    copied = part.end;
  }
  joined += text.substr(copied);
  return joined;
}

// The text with each part's place taken by its (new) value.
std::string join_array(std::string_view text, const std::vector<LiteralPart>& parts);
std::string join_composite(std::string_view text, const std::vector<LiteralPart>& parts);

}  // namespace host::sync
