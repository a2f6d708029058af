// SPDX-License-Identifier: MIT
#include "host/config/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "host/config/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"

namespace host::config {
namespace {

// What stands there, for "not ...".
std::string describe(const Value& value) {
  constexpr std::size_t most = 60;
  switch (value.kind) {
    case Value::Kind::null:
      return "nothing";
    case Value::Kind::list:
      return "a list";
    case Value::Kind::map:
      return "a map";
    case Value::Kind::scalar:
      break;
  }
  const std::string shown = value.text.size() <= most ? printable(value.text) : "a longer text";
  const std::string quotes = value.quoted ? "the text " : "";
  return value.text.size() <= most ? fmt::format("{}'{}'", quotes, shown) : shown;
}

[[noreturn]] void wrong_type(const Value& value, std::string_view what, std::string_view expected,
                             std::string hint = {}) {
  throw Error(errors::wrong_type,
              fmt::format("{} must be {}, not {}", what, expected, describe(value)),
              std::move(hint), value.place);
}

template <typename Number>
std::optional<Number> parse_number(const Value& value) {
  if (value.kind != Value::Kind::scalar || value.quoted) return std::nullopt;
  std::string_view text = value.text;
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string without_quotes(const Value& value, std::string_view example) {
  return value.quoted ? fmt::format("write it without quotes, such as {}", example) : "";
}

}  // namespace

Reader::Reader(const Value& map, std::string what) : map_(map), what_(std::move(what)) {
  if (map.kind != Value::Kind::map && !map.is_null())
    wrong_type(map, what_.empty() ? "the file" : what_, "a map");
}

std::string Reader::name_of(std::string_view key) const {
  return what_.empty() ? fmt::format("'{}'", key) : fmt::format("'{}' of {}", key, what_);
}

const Value* Reader::value(std::string_view key) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.emplace_back(key);
  return map_.find(key);
}

const Value& Reader::required(std::string_view key) {
  if (const Value* found = value(key); found != nullptr) return *found;
  const std::vector<std::string> wanted{std::string(key)};
  for (const auto& [given, entry] : map_.entries)
    if (std::find(asked_.begin(), asked_.end(), given.text) == asked_.end() &&
        nearest_name(given.text, wanted))
      refuse_key(given, wanted);
  throw Error(errors::missing_key,
              fmt::format("the key '{}' is missing{}", key,
                          what_.empty() ? "" : fmt::format(" in {}", what_)),
              {}, map_.place);
}

std::optional<std::string> Reader::text(std::string_view key) {
  const Value* found = value(key);
  return found == nullptr ? std::nullopt : std::optional(as_text(*found, name_of(key)));
}

std::optional<bool> Reader::boolean(std::string_view key) {
  const Value* found = value(key);
  return found == nullptr ? std::nullopt : std::optional(as_boolean(*found, name_of(key)));
}

std::optional<std::int64_t> Reader::integer(std::string_view key) {
  const Value* found = value(key);
  return found == nullptr ? std::nullopt : std::optional(as_integer(*found, name_of(key)));
}

std::optional<std::chrono::milliseconds> Reader::duration(std::string_view key) {
  const Value* found = value(key);
  return found == nullptr ? std::nullopt : std::optional(as_duration(*found, name_of(key)));
}

std::vector<std::string> Reader::texts(std::string_view key) {
  const Value* found = value(key);
  std::vector<std::string> texts;
  if (found == nullptr) return texts;
  if (found->kind != Value::Kind::list) return {as_text(*found, name_of(key))};
  for (const Value& item : found->items)
    texts.push_back(as_text(item, fmt::format("an item of {}", name_of(key))));
  return texts;
}

std::optional<std::string> Reader::choice(std::string_view key,
                                          std::span<const std::string> known) {
  const Value* found = value(key);
  return found == nullptr ? std::nullopt : std::optional(as_choice(*found, known, name_of(key)));
}

std::vector<std::string> Reader::choices(std::string_view key, std::span<const std::string> known) {
  const Value* found = value(key);
  std::vector<std::string> chosen;
  if (found == nullptr) return chosen;
  if (found->kind != Value::Kind::list) return {as_choice(*found, known, name_of(key))};
  for (const Value& item : found->items)
    chosen.push_back(as_choice(item, known, fmt::format("an item of {}", name_of(key))));
  return chosen;
}

void Reader::finish() const {
  for (const auto& [key, entry] : map_.entries)
    if (std::find(asked_.begin(), asked_.end(), key.text) == asked_.end()) refuse_key(key, asked_);
}

void Reader::refuse_key(const Value& key, std::span<const std::string> known) const {
  throw Error(errors::unknown_key,
              fmt::format("unknown key '{}'{}", printable(key.text),
                          what_.empty() ? "" : fmt::format(" in {}", what_)),
              suggest_name(key.text, known), key.place);
}

std::string as_text(const Value& value, std::string_view what) {
  if (value.kind != Value::Kind::scalar) wrong_type(value, what, "text");
  return value.text;
}

bool as_boolean(const Value& value, std::string_view what) {
  if (value.kind == Value::Kind::scalar && !value.quoted) {
    if (value.text == "true") return true;
    if (value.text == "false") return false;
  }
  wrong_type(value, what, "true or false", without_quotes(value, "true"));
}

std::int64_t as_integer(const Value& value, std::string_view what) {
  if (const auto number = parse_number<std::int64_t>(value)) return *number;
  wrong_type(value, what, "a whole number", without_quotes(value, "12"));
}

double as_real(const Value& value, std::string_view what) {
  if (const auto number = parse_number<double>(value); number && std::isfinite(*number))
    return *number;
  wrong_type(value, what, "a number", without_quotes(value, "0.5"));
}

std::chrono::milliseconds as_duration(const Value& value, std::string_view what) {
  if (value.kind == Value::Kind::scalar)
    if (const auto duration = parse_duration(value.text)) return *duration;
  wrong_type(value, what, "a duration such as 500ms, 30s, 5m, 2h or 7d");
}

std::string as_choice(const Value& value, std::span<const std::string> known,
                      std::string_view what) {
  std::string text = as_text(value, what);
  if (std::find(known.begin(), known.end(), text) == known.end())
    throw Error(
        errors::out_of_range,
        fmt::format("{} must be {}, not {}", what, join_words(known, "or"), describe(value)),
        nearest_name(text, known) ? suggest_name(text, known) : "", value.place);
  return text;
}

const std::vector<Value>& as_list(const Value& value, std::string_view what) {
  if (value.kind != Value::Kind::list && !value.is_null()) wrong_type(value, what, "a list");
  return value.items;
}

const std::vector<Value::Entry>& as_map(const Value& value, std::string_view what) {
  if (value.kind != Value::Kind::map && !value.is_null()) wrong_type(value, what, "a map");
  return value.entries;
}

}  // namespace host::config
