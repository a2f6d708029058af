// SPDX-License-Identifier: MIT
// Types of columns as far as their storage goes: what ALTER COLUMN ... TYPE does to the rows, as it
// was measured on PostgreSQL 12 to 18.
#pragma once

#include <cstdint>
#include <string_view>

#include "plugins/common/rule.hpp"

namespace plugins {

// A type with its domains taken off.
struct ColumnType {
  std::string_view name;  // pg_type.typname; empty: not known
  std::string_view sql;   // as written
  bool array = false;
  std::int64_t length = 0;  // of varchar, bpchar, bit and varbit; 0: any
  bool has_precision = false;
  std::int64_t precision = 0, scale = 0;
  bool constrained = false;  // by a domain
  bool enumeration = false;
};

// Of a column or a domain; nothing is known of an empty node.
ColumnType type_of(const Node& column);

// Whether a domain, or one that it is made of, has a CHECK or is NOT NULL.
bool is_constrained(const Node& domain);

// Whether rows need not be written again. `utc`: the session's time zone is UTC.
bool keeps_rows(const ColumnType& from, const ColumnType& to, bool utc);
// Where rows are kept: whether indexes of the column are built again nevertheless.
bool rebuilds_indexes(const ColumnType& from, const ColumnType& to);
// Whether values can be lost, cut, rounded, or refused so that the statement fails.
bool narrows(const ColumnType& from, const ColumnType& to);

}  // namespace plugins
