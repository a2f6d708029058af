// SPDX-License-Identifier: MIT
// What a sync tells afterwards: of each table, of each check, and of the run as a whole.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/sync/catalog.hpp"
#include "host/sync/row_rewriter.hpp"

namespace host::sync {

struct TableReport {
  TableName table;
  std::uint64_t rows = 0;
  std::vector<std::string> masked_columns;
  std::vector<MaskCounts> mask_counts;  // of each of them
  std::uint64_t unchanged_cells = 0;    // of all of them
  double duration_ms = 0;
};

struct Check {
  std::string name, status, detail;  // "row_counts", "ok", "22 tables, 33144 rows"
};

struct Report {
  std::vector<TableReport> tables;
  std::uint64_t rows = 0;
  double duration_ms = 0;
  double load_ms = 0, checks_ms = 0;  // parts of it
  std::string published;              // how: "in one transaction: there is little to copy"
  std::vector<Check> checks;
  std::string manifest;  // JSON; empty: none was written
};

}  // namespace host::sync
