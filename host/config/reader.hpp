// SPDX-License-Identifier: MIT
// Reads a map key by key and, at the end, refuses every key that nobody asked for, with its place
// and the nearest known name.
//
//   Reader reader(value, "environment");
//   environment.protected_ = reader.boolean("protected").value_or(false);
//   reader.finish();
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/value.hpp"

namespace host::config {

class Reader {
 public:
  // `what` names the map in messages: "unknown key 'tabels' in anonymization". Throws
  // config.wrong_type when the value is neither a map nor null.
  Reader(const Value& map, std::string what);

  const Value* value(std::string_view key);  // nullptr when it is not there
  const Value& required(std::string_view key);
  std::optional<std::string> text(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<std::chrono::milliseconds> duration(std::string_view key);
  std::vector<std::string> texts(std::string_view key);  // a scalar is a list of one
  // One of `known`, or a list of them; anything else is config.out_of_range with the nearest.
  std::optional<std::string> choice(std::string_view key, std::span<const std::string> known);
  std::vector<std::string> choices(std::string_view key, std::span<const std::string> known);

  // Throws config.unknown_key for the first key that was never asked for.
  void finish() const;

  // "'timeout' of the hook", as messages name a key.
  std::string name_of(std::string_view key) const;

 private:
  [[noreturn]] void refuse_key(const Value& key, std::span<const std::string> known) const;

  const Value& map_;
  std::string what_;
  std::vector<std::string> asked_;
};

// Conversions that the reader and the parameter checker share; they throw config.wrong_type naming
// `what`. Quoted text is never a truth or a number.
std::string as_text(const Value& value, std::string_view what);
bool as_boolean(const Value& value, std::string_view what);  // true, false (YAML 1.2)
std::int64_t as_integer(const Value& value, std::string_view what);
double as_real(const Value& value, std::string_view what);
std::chrono::milliseconds as_duration(const Value& value, std::string_view what);
// One of `known`.
std::string as_choice(const Value& value, std::span<const std::string> known,
                      std::string_view what);
// The items of a list or the entries of a map; null is an empty one.
const std::vector<Value>& as_list(const Value& value, std::string_view what);
const std::vector<Value::Entry>& as_map(const Value& value, std::string_view what);

}  // namespace host::config
