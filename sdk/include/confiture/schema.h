/* SPDX-License-Identifier: MIT */
/* confiture/schema.h - a schema, a plan or a statement as opaque nodes with numbered properties.
 * Properties, links and lists are added for ever without an ABI change: one that a node does not
 * have, or that this host does not know, reads as no value, 0 or NULL. */
#ifndef CONFITURE_SCHEMA_H
#define CONFITURE_SCHEMA_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { /* confiture_schema_v1.kind */
  CONFITURE_NODE_SCHEMA = 1,
  CONFITURE_NODE_TABLE = 2,
  CONFITURE_NODE_COLUMN = 3,
  CONFITURE_NODE_INDEX = 4,
  CONFITURE_NODE_CONSTRAINT = 5,
  CONFITURE_NODE_VIEW = 6, /* also materialized views */
  CONFITURE_NODE_ENUM_TYPE = 7,
  CONFITURE_NODE_FUNCTION = 8,
  CONFITURE_NODE_TRIGGER = 9,
  CONFITURE_NODE_POLICY = 10,
  CONFITURE_NODE_GRANT = 11,
  CONFITURE_NODE_EXTENSION = 12,
  CONFITURE_NODE_FILE = 13,
  CONFITURE_NODE_STATEMENT = 14,
  CONFITURE_NODE_SUBCOMMAND = 15, /* one action of an ALTER TABLE, one object of a DROP */
  CONFITURE_NODE_MIGRATION = 16,
  CONFITURE_NODE_PLAN = 17
};

enum { /* text properties */
  CONFITURE_PROP_NAME = 1,           /* as the catalog spells it, without quotes */
  CONFITURE_PROP_QUALIFIED_NAME = 2, /* as SQL writes it: public."Order Line" */
  CONFITURE_PROP_COMMENT = 3,        /* COMMENT ON */
  CONFITURE_PROP_SQL = 4,            /* statements, migrations, files: their text */
  CONFITURE_PROP_TYPE_NAME = 5,      /* pg_type.typname, "[]" after it for arrays: int4, varchar */
  CONFITURE_PROP_DEFAULT_SQL = 6,
  CONFITURE_PROP_STATEMENT_TAG = 7, /* the server's command tag: CREATE TABLE, ALTER TABLE */
  CONFITURE_PROP_PARSE_TREE_JSON = 8,
  CONFITURE_PROP_VERSION = 9,
  CONFITURE_PROP_CHECKSUM = 10, /* sha256 in hexadecimal */
  CONFITURE_PROP_AUTHOR = 11,
  CONFITURE_PROP_SUMMARY = 12,
  CONFITURE_PROP_RISK = 13, /* none, low, medium, high, critical */
  CONFITURE_PROP_SCHEMA_NAME = 14,
  CONFITURE_PROP_CONSTRAINT_KIND = 15, /* primary_key, unique, foreign_key, check, exclude, not_null */
  CONFITURE_PROP_ACCESS_METHOD = 16,   /* indexes: btree, gin, ... */
  CONFITURE_PROP_PREDICATE_SQL = 17,   /* partial indexes: the WHERE clause */
  CONFITURE_PROP_EXPRESSION_SQL = 18,  /* checks, generated columns, index keys that are no column */
  CONFITURE_PROP_SUBCOMMAND = 19,      /* drop_table, drop_column, add_column, set_not_null, ... */
  CONFITURE_PROP_BEHAVIOR = 20,        /* cascade or restrict */
  CONFITURE_PROP_ON_DELETE = 21,       /* no_action, restrict, cascade, set_null, set_default */
  CONFITURE_PROP_ON_UPDATE = 22        /* the same */
};
enum { /* integer properties; a truth is 1 or 0 */
  CONFITURE_PROP_NULLABLE = 100,
  CONFITURE_PROP_UNIQUE = 101,
  CONFITURE_PROP_PRIMARY_KEY = 102,
  CONFITURE_PROP_TYPE_OID = 103,   /* built-in types only; others are read by name */
  CONFITURE_PROP_MAX_LENGTH = 104, /* characters, of varchar(n) and char(n) */
  CONFITURE_PROP_CONCURRENTLY = 105,
  CONFITURE_PROP_IF_EXISTS = 106,
  CONFITURE_PROP_IF_NOT_EXISTS = 107,
  CONFITURE_PROP_VALID = 108, /* constraints: 0 after NOT VALID */
  CONFITURE_PROP_PARTITIONED = 109, /* tables: has partitions */
  CONFITURE_PROP_PARTITION = 110,   /* tables: is a partition */
  CONFITURE_PROP_TEMPORARY = 111,
  CONFITURE_PROP_UNLOGGED = 112,
  CONFITURE_PROP_GENERATED = 113,
  CONFITURE_PROP_IDENTITY = 114,
  CONFITURE_PROP_MATERIALIZED = 115,
  CONFITURE_PROP_IN_TRANSACTION = 116,
  CONFITURE_PROP_CREATED_HERE = 117 /* the statement's object is made by an earlier statement
                                        of the same file */
};
enum { /* links, to one node */
  CONFITURE_LINK_PARENT = 200,
  CONFITURE_LINK_REFERENCED_TABLE = 201, /* foreign keys */
  CONFITURE_LINK_TARGET = 202 /* statements, subcommands: the object, as it was before, if known */
};
enum { /* lists, of nodes */
  CONFITURE_LIST_CHILDREN = 300,
  CONFITURE_LIST_COLUMNS = 301, /* tables, indexes (keys), constraints */
  CONFITURE_LIST_INDEXES = 302,
  CONFITURE_LIST_CONSTRAINTS = 303,
  CONFITURE_LIST_REFERENCED_COLUMNS = 304, /* foreign keys */
  CONFITURE_LIST_INCLUDED_COLUMNS = 305,   /* indexes: INCLUDE (...) */
  CONFITURE_LIST_TABLES = 306,
  CONFITURE_LIST_STATEMENTS = 307,
  CONFITURE_LIST_SUBCOMMANDS = 308
};

typedef struct confiture_location { /* FROZEN. line and column count from 1; 0 means unknown. */
  confiture_str file;               /* relative to the project where it lies in it */
  uint32_t line, column, end_line, end_column; /* columns count characters, not bytes; the end is
                                                  the place after the last character */
  uint64_t offset, end_offset; /* bytes from the start of the file */
} confiture_location;

#define CONFITURE_SERVICE_SCHEMA "confiture.schema/1" /* always granted */
typedef struct confiture_schema_v1 { /* FROZEN. Nodes outlive the call. */
  uint32_t (*kind)(const confiture_node *) CONFITURE_NOEXCEPT;
  confiture_str (*text)(const confiture_node *, uint32_t prop) CONFITURE_NOEXCEPT;
  int64_t (*integer)(const confiture_node *, uint32_t prop) CONFITURE_NOEXCEPT;
  const confiture_node *(*link)(const confiture_node *, uint32_t link)CONFITURE_NOEXCEPT;
  size_t (*count)(const confiture_node *, uint32_t list) CONFITURE_NOEXCEPT;
  const confiture_node *(*at)(const confiture_node *, uint32_t list,
                              size_t index)CONFITURE_NOEXCEPT;
  void (*location)(const confiture_node *, confiture_location *out) CONFITURE_NOEXCEPT;
} confiture_schema_v1; /* [any]: the model does not change while plugins can see it */

#ifdef __cplusplus
}
#endif
#endif
