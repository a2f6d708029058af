// SPDX-License-Identifier: MIT
// Statements, whether a rule of safety speaks of them, and what they do on a server: the locks that
// stay to the end of the transaction, the tables that are written again, and those that are read
// from one end to the other.
#pragma once

#include <string>
#include <string_view>

namespace host::lint {

struct Proof {
  const char* rule;  // without "safety."; of another category the whole id
  const char* setup;
  const char* statement;
  const char* effects;  // "lock t share, rewrite t, scan t", or "fails 25001"
  bool found = true;
  int until = 1'000'000;  // the first server_version_num for which another proof holds
  int since = 0;
};

inline std::string id_of(const Proof& proof) {
  const std::string_view rule = proof.rule;
  return (rule.find('.') == std::string_view::npos ? "safety." : "") + std::string(rule);
}

inline constexpr const char* tables =
    "CREATE TABLE r (id int PRIMARY KEY);"
    "CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(10), r_id int, at timestamp);"
    "INSERT INTO r VALUES (1); INSERT INTO t VALUES (1, 1, 'b', 1, now());";
inline constexpr const char* keyed =
    "CREATE TABLE r (id int PRIMARY KEY);"
    "CREATE TABLE t (id int PRIMARY KEY, r_id int CONSTRAINT key REFERENCES r);"
    "INSERT INTO r VALUES (1); INSERT INTO t VALUES (1, 1);";
inline constexpr const char* indexed =
    "CREATE TABLE t (id int PRIMARY KEY, a int, n int NOT NULL); CREATE INDEX i ON t (a);"
    "CREATE UNIQUE INDEX u ON t (a); CREATE UNIQUE INDEX un ON t (n); INSERT INTO t VALUES (1, 1, "
    "1);";
inline constexpr const char* checked =
    "CREATE TABLE t (id int, a int CONSTRAINT there CHECK (a IS NOT NULL));"
    "INSERT INTO t VALUES (1, 1);";
inline constexpr const char* unchecked =
    "CREATE TABLE t (id int, a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;"
    "INSERT INTO t VALUES (1, 1);";
inline constexpr const char* partitioned =
    "CREATE TABLE p (k int NOT NULL) PARTITION BY LIST (k);"
    "CREATE TABLE q PARTITION OF p FOR VALUES IN (1); CREATE TABLE s (k int NOT NULL);"
    "INSERT INTO s VALUES (2);";
inline constexpr const char* with_default =
    "CREATE TABLE p (k int NOT NULL) PARTITION BY LIST (k); CREATE TABLE d PARTITION OF p DEFAULT;"
    "CREATE TABLE s (k int NOT NULL CHECK (k = 2)); INSERT INTO d VALUES (3);";
inline constexpr const char* domains =
    "CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN plain AS int;"
    "CREATE TABLE t (id int, d plain); INSERT INTO t VALUES (1, 1);";
inline constexpr const char* viewed =
    "CREATE TABLE t (id int, a int); INSERT INTO t VALUES (1, 1);"
    "CREATE VIEW v AS SELECT a FROM t; CREATE MATERIALIZED VIEW m AS SELECT a FROM t;"
    "CREATE UNIQUE INDEX mi ON m (a);";
inline constexpr const char* triggered =
    "CREATE TABLE t (id int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RETURN new; END $$;"
    "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();"
    "CREATE POLICY y ON t USING (id > 0);";
inline constexpr const char* states =
    "CREATE TYPE state AS ENUM ('new'); CREATE TABLE t (id int, s state);";

inline constexpr Proof proofs[] = {
    {"require_concurrent_index_creation", tables, "CREATE INDEX ON t (a)", "lock t share, scan t"},
    {"require_concurrent_index_deletion", indexed, "DROP INDEX i", "lock t access_exclusive"},
    {"require_concurrent_reindex", indexed, "REINDEX INDEX i", "lock t share, scan t"},
    {"require_concurrent_refresh", viewed, "REFRESH MATERIALIZED VIEW m",
     "lock m access_exclusive, rewrite m, scan m, scan t"},
    {"require_concurrent_refresh", viewed, "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
     "lock m exclusive, scan m, scan t", false},
    {"require_concurrent_detach", partitioned, "ALTER TABLE p DETACH PARTITION q",
     "lock p access_exclusive, lock q access_exclusive", true, 1'000'000, 140000},
    {"non_transactional_in_transaction", tables, "CREATE INDEX CONCURRENTLY ON t (a)",
     "fails 25001"},
    {"add_check_without_not_valid", tables, "ALTER TABLE t ADD CHECK (a > 0)",
     "lock t access_exclusive, scan t"},
    {"add_check_without_not_valid", tables, "ALTER TABLE t ADD CHECK (a > 0) NOT VALID",
     "lock t access_exclusive", false},
    {"add_foreign_key_without_not_valid", tables,
     "ALTER TABLE t ADD FOREIGN KEY (r_id) REFERENCES r",
     "lock r share_row_exclusive, lock t share_row_exclusive, scan r, scan t"},
    {"add_foreign_key_without_not_valid", tables,
     "ALTER TABLE t ADD FOREIGN KEY (r_id) REFERENCES r NOT VALID",
     "lock r share_row_exclusive, lock t share_row_exclusive", false},
    {"validate_in_same_transaction", tables,
     "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c",
     "lock t access_exclusive, scan t"},
    {"validate_in_same_transaction", unchecked, "ALTER TABLE t VALIDATE CONSTRAINT c",
     "lock t share_update_exclusive, scan t", false},
    {"not_valid_foreign_key_on_partitioned",
     "CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE p (k int) PARTITION BY LIST (k);",
     "ALTER TABLE p ADD FOREIGN KEY (k) REFERENCES r NOT VALID", "fails 42809", true, 180000},
    {"not_valid_foreign_key_on_partitioned",
     "CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE p (k int) PARTITION BY LIST (k);",
     "ALTER TABLE p ADD FOREIGN KEY (k) REFERENCES r NOT VALID",
     "lock p share_row_exclusive, lock r share_row_exclusive", false, 1'000'000, 180000},
    {"add_unique_without_index", tables, "ALTER TABLE t ADD UNIQUE (a)",
     "lock t access_exclusive, scan t"},
    {"add_unique_without_index", indexed, "ALTER TABLE t ADD UNIQUE USING INDEX u",
     "lock t access_exclusive", false},
    {"add_primary_key_without_index", "CREATE TABLE t (id int NOT NULL); INSERT INTO t VALUES (1);",
     "ALTER TABLE t ADD PRIMARY KEY (id)", "lock t access_exclusive, scan t"},
    {"primary_key_nullable_index",
     "CREATE TABLE t (a int); CREATE UNIQUE INDEX u ON t (a); INSERT INTO t VALUES (1);",
     "ALTER TABLE t ADD PRIMARY KEY USING INDEX u", "lock t access_exclusive, scan t"},
    {"primary_key_nullable_index",
     "CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX u ON t (a); INSERT INTO t VALUES (1);",
     "ALTER TABLE t ADD PRIMARY KEY USING INDEX u", "lock t access_exclusive", false},
    {"add_exclusion_constraint", tables, "ALTER TABLE t ADD EXCLUDE USING btree (a WITH =)",
     "lock t access_exclusive, scan t"},
    {"set_not_null", tables, "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
     "lock t access_exclusive, scan t"},
    {"set_not_null", checked, "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
     "lock t access_exclusive", false},
    {"add_required_column", tables, "ALTER TABLE t ADD COLUMN c int NOT NULL", "fails 23502"},
    {"add_column_volatile_default", tables, "ALTER TABLE t ADD COLUMN c float DEFAULT random()",
     "lock t access_exclusive, rewrite t, scan t"},
    {"add_column_volatile_default", tables, "ALTER TABLE t ADD COLUMN c timestamptz DEFAULT now()",
     "lock t access_exclusive", false},
    {"add_column_generated_stored", tables,
     "ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a + 1) STORED",
     "lock t access_exclusive, rewrite t, scan t"},
    {"add_column_serial", tables, "ALTER TABLE t ADD COLUMN c serial",
     "lock t access_exclusive, rewrite t, scan t"},
    {"add_column_identity", tables, "ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS IDENTITY",
     "lock t access_exclusive, rewrite t, scan t"},
    {"add_column_domain", domains, "ALTER TABLE t ADD COLUMN c positive",
     "lock t access_exclusive, rewrite t, scan t"},
    {"add_column_domain", domains, "ALTER TABLE t ADD COLUMN c plain", "lock t access_exclusive",
     false},
    {"add_column_inline_constraint", tables, "ALTER TABLE t ADD COLUMN c int CHECK (c > 0)",
     "lock t access_exclusive, scan t"},
    {"add_column_inline_constraint", tables, "ALTER TABLE t ADD COLUMN c int REFERENCES r",
     "lock r share_row_exclusive, lock t access_exclusive"},
    {"change_column_type", tables, "ALTER TABLE t ALTER COLUMN a TYPE bigint",
     "lock t access_exclusive, rewrite t, scan t"},
    {"change_column_type", tables, "ALTER TABLE t ALTER COLUMN at TYPE timestamptz",
     "lock t access_exclusive, rewrite t, scan t"},
    {"change_column_type", tables, "ALTER TABLE t ALTER COLUMN b TYPE varchar(20)",
     "lock t access_exclusive", false},
    {"change_column_type", tables, "ALTER TABLE t ALTER COLUMN b TYPE text",
     "lock t access_exclusive", false},
    {"change_type_with_check",
     "CREATE TABLE t (b varchar(10) CHECK (b <> '')); INSERT INTO t VALUES ('b');",
     "ALTER TABLE t ALTER COLUMN b TYPE varchar(20)", "lock t access_exclusive, scan t"},
    {"set_tablespace", tables, "ALTER TABLE t SET TABLESPACE confiture_proof",
     "lock t access_exclusive, rewrite t"},
    {"change_type_used_by_view", viewed, "ALTER TABLE t ALTER COLUMN a TYPE bigint", "fails 0A000"},
    {"set_logged", tables, "ALTER TABLE t SET UNLOGGED",
     "lock t access_exclusive, rewrite t, scan t"},
    {"set_logged", "CREATE UNLOGGED TABLE t (id int); INSERT INTO t VALUES (1);",
     "ALTER TABLE t SET LOGGED", "lock t access_exclusive, rewrite t, scan t"},
    {"set_access_method",
     "CREATE ACCESS METHOD other TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE t (id int);"
     "INSERT INTO t VALUES (1);",
     "ALTER TABLE t SET ACCESS METHOD other", "lock t access_exclusive, rewrite t, scan t", true,
     1'000'000, 150000},
    {"vacuum_full", tables, "-- transaction: off\nVACUUM FULL t", "rewrite t, scan t"},
    {"vacuum_full", indexed, "CLUSTER t USING i", "lock t access_exclusive, rewrite t, scan t"},
    {"lock_table", tables, "LOCK TABLE t", "lock t access_exclusive"},
    {"create_trigger", triggered,
     "CREATE TRIGGER h BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
     "lock t share_row_exclusive"},
    {"drop_trigger", triggered, "DROP TRIGGER g ON t", "lock t access_exclusive"},
    {"disable_trigger", triggered, "ALTER TABLE t DISABLE TRIGGER g", "lock t share_row_exclusive"},
    {"row_security_change", triggered, "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
     "lock t access_exclusive"},
    {"row_security_change", triggered, "CREATE POLICY z ON t USING (true)",
     "lock t access_exclusive"},
    {"attach_partition", partitioned, "ALTER TABLE p ATTACH PARTITION s FOR VALUES IN (2)",
     "lock p share_update_exclusive, lock s access_exclusive, scan s"},
    {"attach_partition", with_default, "ALTER TABLE p ATTACH PARTITION s FOR VALUES IN (2)",
     "lock d access_exclusive, lock p share_update_exclusive, lock s access_exclusive, scan d"},
    {"create_partition_locks_parent", partitioned,
     "CREATE TABLE n PARTITION OF p FOR VALUES IN (3)", "lock p access_exclusive"},
    {"drop_foreign_key_locks_parent", keyed, "ALTER TABLE t DROP CONSTRAINT key",
     "lock r access_exclusive, lock t access_exclusive"},
    {"drop_foreign_key_locks_parent", keyed, "DROP TABLE t",
     "lock r access_exclusive, lock t access_exclusive"},
    {"alter_domain_add_constraint", domains, "ALTER DOMAIN plain ADD CHECK (VALUE > 0)",
     "lock t share, scan t"},
    {"alter_domain_add_constraint", domains, "ALTER DOMAIN plain ADD CHECK (VALUE > 0) NOT VALID",
     "", false},
    {"alter_domain_set_not_null", domains, "ALTER DOMAIN plain SET NOT NULL",
     "lock t share, scan t"},
    {"multiple_access_exclusive", tables,
     "ALTER TABLE t ADD COLUMN c int; ALTER TABLE r ADD COLUMN c int",
     "lock r access_exclusive, lock t access_exclusive"},
    {"multiple_access_exclusive", keyed, "ALTER TABLE t DROP COLUMN r_id",
     "lock r access_exclusive, lock t access_exclusive"},
    {"statement_after_access_exclusive", tables,
     "ALTER TABLE r ADD COLUMN c int; UPDATE t SET a = 2 WHERE b = 'b'",
     "lock r access_exclusive, scan t"},
    {"multiple_foreign_keys",
     "CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE s (id int PRIMARY KEY);",
     "CREATE TABLE n (r int REFERENCES r, s int REFERENCES s)",
     "lock r share_row_exclusive, lock s share_row_exclusive"},
    {"require_lock_timeout", keyed, "ALTER TABLE t ADD COLUMN c int", "lock t access_exclusive"},
    {"require_lock_timeout", tables, "CREATE TABLE n (r int REFERENCES r)",
     "lock r share_row_exclusive"},
    {"require_lock_timeout", unchecked, "ALTER TABLE t VALIDATE CONSTRAINT c",
     "lock t share_update_exclusive, scan t", false},
    {"replace_index_order", indexed, "DROP INDEX i; CREATE INDEX j ON t (a)",
     "lock t access_exclusive, scan t"},
    {"function_signature_change",
     "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
     "CREATE OR REPLACE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT 1'", "fails 42P13"},
    {"function_signature_change",
     "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
     "CREATE OR REPLACE FUNCTION f(a int) RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
     "fails 42P13"},
    {"truncate", tables, "TRUNCATE t", "lock t access_exclusive, rewrite t, scan t"},
    {"truncate_cascade", keyed, "TRUNCATE r CASCADE",
     "lock r access_exclusive, lock t access_exclusive, rewrite r, rewrite t, scan r, scan t"},
    {"multiple_alter_table", tables,
     "ALTER TABLE t ADD CHECK (a > 0); ALTER TABLE t ADD CHECK (a < 9)",
     "lock t access_exclusive, scan t"},
    {"one_change_per_migration", tables,
     "ALTER TABLE t ADD COLUMN c int; ALTER TABLE r ADD COLUMN c int",
     "lock r access_exclusive, lock t access_exclusive"},
    {"dml_in_migration", tables, "ALTER TABLE t ADD COLUMN c int; UPDATE t SET c = 1",
     "lock t access_exclusive, scan t"},
    {"uncommitted_transaction", tables,
     "-- transaction: off\nBEGIN; ALTER TABLE t ADD COLUMN c int", "lock t access_exclusive"},
    {"require_statement_timeout", tables, "ALTER TABLE t ADD CHECK (a > 0)",
     "lock t access_exclusive, scan t"},
    {"require_idle_in_transaction_timeout", tables, "ALTER TABLE t ADD COLUMN c int",
     "lock t access_exclusive"},
    {"rename_enum_value", states, "ALTER TYPE state RENAME VALUE 'new' TO 'newer'", ""},
    {"rename_schema", tables, "ALTER SCHEMA public RENAME TO other", ""},
    {"performance.analyze_after_expression_index", tables, "CREATE INDEX ON t (lower(b))",
     "lock t share, scan t"},
    {"performance.analyze_after_expression_index", tables, "ANALYZE t",
     "lock t share_update_exclusive", false},
    {"update_without_where", tables, "UPDATE t SET a = 2", "scan t"},
    {"unbatched_backfill", tables, "UPDATE t SET a = 2 WHERE b IS NULL", "scan t"},
    {"enum_value_used_in_transaction", states,
     "ALTER TYPE state ADD VALUE 'old'; INSERT INTO t VALUES (1, 'old')", "fails 55P04"},
};

}  // namespace host::lint
