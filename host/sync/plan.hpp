// SPDX-License-Identifier: MIT
// What a sync is going to do, decided and checked against both catalogs before anything moves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/config/parameters.hpp"
#include "host/sync/catalog.hpp"
#include "host/sync/decisions.hpp"

namespace host::sync {

// A column whose values are replaced on the way.
struct MaskedColumn {
  std::string name;
  std::size_t field = 0;  // its index in TablePlan::read
  Strategy strategy;      // its columns bound to fields of TablePlan::read
  std::string domain;
  bool require_change = false;
  Column target;  // what the results must fit
  Place place;
};

// Pages of a table's file, from the first one up to one that is not of it.
struct PageRange {
  std::uint64_t begin = 0, end = 0;  // no end: all that follow
};

struct TablePlan {
  TableName name;
  std::int64_t estimated_rows = -1;  // -1: unknown
  // What is read, by name; the first `written` of them are what is written too. The rest is context
  // for strategies: dropped and generated columns.
  std::vector<Column> read;
  std::size_t written = 0;
  std::vector<MaskedColumn> masked;  // a text of replaced columns behind those columns
  std::vector<Column> dropped;
  std::string where;       // SQL; empty: all rows
  bool binary = false;     // both ends agree on the types, and only texts are looked at on the way
  std::int64_t bytes = 0;  // in the source, about

  const MaskedColumn* find_masked(std::string_view column) const;
  // "SELECT ... FROM ONLY ... WHERE ..." of the columns that are read.
  std::string select_sql(const std::optional<PageRange>& pages = {}) const;
  std::string read_sql(const std::optional<PageRange>& pages) const;  // COPY ... TO STDOUT
  // COPY ... FROM STDIN. `freeze`: the transaction has emptied or made the table, so that its rows
  // need not be frozen later.
  std::string write_sql(bool freeze) const;
};

// " WHERE (...)", or "" for none.
std::string where_clause(const std::string& where);

struct Plan {
  std::vector<TablePlan> tables;  // by name
  Catalog target;

  const TablePlan* find(const TableName& name) const;
  bool keyed() const;  // whether a strategy needs the project key
};

struct Selection {
  std::vector<std::string> tables;   // as typed; empty: all
  std::vector<std::string> exclude;  // as typed
  std::vector<std::string> where;    // TABLE=SQL, as typed
};

// The tables to copy, those that hold rows: a partitioned table stands for its partitions. Throws
// sync.unknown_table, sync.nothing_selected.
std::vector<const Table*> select_tables(const Catalog& source, const Selection& selection);

// Throws the first thing that would go wrong: a table or column that the target lacks, a NULL where
// the target has NOT NULL, unique columns whose values would not stay distinct, foreign keys whose
// two sides would be replaced differently.
// `same_version`: of the servers, so that they agree on the binary format.
Plan make_plan(const Catalog& source, Catalog target, const std::vector<const Table*>& selected,
               const Decisions& decisions, bool same_version);

}  // namespace host::sync
