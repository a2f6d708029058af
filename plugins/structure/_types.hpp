// SPDX-License-Identifier: MIT
// Another type for a column, where CREATE TABLE or ADD COLUMN defines it.
#pragma once

#include <string>

#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"

namespace plugins::structure {

// Mends a finding of the column's file. What another table gives is left.
inline void retype(Finding& finding, const Node& column, const std::string& type) {
  if (const auto written = type_of(column)) finding.fix(written->offset, written->end_offset, type);
}

}  // namespace plugins::structure
