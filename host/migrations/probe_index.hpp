// SPDX-License-Identifier: MIT
// Probes of statements about indexes. Internal to probe.cpp.
#pragma once

#include "host/migrations/probe.hpp"
#include "host/sql/tree.hpp"

namespace host::migrations {

// A name as SQL writes it, the schema in front where there is one.
std::string qualified(std::string_view schema, std::string_view name);
// Of a RangeVar.
std::string relation_name(const sql::tree::Object& relation);

// IndexStmt, DropStmt with CONCURRENTLY, ReindexStmt.
Finding probe_create_index(const sql::tree::Object& index, postgres::Connection& connection);
Finding probe_drop_index(const sql::tree::Object& drop, postgres::Connection& connection);
Finding probe_reindex(const sql::tree::Object& reindex, postgres::Connection& connection);

}  // namespace host::migrations
