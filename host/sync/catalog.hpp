// SPDX-License-Identifier: MIT
// What a database holds, as far as a copy needs to know: one reader for the source and the target.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/postgres/quote.hpp"

namespace host::sync {

using postgres::TableName;

struct Column {
  std::string name;
  std::string type_name;       // of the base type below domains: int4, varchar, text[]
  std::string sql_type;        // as declared: character varying(40), public.year
  std::uint32_t type_oid = 0;  // of the base type, built-in ones only
  int max_length = 0;          // characters, of varchar(n) and char(n); 0: none
  bool not_null = false;       // the column's or its domain's
  bool generated = false;
  bool has_default = false;  // identity included
  bool array = false;        // type_name ends in []
  bool enumerated = false;
  bool folds_texts = false;        // a collation under which different texts are equal
  std::uint32_t relation = 0;      // of a composite type, or of an array of one: what it is made of
  std::vector<Column> attributes;  // of it

  bool operator==(const Column&) const = default;
};

// Its type as a cast to it names it, without a length: what a value is, not what there is room for.
std::string cast_type(const Column& column);

struct Table {
  std::uint32_t oid = 0;
  TableName name;
  bool partitioned = false;          // holds no rows itself
  bool heap = false;                 // its rows have places: ctid
  std::int64_t bytes = 0;            // on disk, about
  std::int64_t estimated_rows = -1;  // -1: never analyzed
  std::vector<Column> columns;       // in the table's order
  std::vector<std::string> primary_key;
  std::vector<std::uint32_t> parents;  // what it is a partition of, or inherits from

  const Column* find(std::string_view column) const;
};

struct ForeignKey {
  std::string name, definition, comment;
  bool validated = true;
  TableName table, referenced;
  std::vector<std::string> columns, referenced_columns;  // pairs

  bool operator==(const ForeignKey&) const = default;
};

// An index that refuses equal values (or, of an exclusion constraint, conflicting ones), with every
// column that takes part, in an expression or a predicate too.
struct UniqueIndex {
  std::string name;
  TableName table;
  std::vector<std::string> columns;

  bool operator==(const UniqueIndex&) const = default;
};

struct Catalog {
  // Ordinary and partitioned tables that are neither temporary nor an extension's, by name.
  std::vector<Table> tables;
  std::vector<ForeignKey>
      foreign_keys;  // in the order of their making; not their partitions' copies
  std::vector<UniqueIndex> unique_indexes;

  const Table* find(const TableName& name) const;
  const Table* find(std::uint32_t oid) const;
  // The table and everything that it is a part of or inherits from, nearest first.
  std::vector<const Table*> with_ancestors(const Table& table) const;
  // The table names as SQL writes them, for suggestions.
  std::vector<std::string> table_names() const;
};

Catalog read_catalog(postgres::Connection& connection);

}  // namespace host::sync
