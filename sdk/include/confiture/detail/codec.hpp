// SPDX-License-Identifier: MIT
// confiture/detail/codec.hpp - for each type that a field may have: its number in the contract, its
// default as YAML, and how it is read back from the host.
#pragma once

#include <confiture/detail/flow_yaml.hpp>
#include <confiture/error.hpp>
#include <confiture/parameters.hpp>
#include <confiture/text.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace detail {

template <typename T, typename = void>
struct HasParams : std::false_type {};
template <typename T>
struct HasParams<T, std::void_t<decltype(T::params)>> : std::true_type {};

// Where a value stands: key "" of an item for the items of a list.
struct Source {
  const confiture_config_v1& api;
  const confiture_config* config;
  const char* key;
  const char* const* choices;  // of the field, or nullptr
};

template <typename T>
void read_fields(T& object, const confiture_config_v1& api, const confiture_config* config);
template <typename T>
std::string yaml_fields(const T& object);

// Codec<T>: type, list, range (implied by the C++ type), yaml(value, choices), read(source,
// value). yaml() has no value where there is no default.
template <typename T, typename = void>
struct Codec;

using Yaml = std::optional<std::string>;
using Words = const char* const*;

struct ScalarCodec {
  static constexpr std::uint32_t list = 0;
  static constexpr const char* range = nullptr;
};

template <>
struct Codec<std::string> : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_STRING;
  static Yaml yaml(const std::string& value, Words) { return yaml_text(value); }
  static void read(const Source& from, std::string& value) {
    value = to_view(from.api.text(from.config, from.key));
  }
};

template <typename T>
struct Codec<T, std::enable_if_t<std::is_integral_v<T> && std::is_signed_v<T> && sizeof(T) == 8>>
    : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_INT;
  static Yaml yaml(T value, Words) { return std::to_string(value); }
  static void read(const Source& from, T& value) {
    value = from.api.integer(from.config, from.key);
  }
};

template <>
struct Codec<int> : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_INT;
  static constexpr const char* range = "-2147483648..2147483647";
  static Yaml yaml(int value, Words) { return std::to_string(value); }
  static void read(const Source& from, int& value) {
    const std::int64_t given = from.api.integer(from.config, from.key);
    if (given < std::numeric_limits<int>::min() || given > std::numeric_limits<int>::max())
      throw BadConfig("parameter '" + std::string(from.key) + "' is out of range");
    value = static_cast<int>(given);
  }
};

template <>
struct Codec<double> : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_REAL;
  static Yaml yaml(double value, Words) { return yaml_real(value); }
  static void read(const Source& from, double& value) {
    value = from.api.real(from.config, from.key);
  }
};

template <>
struct Codec<bool> : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_BOOL;
  static Yaml yaml(bool value, Words) { return value ? "true" : "false"; }
  static void read(const Source& from, bool& value) {
    value = from.api.integer(from.config, from.key) != 0;
  }
};

template <>
struct Codec<std::chrono::milliseconds> : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_DURATION;
  static Yaml yaml(std::chrono::milliseconds value, Words) { return yaml_duration(value); }
  static void read(const Source& from, std::chrono::milliseconds& value) {
    value = std::chrono::milliseconds(from.api.integer(from.config, from.key));
  }
};

template <typename T>
struct Codec<T, std::enable_if_t<std::is_enum_v<T>>> : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_ENUM;
  static Yaml yaml(T value, Words choices) {
    auto index = static_cast<std::size_t>(value);
    for (; *choices != nullptr; ++choices, --index)
      if (index == 0) return yaml_text(*choices);
    throw BadConfig("a default is none of its choices");
  }
  static void read(const Source& from, T& value) {
    const std::string_view word = to_view(from.api.text(from.config, from.key));
    for (std::size_t index = 0; from.choices[index] != nullptr; ++index)
      if (word == from.choices[index]) value = static_cast<T>(index);
  }
};

