// SPDX-License-Identifier: MIT
// confiture/testing/config.hpp - the parameters of a unit test, checked against the extension's
// descriptors and completed by their defaults, as the real host does it.
#pragma once

#include <confiture/parameters.h>
#include <confiture/testing/failure.hpp>
#include <confiture/testing/flow.hpp>

#include <cstdint>
#include <cstdlib>
#include <deque>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace testing {
namespace detail {

class Config {
 public:
  struct Entry {
    bool set = false;
    std::string text;
    std::int64_t integer = 0;
    double real = 0;
    std::deque<Config> items;
    bool scalar = false;
  };

  Config() = default;
  // `columns`: the names that a COLUMN parameter may take.
  Config(const confiture_param* params, std::size_t count, const Flow& given,
         const std::vector<std::string>& columns) {
    if (given.kind != Flow::Kind::map) refuse("parameters are a map");
    for (const std::string& key : given.keys)
      if (find(params, count, key) == nullptr) refuse("unknown parameter '" + key + "'");
    for (std::size_t index = 0; index < count; ++index) {
      const confiture_param& param = params[index];
      Entry& entry = entries_[param.name];
      if (const Flow* value = find(given, param.name))
        read(entry, param, *value, columns);
      else if ((param.flags & CONFITURE_PARAM_REQUIRED) != 0)
        refuse("missing parameter '" + std::string(param.name) + "'");
      else if (param.default_yaml != nullptr)
        read(entry, param, FlowReader::read(param.default_yaml), columns);
    }
  }

  static const confiture_config_v1& table();
  const confiture_config* handle() const { return reinterpret_cast<const confiture_config*>(this); }

 private:
  [[noreturn]] static void refuse(const std::string& message) {
    throw Failure(CONFITURE_BAD_CONFIG, message);
  }
  static const confiture_param* find(const confiture_param* params, std::size_t count,
                                     const std::string& name) {
    for (std::size_t index = 0; index < count; ++index)
      if (name == params[index].name) return &params[index];
    return nullptr;
  }
  static const Flow* find(const Flow& map, std::string_view key) {
    for (std::size_t index = 0; index < map.keys.size(); ++index)
      if (map.keys[index] == key) return &map.items[index];
    return nullptr;
  }

  static void read(Entry& entry, const confiture_param& param, const Flow& value,
                   const std::vector<std::string>& columns) {
    entry.set = true;
    if ((param.flags & CONFITURE_PARAM_LIST) != 0) {
      const std::vector<Flow> one{value};
      for (const Flow& item : value.kind == Flow::Kind::list ? value.items : one)
        read_item(entry.items.emplace_back(), param, item, columns);
    } else if (param.type == CONFITURE_PARAM_OBJECT) {
      read_item(entry.items.emplace_back(), param, value, columns);
    } else {
      read_scalar(entry, param, value, columns);
    }
  }
  static void read_item(Config& item, const confiture_param& param, const Flow& value,
                        const std::vector<std::string>& columns) {
    if (param.type == CONFITURE_PARAM_OBJECT)
      item = Config(param.fields, param.field_count, value, columns);
    else
      read_scalar(item.entries_[""], param, value, columns);
  }

  static void read_scalar(Entry& entry, const confiture_param& param, const Flow& value,
                          const std::vector<std::string>& columns) {
    const std::string name = "parameter '" + std::string(param.name) + "'";
    if (value.kind != Flow::Kind::scalar) refuse(name + " is one value");
    entry.set = entry.scalar = true;
    entry.text = value.text;
    double measured = 0;
    char* end = nullptr;
    const char* text = value.text.c_str();
    switch (param.type) {
      case CONFITURE_PARAM_INT:
        entry.integer = std::strtoll(text, &end, 10);
        if (end == text || *end != '\0') refuse(name + " is an integer");
        measured = static_cast<double>(entry.integer);
        break;
      case CONFITURE_PARAM_REAL:
        entry.real = measured = std::strtod(text, &end);
        if (end == text || *end != '\0') refuse(name + " is a number");
        break;
      case CONFITURE_PARAM_BOOL:
        if (value.text != "true" && value.text != "false") refuse(name + " is true or false");
        entry.integer = value.text == "true" ? 1 : 0;
        break;
      case CONFITURE_PARAM_DURATION:
        entry.integer = milliseconds(name, value.text);
        measured = static_cast<double>(entry.integer);
        break;
      case CONFITURE_PARAM_COLUMN:
        entry.integer = index_of(name, columns, value.text);
        break;
      case CONFITURE_PARAM_ENUM:
        check_choice(name, param.choices, value.text);
        break;
      default:
        measured = static_cast<double>(value.text.size());
    }
    check_range(name, param.range, measured);
  }

  static std::int64_t milliseconds(const std::string& name, const std::string& text) {
    char* end = nullptr;
    const std::int64_t count = std::strtoll(text.c_str(), &end, 10);
    const std::map<std::string, std::int64_t> units = {
        {"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
    const auto unit = units.find(end);
    if (end == text.c_str() || unit == units.end()) refuse(name + " is a duration");
    return count * unit->second;
  }
  static std::int64_t index_of(const std::string& name, const std::vector<std::string>& columns,
                               const std::string& column) {
    for (std::size_t index = 0; index < columns.size(); ++index)
      if (columns[index] == column) return static_cast<std::int64_t>(index);
    refuse(name + ": there is no column '" + column + "'");
  }
  static void check_choice(const std::string& name, const char* const* choices,
                           const std::string& text) {
    for (; choices != nullptr && *choices != nullptr; ++choices)
      if (text == *choices) return;
    refuse(name + " cannot be '" + text + "'");
  }
  static void check_range(const std::string& name, const char* range, double measured) {
    if (range == nullptr) return;
    const std::string text = range;
    const std::size_t dots = text.find("..");
    const std::string low = text.substr(0, dots), high = text.substr(dots + 2);
    if ((!low.empty() && measured < std::stod(low)) ||
        (!high.empty() && measured > std::stod(high)))
      refuse(name + " must be in " + text);
  }

  static const Entry& entry(const confiture_config* config, const char* key) {
    static const Entry none;
    const auto& entries = reinterpret_cast<const Config*>(config)->entries_;
    const auto found = entries.find(key);
    return found == entries.end() ? none : found->second;
  }

  std::map<std::string, Entry, std::less<>> entries_;
};

inline const confiture_config_v1& Config::table() {
  static const confiture_config_v1 table = {
      [](const confiture_config* config, const char* key) noexcept -> std::int32_t {
        return entry(config, key).set ? 1 : 0;
      },
      [](const confiture_config* config, const char* key) noexcept -> confiture_str {
        const Entry& found = entry(config, key);
        if (!found.scalar) return {nullptr, 0};
        return {found.text.data(), found.text.size()};
      },
      [](const confiture_config* config, const char* key) noexcept -> std::int64_t {
        return entry(config, key).integer;
      },
      [](const confiture_config* config, const char* key) noexcept -> double {
        return entry(config, key).real;
      },
      [](const confiture_config* config, const char* key) noexcept -> std::size_t {
        const Entry& found = entry(config, key);
        return found.scalar ? 1 : found.items.size();
      },
      [](const confiture_config* config, const char* key,
         std::size_t index) noexcept -> const confiture_config* {
        const Entry& found = entry(config, key);
        return index < found.items.size() ? found.items[index].handle() : nullptr;
      }};
  return table;
}

}  // namespace detail
}  // namespace testing
}  // namespace confiture
#pragma GCC visibility pop
