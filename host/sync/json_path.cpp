// SPDX-License-Identifier: MIT
#include <cstdint>

#include "host/sync/json_parts.hpp"

namespace host::sync {
namespace {

constexpr std::size_t most_steps = 32;

// A key in quotes, from the first of them; moves `at` behind the last. False: there is no last.
bool read_quoted_key(std::string_view text, std::size_t& at, std::string& key) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"') {
      ++at;
      return true;
    }
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    key += text[at];
  }
  return false;
}

}  // namespace

std::string JsonPath::parse(std::string_view text) {
  steps_.clear();
  if (text == "$") return {};
  if (text.substr(0, 2) == "$.") text.remove_prefix(2);
  for (std::size_t at = 0;;) {
    Step step;
    if (at < text.size() && text[at] == '"') {
      if (!read_quoted_key(text, at, step.key)) return "it has a quote without its end";
    } else {
      const std::size_t end = std::min(text.find_first_of(".[", at), text.size());
      step.key = std::string(text.substr(at, end - at));
      at = end;
      if (step.key == "*") step.kind = Step::Kind::any;
      if (step.key == "**") step.kind = Step::Kind::any_depth;
      if (step.key.empty()) return "it has a key without a name";
    }
    steps_.push_back(std::move(step));
    if (steps_.size() > most_steps) return "it is too deep";
    while (text.substr(at, 3) == "[*]") at += 3;
    if (at >= text.size()) return {};
    if (text[at] == '[') return "an item of a list cannot be chosen by its number";
    if (text[at] != '.') return "keys have a dot between them";
    ++at;
  }
}

// A ** may stand for no key at all.
std::uint64_t JsonPath::skip(std::uint64_t places) const {
  for (std::size_t i = 0; i < steps_.size(); ++i)
    if (steps_[i].kind == Step::Kind::any_depth && (places >> i & 1) != 0)
      places |= std::uint64_t{1} << (i + 1);
  return places;
}

std::uint64_t JsonPath::next(std::uint64_t places, std::string_view key) const {
  if (reached(places)) return places;
  std::uint64_t after = 0;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if ((places >> i & 1) == 0) continue;
    const std::uint64_t here = std::uint64_t{1} << i;
    if (steps_[i].kind == Step::Kind::any_depth) {
      after |= here;
    } else if (steps_[i].kind == Step::Kind::any || steps_[i].key == key) {
      after |= here << 1;
    }
  }
  return skip(after);
}

}  // namespace host::sync
