// SPDX-License-Identifier: MIT
// What an extension can be told: the descriptors of confiture/parameters.h in the host's own form,
// the check of YAML against them, and the typed result that the plugin reads.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/value.hpp"

namespace host::config {

// The host's copy of one confiture_param.
struct ParameterSpec {
  std::string name;
  std::string doc;
  std::optional<std::string> default_yaml;
  std::string range;  // "1..64", "0..", "..10" or empty
  std::vector<std::string> choices;
  std::vector<ParameterSpec> fields;
  std::uint32_t type = 0;  // CONFITURE_PARAM_*
  bool required = false;
  bool list = false;
  bool deprecated = false;
};

// A validated parameter set, with defaults: what stands behind a plugin's confiture_config.
class Parameters {
 public:
  struct Entry {
    bool set = false;          // in the configuration or by default
    std::string text;          // every scalar also as text
    std::int64_t integer = 0;  // INT, BOOL, DURATION (ms), COLUMN (index, once bound)
    double real = 0;
    std::vector<Parameters> items;  // LIST: each item; OBJECT: one. Scalars under key ""
    bool composite = false;         // a list or an object, the empty list included
    std::uint32_t type = 0;
  };
  const Entry* find(std::string_view key) const;  // nullptr: undeclared
  Entry* find(std::string_view key);
  void put(std::string key, Entry entry);
  const std::map<std::string, Entry, std::less<>>& entries() const { return entries_; }
  // What the person should hear although the run goes on: deprecated parameters, with their place.
  std::vector<std::string> warnings;

 private:
  std::map<std::string, Entry, std::less<>> entries_;
};

// Checks `with` (a map, or null for none) against the descriptors and fills in the defaults.
// Throws config.unknown_parameter, config.wrong_type, config.out_of_range or
// config.missing_parameter, each naming `extension` ("action 'sql.assert'") and the place; a
// missing parameter is reported at `use`. COLUMN parameters keep their name as text; whoever knows
// the columns sets the integer.
Parameters check_parameters(const Value* with, std::span<const ParameterSpec> specs,
                            std::string_view extension, const Place& use);

// Checks descriptors themselves, at load: names, types, ranges that parse, defaults that parse and
// lie in range. Returns what is wrong, "the default '9' of parameter 'keep' must be ...", or "".
std::string check_specs(std::span<const ParameterSpec> specs);

// "text", "whole number", "list of durations": a parameter's type, as descriptions show it.
std::string type_name(const ParameterSpec& spec);

}  // namespace host::config
