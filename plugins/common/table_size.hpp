// SPDX-License-Identifier: MIT
// How many rows a table of the database has, and how many bytes: what turns a long lock into a
// short one. For rules and classifiers.
#pragma once

#include <confiture/query.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace plugins {

// From which size on work that keeps others waiting is over in a moment, or takes hours.
struct SizeLimits {
  std::int64_t small_rows = 10'000, small_bytes = std::int64_t{8} << 20;
  std::int64_t large_rows = 100'000'000, large_bytes = std::int64_t{10} << 30;
};

struct TableSize {
  std::optional<std::int64_t> rows, bytes;  // nothing: not known
  bool rows_counted = false;                // else estimated

  bool small(const SizeLimits& limits = {}) const;
  bool large(const SizeLimits& limits = {}) const;
  std::string words() const;  // "about 120000 rows, 14 MB"; empty where nothing is known
};

// Nothing where the database did not answer.
using Ask = std::function<std::optional<confiture::Result>(
    std::string_view sql, const confiture::QueryParameters& parameters)>;

// Of a table with its partitions, or of a materialized view. The planner's way: rows a page as they
// were counted last, on the pages that there are now. A small table is counted, if `name`, as SQL
// writes it, is not empty.
TableSize measure_table(const Ask& ask, const std::string& oid, const std::string& name,
                        const SizeLimits& limits = {});

}  // namespace plugins
