// SPDX-License-Identifier: MIT
// Which tables the statements of migrations name, asked before they run.
#pragma once

#include <confiture/plugin.hpp>

#include <string>
#include <vector>

namespace backup {

// The tables that are there and that a statement of the event's migration, or of its plan, names;
// partitions and children with them. With their schemas, quoted, in the order of their names.
// Throws confiture::Error for a statement without a parse tree, or that touches tables without
// naming them (DO, CALL, DROP OWNED, a CASCADE of anything but a table).
std::vector<std::string> touched_tables(const confiture::Event& event, confiture::Context& context);

// Those that a person lists, as SQL writes them. Throws confiture::Error for one that is not there.
std::vector<std::string> listed_tables(const std::vector<std::string>& names,
                                       confiture::Context& context);

}  // namespace backup
