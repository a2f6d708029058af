// SPDX-License-Identifier: MIT
// locale.hpp - what people and places are called in a language: the lists that made-up people are
// put together from.
#pragma once

#include <span>
#include <string_view>

namespace person {

struct City {
  std::string_view name, postcode;
};

struct Locale {
  std::span<const std::string_view> female_names, male_names, last_names, streets;
  std::span<const City> cities;
  bool number_first;  // "12 High Street"; else "Hauptstraße 12"
};

extern const Locale english, french, german;

}  // namespace person
