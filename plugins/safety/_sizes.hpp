// SPDX-License-Identifier: MIT
// Findings about work that keeps others waiting, by how large the table is in the database of the
// environment, where one is given: the same statement is nothing for twenty rows, and an outage for
// a billion.
#pragma once

#include <cstdint>

#include "plugins/common/rule.hpp"

namespace plugins::safety {

struct Sizes {
  std::int64_t small_rows = 10'000, small_mb = 8, large_rows = 100'000'000, large_mb = 10'240;
  static constexpr auto params = confiture::params(
      field("small_rows", &Sizes::small_rows, "A small table has fewer rows than this", "0.."),
      field("small_mb", &Sizes::small_mb, "and fewer megabytes than this", "0.."),
      field("large_rows", &Sizes::large_rows, "A large table has more rows than this", "0.."),
      field("large_mb", &Sizes::large_mb, "or more megabytes than this", "0.."));
  static constexpr const char* doc =
      "Of the table in the environment's database: a small one makes it a hint, a large one "
      "critical";

  // Gives the finding its hint, the size in it, and of a small or a large table a severity of its
  // own. `at` is the statement or the action, and names the table unless `table` does.
  Finding& weigh(const Report& report, const Node& at, Finding& finding, std::string hint) const;
  Finding& weigh(const Report& report, const Node& at, std::string_view table, Finding& finding,
                 std::string hint) const;
};

}  // namespace plugins::safety
