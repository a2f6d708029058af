// SPDX-License-Identifier: MIT
// Whether the CHECKs of a table say that its rows fit a partition's bound, so that ATTACH PARTITION
// reads none of them.
#pragma once

#include "plugins/common/rule.hpp"

namespace plugins::safety {

// The constants that a bound names, as literals are written: no MINVALUE, MAXVALUE or NULL.
std::vector<std::string> bound_values(const Tree& bound);

// Whether the valid CHECKs of the table name all of the values; true for none.
bool checks_name(const Node& table, const std::vector<std::string>& values, const Report& report);

// Of a range or a list over plain columns. `bound` is a PartitionBoundSpec.
bool checks_imply(const Node& table, const Node& parent, const Tree& bound, const Report& report);

}  // namespace plugins::safety
