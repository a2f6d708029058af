// SPDX-License-Identifier: MIT
// confiture-masks.so: strategies as a function, as a class, and with a cache before a slow look-up.
#include <confiture/plugin.hpp>

#include <cstdint>
#include <string>
#include <string_view>

using namespace confiture;

namespace {

// [function]
std::string initials(std::string_view name) {
  std::string letters;
  bool begins = true;
  for (const char c : name) {
    if (begins && c != ' ') letters += {c, '.'};
    begins = c == ' ';
  }
  return letters;
}
// [function]

// [class]
struct Area {
  std::int64_t keep = 2;
  Column country;
  static constexpr auto params = confiture::params(
      field("keep", &Area::keep, "Characters that stay", "0..5"),
      field("country", &Area::country, "The column that says in which country it is").required());
  static constexpr auto flags = StrategyFlag::deterministic | StrategyFlag::row_local;

  std::string_view rewrite(std::string_view postcode, Row& row) const {
    const std::string_view where = row[country].value_or("");
    if (where == "MC" || where == "VA") return "";  // so few people that any part of it tells
    return postcode.substr(0, static_cast<std::size_t>(keep));
  }
};
// [class]

// A service in the next room, or in the next country.
std::string ask_the_registry(std::string_view postcode) {
  return "region " + std::string(postcode.substr(0, 2));
}

// [cache]
struct Region {
  static constexpr auto flags = StrategyFlag::deterministic | StrategyFlag::row_local;

  std::string_view rewrite(std::string_view postcode, Row& row) const {
    if (const auto known = row.cached(postcode)) return *known;  // by any worker of this run
    return row.cache(postcode, ask_the_registry(postcode));
  }
};
// [cache]

}  // namespace

// [entry]
CONFITURE_PLUGIN("masks", "1.0.0", "Our strategies",
                 strategy("masks.initials", "The initials of a name", initials)
                     .flags(StrategyFlag::deterministic | StrategyFlag::row_local),
                 strategy<Area>("masks.area", "The area of a postcode"),
                 strategy<Region>("masks.region", "The region of a postcode, from the registry"),
                 needs(CONFITURE_SERVICE_CACHE))
// [entry]
