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
  CONFITURE_NODE_PLAN = 17,
  CONFITURE_NODE_DATABASE = 18, /* the whole schema: one a run, its lists hold everything */
  CONFITURE_NODE_SEQUENCE = 19,
  CONFITURE_NODE_DOMAIN = 20,
  CONFITURE_NODE_COMPOSITE_TYPE = 21,
  CONFITURE_NODE_RANGE_TYPE = 22,
  CONFITURE_NODE_INDEX_KEY = 23, /* in LIST_KEYS: a column or an expression, and its order */
  CONFITURE_NODE_SETTING = 24,   /* NAME and VALUE: a storage parameter, SET of a function, ... */
  CONFITURE_NODE_REWRITE_RULE = 25,
  CONFITURE_NODE_ROLE = 26,
  CONFITURE_NODE_PUBLICATION = 27,
  CONFITURE_NODE_REFERENCE = 28, /* a name that nothing defines; REFERRER says who uses it */
  CONFITURE_NODE_LOCK = 29,      /* in LIST_LOCKS: TARGET, LOCK_MODE and the STATEMENT that took it */
  CONFITURE_NODE_ARGUMENT = 30,
  CONFITURE_NODE_ENUM_VALUE = 31,
  CONFITURE_NODE_FOREIGN_TABLE = 32
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
  CONFITURE_PROP_ON_UPDATE = 22,       /* the same */
  CONFITURE_PROP_WRITTEN_NAME = 23,    /* only where the server cuts the name: all of it */
  CONFITURE_PROP_NEW_NAME = 24,        /* rename_*: the new name; set_schema: the new schema */
  CONFITURE_PROP_OWNER = 25,           /* after OWNER TO or AUTHORIZATION */
  CONFITURE_PROP_LANGUAGE = 26,        /* functions, DO: sql, plpgsql, c, ... */
  CONFITURE_PROP_VOLATILITY = 27,      /* functions: volatile, stable, immutable */
  CONFITURE_PROP_PARALLEL = 28,        /* functions: unsafe, restricted, safe */
  CONFITURE_PROP_SIGNATURE = 29,       /* functions: the types of the input: "int4, text[]" */
  CONFITURE_PROP_RETURN_TYPE = 30,     /* functions; "setof t" for sets; none for procedures */
  CONFITURE_PROP_BODY = 31,            /* functions, DO: the text of the body */
  CONFITURE_PROP_BODY_ERROR = 32,      /* functions, DO: why the body cannot be read as PL/pgSQL */
  CONFITURE_PROP_PRIVILEGES = 33,      /* grants: "select, insert", or "all" */
  CONFITURE_PROP_GRANTEE = 34,         /* grants: a role, or "public" */
  CONFITURE_PROP_OBJECT_TYPE = 35,     /* grants, references, statements: table, function, ... */
  CONFITURE_PROP_COMMAND = 36,         /* policies, rewrite rules: all, select, insert, ... */
  CONFITURE_PROP_ROLES = 37,           /* policies: "public", "alice, bob" */
  CONFITURE_PROP_USING_SQL = 38,       /* policies, and ALTER COLUMN TYPE ... USING */
  CONFITURE_PROP_CHECK_SQL = 39,       /* policies: WITH CHECK */
  CONFITURE_PROP_TIMING = 40,          /* triggers: before, after, instead_of */
  CONFITURE_PROP_EVENTS = 41,          /* triggers: "insert, update, delete, truncate" */
  CONFITURE_PROP_FUNCTION_NAME = 42,   /* triggers: as SQL writes it */
  CONFITURE_PROP_WHEN_SQL = 43,        /* triggers */
  CONFITURE_PROP_PARTITION_STRATEGY = 44,  /* range, list, hash */
  CONFITURE_PROP_PARTITION_KEY_SQL = 45,   /* "created_at, lower(name)" */
  CONFITURE_PROP_PARTITION_BOUND_SQL = 46, /* "FROM (1) TO (9)", "IN (1)", "DEFAULT" */
  CONFITURE_PROP_COLLATION = 47,           /* columns, domains, index keys */
  CONFITURE_PROP_OPERATOR_CLASS = 48,      /* index keys, where it is written */
  CONFITURE_PROP_IDENTITY_KIND = 49,       /* always, by_default */
  CONFITURE_PROP_REPLICA_IDENTITY = 50,    /* tables: full, nothing, index; none: the default */
  CONFITURE_PROP_VALUE = 51,               /* settings, and SET NAME = VALUE */
  CONFITURE_PROP_LABEL = 52,               /* SECURITY LABEL */
  CONFITURE_PROP_LOCK_MODE = 53, /* statements, subcommands: the strongest lock on the target,
                                    access_exclusive ... access_share; none: no relation lock */
  CONFITURE_PROP_NO_TRANSACTION_REASON = 54, /* statements that a transaction block refuses */
  CONFITURE_PROP_USING_INDEX = 55,           /* constraints: USING INDEX name */
  CONFITURE_PROP_ARGUMENT_MODE = 56,         /* in, out, inout, variadic, table */
  CONFITURE_PROP_REFERRER = 57, /* references: foreign_key, index, trigger, policy, comment, ... */
  CONFITURE_PROP_TYPE_SQL = 58, /* columns, arguments: as it is written, varchar(20) */
  CONFITURE_PROP_TABLESPACE = 59,
  CONFITURE_PROP_REFERENCED_NAME = 60 /* foreign keys: the table as it is written */
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
  CONFITURE_PROP_CREATED_HERE = 117, /* the statement's object is made by an earlier statement
                                        of the same file */
  CONFITURE_PROP_NAMED = 118,         /* constraints, indexes: the author chose the name */
  CONFITURE_PROP_SERIAL = 119,        /* columns written as serial, bigserial, smallserial */
  CONFITURE_PROP_HAS_PRECISION = 120, /* numeric(10,2), timestamp(0), ... */
  CONFITURE_PROP_PRECISION = 121,     /* digits of a numeric, fractional digits of a time */
  CONFITURE_PROP_SCALE = 122,
  CONFITURE_PROP_ARRAY_DIMENSIONS = 123,
  CONFITURE_PROP_DEFERRABLE = 124,
  CONFITURE_PROP_INITIALLY_DEFERRED = 125,
  CONFITURE_PROP_NULLS_NOT_DISTINCT = 126,
  CONFITURE_PROP_DESCENDING = 127,  /* index keys */
  CONFITURE_PROP_NULLS_FIRST = 128, /* index keys; also where DESC implies it */
  CONFITURE_PROP_SECURITY_DEFINER = 129,
  CONFITURE_PROP_REPLACE = 130, /* CREATE OR REPLACE */
  CONFITURE_PROP_STRICT = 131,
  CONFITURE_PROP_LEAKPROOF = 132,
  CONFITURE_PROP_PROCEDURE = 133,
  CONFITURE_PROP_PUBLIC_EXECUTE = 134, /* functions: PUBLIC may execute it, as by default */
  CONFITURE_PROP_ROW_SECURITY = 135,
  CONFITURE_PROP_FORCE_ROW_SECURITY = 136,
  CONFITURE_PROP_PERMISSIVE = 137,
  CONFITURE_PROP_GRANT_OPTION = 138,
  CONFITURE_PROP_DEFAULT_PRIVILEGE = 139, /* grants: of ALTER DEFAULT PRIVILEGES */
  CONFITURE_PROP_SECURITY_INVOKER = 140,  /* views */
  CONFITURE_PROP_SECURITY_BARRIER = 141,  /* views */
  CONFITURE_PROP_FOR_EACH_ROW = 142,
  CONFITURE_PROP_DEFAULT_PARTITION = 143,
  CONFITURE_PROP_ASSUMED = 144,   /* tables that no statement made: known only by their changes */
  CONFITURE_PROP_HAS_WHERE = 145, /* UPDATE, DELETE */
  CONFITURE_PROP_DYNAMIC = 146,   /* statements of a body: EXECUTE of a text made at run time */
  CONFITURE_PROP_IN_BODY = 147,   /* statements of a DO block or of a function */
  CONFITURE_PROP_SERVER_VERSION = 148, /* as server_version_num: 150004; statements, database */
  CONFITURE_PROP_LOCK_TIMEOUT = 149,   /* statements: milliseconds in force, 0: none */
  CONFITURE_PROP_STATEMENT_TIMEOUT = 150,
  CONFITURE_PROP_IDLE_TIMEOUT = 151,      /* idle_in_transaction_session_timeout */
  CONFITURE_PROP_HAS_DOWN = 152, /* files: there is a way down, or their layout knows none */
  CONFITURE_PROP_TRANSACTION_BLOCK = 153, /* statements between the file's own BEGIN and COMMIT */
  CONFITURE_PROP_TRANSACTIONAL = 154,     /* files: the host runs it in one transaction */
  CONFITURE_PROP_ENABLED = 155,           /* triggers */
  CONFITURE_PROP_ONLY = 156,              /* statements: ALTER TABLE ONLY, CREATE INDEX ON ONLY */
  CONFITURE_PROP_LOCAL = 157,             /* SET LOCAL */
  CONFITURE_PROP_MIGRATION = 158,         /* files, statements: of a migration */
  CONFITURE_PROP_ALL_TABLES = 159,        /* publications */
  CONFITURE_PROP_TREE_OFFSET = 160, /* statements, objects: where "location" 0 of its tree lies */
  CONFITURE_PROP_BODY_OFFSET = 161, /* functions, DO: where the body begins in the file */
  CONFITURE_PROP_APPLIED = 162,     /* files: of a migration known to be applied somewhere */
  CONFITURE_PROP_EDITED = 163       /* files: applied, and not what they were then */
};
enum { /* links, to one node */
  CONFITURE_LINK_PARENT = 200,
  CONFITURE_LINK_REFERENCED_TABLE = 201, /* foreign keys */
  CONFITURE_LINK_TARGET = 202, /* statements, subcommands: the object, as it was before, if known */
  CONFITURE_LINK_RESULT = 203, /* the same: what it made or changed, as it was right after */
  CONFITURE_LINK_OTHER = 204,  /* the second object of a statement: the partition of ATTACH and
                                  DETACH, the parent of CREATE TABLE ... PARTITION OF */
  CONFITURE_LINK_COLUMN = 205, /* index keys, sequences that a column owns */
  CONFITURE_LINK_TYPE = 206,   /* columns, domains: the domain, enum or composite type it is of */
  CONFITURE_LINK_PARTITION_OF = 207,
  CONFITURE_LINK_FUNCTION = 208, /* triggers */
  CONFITURE_LINK_STATEMENT = 209 /* locks: the statement that took it */
};
enum { /* lists, of nodes */
  CONFITURE_LIST_CHILDREN = 300,
  CONFITURE_LIST_COLUMNS = 301, /* tables, indexes (keys), constraints, grants on columns */
  CONFITURE_LIST_INDEXES = 302,
  CONFITURE_LIST_CONSTRAINTS = 303,
  CONFITURE_LIST_REFERENCED_COLUMNS = 304, /* foreign keys */
  CONFITURE_LIST_INCLUDED_COLUMNS = 305,   /* indexes: INCLUDE (...) */
  CONFITURE_LIST_TABLES = 306,
  CONFITURE_LIST_STATEMENTS = 307,
  CONFITURE_LIST_SUBCOMMANDS = 308,
  CONFITURE_LIST_KEYS = 309,          /* indexes: INDEX_KEY, in order */
  CONFITURE_LIST_ARGUMENTS = 310,     /* functions */
  CONFITURE_LIST_SETTINGS = 311,      /* functions, tables, views, indexes, roles; the header
                                         comments of a migration's file */
  CONFITURE_LIST_READS = 312,         /* views: the relations in their query */
  CONFITURE_LIST_READ_BY = 313,       /* relations: the views */
  CONFITURE_LIST_REFERENCED_BY = 314, /* tables: the foreign keys that point here */
  CONFITURE_LIST_TRIGGERS = 315,
  CONFITURE_LIST_POLICIES = 316,
  CONFITURE_LIST_GRANTS = 317,
  CONFITURE_LIST_PARTITIONS = 318,
  CONFITURE_LIST_PARENTS = 319,       /* tables: INHERITS */
  CONFITURE_LIST_REDEFINITIONS = 320, /* the other definitions of the same object */
  CONFITURE_LIST_VALUES = 321,        /* enum types */
  CONFITURE_LIST_BODY = 322,          /* functions, DO: the SQL statements in the PL/pgSQL */
  CONFITURE_LIST_LOCKS = 323, /* statements: what earlier ones of the same transaction still hold */
  CONFITURE_LIST_VIEWS = 324,
  CONFITURE_LIST_FUNCTIONS = 325,
  CONFITURE_LIST_FILES = 326,
  CONFITURE_LIST_SEQUENCES = 327,
  CONFITURE_LIST_TYPES = 328, /* enum, domain, composite and range types */
  CONFITURE_LIST_EXTENSIONS = 329,
  CONFITURE_LIST_SCHEMAS = 330,
  CONFITURE_LIST_ROLES = 331,
  CONFITURE_LIST_PUBLICATIONS = 332
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
