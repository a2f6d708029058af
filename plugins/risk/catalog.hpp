// SPDX-License-Identifier: MIT
// What the database that a plan is for says of the objects that a statement names. Every answer may
// be missing: there is no database, or it did not answer at once because somebody holds a lock.
// What is asked takes no lock where that can be; the session's lock_timeout guards the rest.
#pragma once

#include <confiture/classifier.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/column_type.hpp"
#include "plugins/common/table_size.hpp"

namespace plugins::risk {

using confiture::Effects;
using confiture::Result;

struct Name {
  std::string schema, name;  // an empty schema: where the search path leads
  std::string sql() const;
  friend bool operator==(const Name& a, const Name& b) {
    return a.schema == b.schema && a.name == b.name;
  }
};

struct Relation : TableSize {
  std::string oid;
  Name name;
  char kind = 'r';  // pg_class.relkind
  bool partition = false, row_security = false, published = false;
  bool references = false, referenced = false;    // by foreign keys of or to others
  std::optional<Name> default_partition, parent;  // of a partition: what it is one of
  std::vector<Name> partitions;

  bool partitioned() const { return kind == 'p'; }
};

struct Column {
  // Texts that ColumnType looks at.
  std::string type_name, type_sql;
  ColumnType type;
  bool not_null = false, indexed = false, read_by_views = false;
  std::string collation;
};

struct Constraint {
  char kind = 'c';  // pg_constraint.contype
  std::optional<Name> referenced;
};

class Catalog {
 public:
  // For one statement. Answers are kept for the next.
  void ask_through(const Effects& effects) { effects_ = &effects; }

  bool online();
  // Of the last statement: an answer did not come.
  bool failed() const { return failed_; }
  void forget_failure() { failed_ = false; }

  const Relation* relation(const Name& name);  // nullptr: not there, or not known
  std::optional<Column> column(const Relation& relation, std::string_view name);
  std::optional<Constraint> constraint(const Relation& relation, std::string_view name);
  std::vector<Name> foreign_keys_over(const Relation& relation, std::string_view column);
  bool has_valid_not_null_check(const Relation& relation, std::string_view column);
  bool deletes_cascade(const Relation& relation);
  bool references_column(const Relation& relation, const std::vector<std::string>& columns);
  bool is_constraint_index(const Relation& index);
  std::optional<Name> table_of_index(const Name& index);
  bool has_checks(const Relation& relation);
  // Tables with a column of a type, or of a domain; typed tables; of an owner; in a schema; with
  // columns of types that an extension brought.
  std::vector<Name> tables_of_type(const Name& type);
  std::vector<Name> tables_of_owner(std::string_view role);
  std::vector<Name> tables_in(std::string_view schema);
  std::vector<Name> tables_of_extension(std::string_view extension);
  // Nothing where the index is not known.
  std::optional<bool> index_is_nullable(const Name& index);
  // pg_proc.provolatile of the functions of a name; nothing: unknown. `own`: none of the system's.
  std::optional<char> volatility(const Name& function, bool& own);
  bool function_exists(const Name& function);
  std::optional<bool> domain_constrained(const Name& type);  // nothing: no domain, or not known
  bool type_exists(const Name& type);
  bool schema_exists(std::string_view name);
  std::optional<std::int64_t> estimated_rows(std::string_view sql);
  bool utc();

 private:
  std::optional<Result> rows(std::string_view sql,
                             const confiture::QueryParameters& parameters = {});
  std::vector<Name> names(std::string_view sql, const confiture::QueryParameters& parameters);
  void note_partitions(Relation& relation);

  const Effects* effects_ = nullptr;
  std::optional<bool> online_;
  bool utc_ = false, failed_ = false;
  std::map<std::string, std::optional<Relation>> relations_;
};

}  // namespace plugins::risk
