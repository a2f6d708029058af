// SPDX-License-Identifier: MIT
// What a statement does on a server: the locks that stay to the end of the transaction, the tables
// that are written again, and those that are read from one end to the other. The database has an
// empty schema `proof`.
#pragma once

#include <string>
#include <string_view>

#include "host/sql/statement.hpp"
#include "tests/host/postgres/database.hpp"

namespace host::lint {

// The statements one by one, since some refuse to stand in a transaction with others.
inline void run(postgres::Connection& connection, const std::string& sql) {
  const sql::Script script = sql::parse_script(sql::Source("proof", sql));
  for (const sql::Statement& statement : script.statements())
    connection.execute(std::string(statement.text));
}

// What a transaction holds and has done to relations older than itself, but for weak locks, and
// those of indexes and sequences: "lock t share, rewrite t, scan t".
inline std::string effects(postgres::Connection& connection) {
  const postgres::Result rows = connection.query(
      "SELECT e FROM ("
      " SELECT 'lock ' || b.name || ' ' || lower(regexp_replace(regexp_replace(max(l.mode),"
      "   'Lock$', ''), '([a-z])([A-Z])', '\\1_\\2', 'g')) e, 1 AS kind"
      " FROM (SELECT relation, (ARRAY['ShareUpdateExclusiveLock', 'ShareLock',"
      "   'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'])[max(array_position("
      "   ARRAY['ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock',"
      "   'ExclusiveLock', 'AccessExclusiveLock'], mode))] AS mode FROM pg_locks"
      "   WHERE pid = pg_backend_pid() AND locktype = 'relation' GROUP BY relation) l"
      " JOIN proof.before b ON b.oid = l.relation WHERE l.mode IS NOT NULL"
      "   AND b.kind NOT IN ('i', 'I', 'S') GROUP BY b.name"
      " UNION ALL SELECT 'rewrite ' || b.name, 2 FROM proof.before b"
      " WHERE pg_relation_filenode(b.oid) <> b.file AND b.kind IN ('r', 'm')"
      " UNION ALL SELECT 'scan ' || b.name, 3 FROM proof.before b"
      " JOIN pg_stat_xact_user_tables s ON s.relid = b.oid WHERE s.seq_scan > 0 AND b.kind <> 'S'"
      ") all_effects ORDER BY kind, e");
  std::string result;
  for (std::size_t i = 0; i < rows.row_count(); ++i)
    result += (result.empty() ? "" : ", ") + rows.text(i, 0);
  return result;
}

// What a statement does after its setup, or "fails SQLSTATE".
inline std::string observed(const test::TestDatabase& database, std::string_view setup,
                            std::string_view statement) {
  // The statistics of a session's own scans include those of its earlier transactions.
  const auto setting = database.connect(), connection = database.connect();
  run(*setting, std::string(setup));
  run(*setting,
      "CREATE TABLE proof.before AS SELECT c.oid, c.relname AS name, c.relkind AS kind,"
      " pg_relation_filenode(c.oid) AS file FROM pg_class c"
      " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'");
  connection->execute("SET timezone = 'Europe/Berlin'");
  std::string result;
  const bool inside = !statement.starts_with("-- transaction: off");
  try {
    if (inside) connection->execute("BEGIN");
    run(*connection, std::string(statement));
    if (!inside) connection->execute("BEGIN");
    result = effects(*connection);
  } catch (const postgres::SqlError& error) {
    result = "fails " + error.sqlstate();
  }
  connection->execute("ROLLBACK");
  run(*setting, "DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP TABLE proof.before;");
  return result;
}

}  // namespace host::lint