template <>
struct Codec<Column> : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_COLUMN;
  static Yaml yaml(const Column& value, Words) {
    return value ? Yaml(yaml_text(value.name)) : std::nullopt;
  }
  static void read(const Source& from, Column& value) {
    value.name = to_view(from.api.text(from.config, from.key));
    value.index = static_cast<std::size_t>(from.api.integer(from.config, from.key));
  }
};

template <>
struct Codec<SecretName> : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_SECRET;
  static Yaml yaml(const SecretName& value, Words) {
    return value ? Yaml(yaml_text(value.name)) : std::nullopt;
  }
  static void read(const Source& from, SecretName& value) {
    value.name = to_view(from.api.text(from.config, from.key));
  }
};

// An object that is not given keeps what its owner holds, so it has no default text of its own.
template <typename T>
struct Codec<T, std::enable_if_t<HasParams<T>::value>> : ScalarCodec {
  static constexpr std::uint32_t type = CONFITURE_PARAM_OBJECT;
  static Yaml yaml(const T&, Words) { return std::nullopt; }
  static void read(const Source& from, T& value) {
    const confiture_config* object =
        *from.key == '\0' ? from.config : from.api.item(from.config, from.key, 0);
    if (object != nullptr) read_fields(value, from.api, object);
  }
};

template <typename T>
struct Codec<std::optional<T>> : Codec<T> {
  static Yaml yaml(const std::optional<T>& value, Words choices) {
    return value ? Codec<T>::yaml(*value, choices) : std::nullopt;
  }
  static void read(const Source& from, std::optional<T>& value) {
    if (!value) value.emplace();
    Codec<T>::read(from, *value);
  }
};

template <typename T>
struct Codec<std::vector<T>> : Codec<T> {
  static_assert(Codec<T>::list == 0, "a list of lists is no parameter");
  static constexpr std::uint32_t list = CONFITURE_PARAM_LIST;
  static Yaml yaml(const std::vector<T>& values, Words choices) {
    std::string text = "[";
    for (const T& value : values) {
      if (text.size() > 1) text += ", ";
      if constexpr (HasParams<T>::value)
        text += yaml_fields(value);
      else
        text += Codec<T>::yaml(value, choices).value_or("\"\"");
    }
    return text + "]";
  }
  static void read(const Source& from, std::vector<T>& values) {
    const std::size_t count = from.api.count(from.config, from.key);
    values.clear();
    for (std::size_t index = 0; index < count; ++index) {
      T value{};
      const confiture_config* item = from.api.item(from.config, from.key, index);
      if (item != nullptr) Codec<T>::read({from.api, item, "", from.choices}, value);
      values.push_back(std::move(value));
    }
  }
};

template <typename Field>
Words words_of(const Field& field) {
  return field.choices.words[0] == nullptr ? nullptr : field.choices.words.data();
}

template <typename T>
std::string yaml_fields(const T& object) {
  std::string text = "{";
  const auto write_one = [&](const auto& field) {
    using Member = std::decay_t<decltype(object.*field.member)>;
    const Yaml yaml = Codec<Member>::yaml(object.*field.member, words_of(field));
    if (!yaml) return;
    if (text.size() > 1) text += ", ";
    text += std::string(field.name) + ": " + *yaml;
  };
  std::apply([&](const auto&... field) { (write_one(field), ...); }, T::params.fields);
  return text + "}";
}

template <typename T>
void read_fields(T& object, const confiture_config_v1& api, const confiture_config* config) {
  const auto read_one = [&](const auto& field) {
    using Member = std::decay_t<decltype(object.*field.member)>;
    if (api.is_set(config, field.name) != 0)
      Codec<Member>::read({api, config, field.name, words_of(field)}, object.*field.member);
  };
  std::apply([&](const auto&... field) { (read_one(field), ...); }, T::params.fields);
}

}  // namespace detail
}  // namespace confiture
#pragma GCC visibility pop
