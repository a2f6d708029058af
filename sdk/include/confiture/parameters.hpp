// SPDX-License-Identifier: MIT
// confiture/parameters.hpp - a class as its own parameter set: each field is described once, the
// host validates YAML against that, and the values stand in the object before it is used. What a
// default-constructed object holds is the default.
//
//   struct MaskIban {
//     std::int64_t keep = 4;
//     static constexpr auto params = confiture::params(
//         confiture::field("keep", &MaskIban::keep, "Characters left readable", "0..8"));
//   };
//
// Types of fields: std::string, std::int64_t, int, double, bool, std::chrono::milliseconds,
// Column, SecretName, an enum (with choices), a class with `params` of its own, a std::vector of
// any of these, and a std::optional of any: one without a value has no default.
#pragma once

#include <confiture/parameters.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {

// Strategies only: a column of the same row, as Row and Batch take it. Empty if none was named.
struct Column {
  std::string name;
  std::size_t index = 0;  // in the batch's columns
  explicit operator bool() const noexcept { return !name.empty(); }
};

// The name of a secret, for Call::secret(); never its value.
struct SecretName {
  std::string name;
  explicit operator bool() const noexcept { return !name.empty(); }
};

// The words that a field may be; for an enum in the order of its enumerators, which count from 0.
template <std::size_t Count>
struct Choices {
  std::array<const char*, Count + 1> words;  // the last is nullptr
};
template <typename... Words>
constexpr Choices<sizeof...(Words)> choices(Words... words) {
  static_assert(sizeof...(Words) > 0, "name at least one choice");
  return {{{words..., nullptr}}};
}

namespace detail {

template <typename T>
struct IsEnum : std::is_enum<T> {};
template <typename T>
struct IsEnum<std::optional<T>> : IsEnum<T> {};
template <typename T>
struct IsEnum<std::vector<T>> : IsEnum<T> {};

}  // namespace detail

template <typename Owner, typename Member, std::size_t ChoiceCount>
struct Field {
  const char* name;
  Member Owner::*member;
  const char* doc;
  const char* range;
  Choices<ChoiceCount> choices;
  std::uint32_t flags;

  // Must be given: it has no default.
  constexpr Field required() const { return with(CONFITURE_PARAM_REQUIRED); }
  // Still read, but the host warns.
  constexpr Field deprecated() const { return with(CONFITURE_PARAM_DEPRECATED); }

 private:
  constexpr Field with(std::uint32_t flag) const {
    Field changed = *this;
    changed.flags |= flag;
    return changed;
  }
};

// `name` is [a-z0-9_]+, `doc` one sentence, `range` "1..64", "0.." or "..10": of a number, of the
// length of a string in bytes, of a duration in milliseconds. All of them static text.
template <typename Owner, typename Member>
constexpr auto field(const char* name, Member Owner::*member, const char* doc,
                     const char* range = nullptr) {
  static_assert(!detail::IsEnum<Member>::value, "a field of an enum needs confiture::choices(...)");
  return Field<Owner, Member, 0>{name, member, doc, range, {}, 0};
}
template <typename Owner, typename Member, std::size_t Count>
constexpr auto field(const char* name, Member Owner::*member, const char* doc,
                     Choices<Count> choices) {
  return Field<Owner, Member, Count>{name, member, doc, nullptr, choices, 0};
}

template <typename... Fields>
struct Params {
  std::tuple<Fields...> fields;
};
template <typename... Fields>
constexpr Params<Fields...> params(Fields... fields) {
  return {{fields...}};
}

}  // namespace confiture
#pragma GCC visibility pop
