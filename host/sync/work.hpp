// SPDX-License-Identifier: MIT
// What is left to copy, a piece at a time: whole tables, and large ones in ranges of pages, so that
// several readers of one snapshot share them and end together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "host/sync/plan.hpp"

namespace host::sync {

struct Piece {
  std::size_t table = 0;           // in Plan::tables
  std::optional<PageRange> pages;  // nothing: all of it
};

// How a source's tables may be cut.
struct Cutting {
  bool possible = false;  // the server finds a range of pages without reading the others
  std::int64_t page_bytes = 8192;
  std::int64_t piece_bytes = 32 * 1024 * 1024;
};

// One thread.
class Work {
 public:
  // `done`: by table of the plan, those that need no copy any more.
  Work(const Plan& plan, const Catalog& source, const Cutting& cutting,
       const std::vector<bool>& done);

  // The next piece of the table of which most is left; nothing: all were given away.
  std::optional<Piece> next();
  std::size_t pieces_of(std::size_t table) const { return tables_[table].pieces; }

 private:
  struct Rest {
    std::deque<Piece> left;
    std::size_t pieces = 0;  // in all
    std::int64_t bytes = 0;  // left, about
    std::int64_t piece_bytes = 0;
  };
  std::vector<Rest> tables_;  // as in the plan
};

}  // namespace host::sync
