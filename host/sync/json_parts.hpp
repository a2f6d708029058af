// SPDX-License-Identifier: MIT
// The values at chosen paths of a JSON document, as text: taken out and put back. Every other byte
// stays as it was: the order of keys, duplicates, blanks, and numbers beyond what a computer
// counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/sync/literal.hpp"

namespace host::sync {

// address.city, **.email, lines.*.name, "a.b": keys with dots between them; * is any one key, **
// any number of them. Lists are passed through, with or without [*]. A path to an object or a list
// stands for every value in it, and $ alone for the whole document.
class JsonPath {
 public:
  // What is wrong with the path, or "".
  std::string parse(std::string_view text);

  // Which keys have led where, as bits: what comes first, and what a key leads to.
  std::uint64_t start() const { return skip(1); }
  std::uint64_t next(std::uint64_t places, std::string_view key) const;
  bool reached(std::uint64_t places) const { return (places >> steps_.size() & 1) != 0; }

 private:
  struct Step {
    enum class Kind { key, any, any_depth } kind = Kind::key;
    std::string key;
  };
  std::uint64_t skip(std::uint64_t places) const;
  std::vector<Step> steps_;
};

// The values that paths lead to, in their order; the group is the number of the first path that
// does. Nothing: the text is no JSON document.
std::optional<std::vector<LiteralPart>> split_json(std::string_view text,
                                                   const std::vector<JsonPath>& paths);
// The document with each part's place taken by its (new) value: a number, true or false stays one
// if its new value can be one; all else is a string.
std::string join_json(std::string_view text, const std::vector<LiteralPart>& parts);

}  // namespace host::sync
