// SPDX-License-Identifier: MIT
// refused: a field of an enum needs confiture::choices(...)
#include <confiture/plugin.hpp>

enum class Style { snake, camel };
struct Wrong {
  Style style = Style::snake;
  static constexpr auto params =
      confiture::params(confiture::field("style", &Wrong::style, "How names are written"));
};
