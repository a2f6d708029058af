// SPDX-License-Identifier: MIT
// A decision for every column: what a strict run insists on, and a first file of decisions for
// those who have none yet.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "host/extensions/registry.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/decisions.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

// The types that columns had when the target was last filled: by table and column.
using ColumnTypes = std::map<TableName, std::map<std::string, std::string>>;

// Throws sync.undecided, which names at once every column of these tables that has no decision, has
// another type than when it was decided, or is kept although its name or its values look personal
// and no waiver holds, with a suggested strategy each. `source` is in a transaction.
void require_decisions(const Catalog& catalog, const std::vector<const Table*>& tables,
                       const Decisions& decisions, const extensions::Registry& registry,
                       postgres::Connection& source, const ColumnTypes& last_types);

// The anonymization section in YAML: a decision for each column that has none. Empty: all have one.
std::string suggest_decisions(const Catalog& catalog, const std::vector<const Table*>& tables,
                              const Decisions& decisions, const extensions::Registry& registry,
                              postgres::Connection& source);

// The same, of the selected tables of a database.
std::string suggest_for(const Selection& selection, const config::Anonymization& anonymization,
                        const extensions::Registry& registry, postgres::Connection& source);

// Whether the column may be copied although it looks personal: kept with a waiver that holds today.
bool is_waived(const Decision& decision);

}  // namespace host::sync
