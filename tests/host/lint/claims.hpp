// SPDX-License-Identifier: MIT
// What rules about a schema say of locks, rewrites and scans: what a statement does where the rule
// has a finding, and where it has none.
#pragma once

namespace host::lint {

struct Claim {
  const char* rule;
  const char* bad;        // a schema with a finding
  const char* statement;  // and what it is about
  const char* effects;    // "lock t share, rewrite t, scan t", or "fails 0A000"
  const char* good;       // a schema without
  const char* instead;    // the statement there
  const char* spared;     // its effects
  bool live = false;      // told by a database's statistics: the linter is not asked
};

// Enough rows for an index to be worth its while.
#define ROWS(values) " INSERT INTO t SELECT " values " FROM generate_series(1, 20000) i; ANALYZE t;"

inline constexpr Claim claims[] = {
    {"performance.table_without_index", "CREATE TABLE t (a int NOT NULL, b text);" ROWS("i, 'b'"),
     "UPDATE t SET b = 'c' WHERE a = 5", "scan t",
     "CREATE TABLE t (a int PRIMARY KEY, b text);" ROWS("i, 'b'"),
     "UPDATE t SET b = 'c' WHERE a = 5", ""},
    {"performance.foreign_key_without_index",
     "CREATE TABLE r (id int PRIMARY KEY); INSERT INTO r SELECT generate_series(1, 2000); ANALYZE "
     "r;"
     "CREATE TABLE t (id int PRIMARY KEY, r_id int REFERENCES r);" ROWS("i, i % 1000 + 1"),
     "DELETE FROM r WHERE id = 2000", "scan t",
     "CREATE TABLE r (id int PRIMARY KEY); INSERT INTO r SELECT generate_series(1, 2000); ANALYZE "
     "r;"
     "CREATE TABLE t (id int PRIMARY KEY, r_id int REFERENCES r); CREATE INDEX ON t (r_id);" ROWS(
         "i, i % 1000 + 1"),
     "DELETE FROM r WHERE id = 2000", ""},
    {"performance.function_on_indexed_column",
     "CREATE TABLE t (id int PRIMARY KEY, mail text UNIQUE); CREATE VIEW v AS SELECT id FROM t "
     "WHERE lower(mail) = 'a';" ROWS("i, i::text"),
     "SELECT * FROM v", "scan t",
     "CREATE TABLE t (id int PRIMARY KEY, mail text UNIQUE); CREATE INDEX ON t (lower(mail)); "
     "CREATE "
     "VIEW v AS SELECT id FROM t WHERE lower(mail) = 'a';" ROWS("i, i::text"),
     "SELECT * FROM v", ""},
    {"performance.leading_wildcard_like",
     "CREATE TABLE t (id int, mail text COLLATE \"C\" PRIMARY KEY); CREATE VIEW v AS SELECT id "
     "FROM t "
     "WHERE mail LIKE '%7x';" ROWS("i, i::text"),
     "SELECT * FROM v", "scan t",
     "CREATE TABLE t (id int, mail text COLLATE \"C\" PRIMARY KEY); CREATE VIEW v AS SELECT id "
     "FROM t "
     "WHERE mail LIKE 'x7%';" ROWS("i, i::text"),
     "SELECT * FROM v", ""},
    {"performance.view_order_by_random",
     "CREATE TABLE t (id int PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t ORDER BY random() "
     "LIMIT "
     "1;" ROWS("i"),
     "SELECT * FROM v", "scan t",
     "CREATE TABLE t (id int PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t TABLESAMPLE SYSTEM "
     "(1) "
     "LIMIT 1;" ROWS("i"),
     "SELECT * FROM v", ""},
    {"structure.prefer_bigint_over_int", "CREATE TABLE t (id bigint PRIMARY KEY, n int);",
     "ALTER TABLE t ALTER n TYPE bigint", "lock t access_exclusive, rewrite t, scan t",
     "CREATE TABLE t (id bigint PRIMARY KEY, n bigint);", "ALTER TABLE t ALTER n TYPE bigint",
     "lock t access_exclusive"},
    {"structure.prefer_bigint_primary_key",
     "CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (id bigint PRIMARY KEY, r_id int "
     "REFERENCES "
     "r); INSERT INTO r VALUES (1); INSERT INTO t VALUES (1, 1);",
     "ALTER TABLE r ALTER id TYPE bigint",
     "lock r access_exclusive, lock t access_exclusive, rewrite r, scan r, scan t",
     "CREATE TABLE r (id bigint PRIMARY KEY); CREATE TABLE t (id bigint PRIMARY KEY, r_id bigint "
     "REFERENCES r); INSERT INTO r VALUES (1); INSERT INTO t VALUES (1, 1);",
     "ALTER TABLE r ALTER id TYPE bigint", "lock r access_exclusive, lock t access_exclusive"},
    {"structure.prefer_text_over_varchar",
     "CREATE TABLE t (id bigint PRIMARY KEY, b varchar(20)); INSERT INTO t VALUES (1, 'b');",
     "ALTER TABLE t ALTER b TYPE varchar(10)", "lock t access_exclusive, rewrite t, scan t",
     "CREATE TABLE t (id bigint PRIMARY KEY, b text CONSTRAINT c CHECK (char_length(b) <= 20)); "
     "CREATE VIEW v AS SELECT b FROM t; INSERT INTO t VALUES (1, 'b');",
     "ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (char_length(b) <= 10) NOT VALID",
     "lock t access_exclusive"},
    {"structure.prefer_text_over_varchar",
     "CREATE TABLE t (id bigint PRIMARY KEY, b varchar(20)); CREATE VIEW v AS SELECT b FROM t;",
     "ALTER TABLE t ALTER b TYPE varchar(30)", "fails 0A000",
     "CREATE TABLE t (id bigint PRIMARY KEY, b text); CREATE VIEW v AS SELECT b FROM t;",
     "ALTER TABLE t ADD CONSTRAINT c CHECK (char_length(b) <= 30) NOT VALID",
     "lock t access_exclusive"},
    {"performance.live_sequence_overflow", "CREATE TABLE t (id serial PRIMARY KEY);",
     "ALTER TABLE t ALTER id TYPE bigint", "lock t access_exclusive, rewrite t, scan t",
     "CREATE TABLE t (id bigserial PRIMARY KEY);", "ALTER TABLE t ALTER id TYPE bigint",
     "lock t access_exclusive", true},
};
#undef ROWS

// Rules that use such words of something else than what a statement locks, rewrites or scans.
inline constexpr const char* no_claims[] = {
    "performance.column_alignment",     // no statement changes the order of columns
    "performance.index_includes_null",  // the rows that an index has entries for
    "performance.too_many_columns",     // how much of a row is written and read
    // Rows that are lost.
    "safety.delete_without_where", "safety.drop_owned", "safety.drop_schema",
    "safety.force_recreate_table",
    // Something that is made anew by whoever wrote it.
    "safety.drop_column_removes_constraint", "safety.edited_migration",
    // Rows that somebody is shown.
    "security.definer_view", "security.foreign_table_exposed", "security.policy_without_rls",
    "security.rls_policy_always_true", "security.rls_required", "security.role_superuser",
    "security.sensitive_columns_exposed",
    "structure.disallow_rule",               // the text of a query is rewritten
    "structure.foreign_key_self_reference",  // what holds for every row
    "structure.prefer_timestamptz",          // how a value is read
};

}  // namespace host::lint
