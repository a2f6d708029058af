// SPDX-License-Identifier: MIT
#include "host/audit/schema.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "host/postgres/transaction.hpp"

namespace host::audit {
namespace {

// The text that is hashed is that of entry_hash() in entry.cpp, and of the script in
// examples/audit.
constexpr std::string_view schema_sql = R"(
CREATE SCHEMA IF NOT EXISTS confiture;
CREATE TABLE confiture.audit (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  login text,
  person text,
  host text,
  client text,
  application text NOT NULL,
  tool text,
  environment text,
  run text,
  plan_hash text,
  event text NOT NULL,
  payload text NOT NULL,
  prev text NOT NULL,
  hash text NOT NULL
);
COMMENT ON TABLE confiture.audit IS
  'What was done, by whom and from where; each entry holds the hash of the one before it';
CREATE TABLE confiture.audit_head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  seq bigint NOT NULL,
  hash text NOT NULL
);
COMMENT ON TABLE confiture.audit_head IS 'Where the audit ends';
INSERT INTO confiture.audit_head (seq, hash) VALUES (0, repeat('0', 64));
CREATE OR REPLACE FUNCTION confiture.refuse_change() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'confiture.% is only ever added to', TG_TABLE_NAME;
END $$;
CREATE FUNCTION confiture.chain_audit() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head record;
BEGIN
  SELECT h.seq, h.hash INTO STRICT head FROM confiture.audit_head h FOR UPDATE;
  NEW.seq := head.seq + 1;
  NEW.at := clock_timestamp();
  NEW.actor := session_user;
  NEW.login := NULL;
  IF current_setting('server_version_num')::int >= 160000 THEN
    NEW.login := system_user;
  END IF;
  NEW.client := host(inet_client_addr());
  NEW.application := current_setting('application_name');
  NEW.prev := head.hash;
  SELECT encode(sha256(convert_to(NEW.prev || E'\n' || string_agg(
      CASE WHEN field IS NULL THEN '-'
           ELSE octet_length(convert_to(field, 'UTF8')) || ':' || field END || ',',
      '' ORDER BY place), 'UTF8')), 'hex')
    INTO NEW.hash
    FROM unnest(ARRAY[NEW.seq::text,
      to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      NEW.actor, NEW.login, NEW.person, NEW.host, NEW.client, NEW.application, NEW.tool,
      NEW.environment, NEW.run, NEW.plan_hash, NEW.event,
      encode(sha256(convert_to(NEW.payload, 'UTF8')), 'hex')])
      WITH ORDINALITY AS fields (field, place);
  UPDATE confiture.audit_head SET seq = NEW.seq, hash = NEW.hash;
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON confiture.audit
  FOR EACH ROW EXECUTE FUNCTION confiture.chain_audit();
CREATE TRIGGER only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON confiture.audit
  FOR EACH STATEMENT EXECUTE FUNCTION confiture.refuse_change();
CREATE TRIGGER only_one BEFORE INSERT OR DELETE OR TRUNCATE ON confiture.audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION confiture.refuse_change();
CREATE FUNCTION confiture.append_audit(event text, payload text, person text, host text, tool text,
  environment text, run text, plan_hash text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO confiture.audit (event, payload, person, host, tool, environment, run, plan_hash)
    VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, substring(current_setting('application_name')
      from '^confiture/([0-9a-f]{16})$')), $8);
$$;
REVOKE ALL ON FUNCTION confiture.append_audit(text, text, text, text, text, text, text, text)
  FROM PUBLIC;
)";

// Two that make it at once: the second finds it.
constexpr std::string_view take_turns =
    "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('confiture.audit', 0))";

}  // namespace

bool exists(postgres::Connection& connection) {
  return connection
      .query(
          "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON "
          "n.oid = c.relnamespace WHERE n.nspname = 'confiture' AND c.relname = 'audit_head')")
      .boolean(0, 0);
}

bool writable(postgres::Connection& connection) {
  return connection
      .query(
          "SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON "
          "n.oid = p.pronamespace WHERE n.nspname = 'confiture' AND p.proname = 'append_audit' "
          "AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND "
          "pg_catalog.has_function_privilege(p.oid, 'EXECUTE')) AND "
          "pg_catalog.current_setting('transaction_read_only') = 'off'")
      .boolean(0, 0);
}

void create(postgres::Connection& connection) {
  std::optional<postgres::Transaction> own;
  if (connection.transaction_state() == postgres::TransactionState::idle) own.emplace(connection);
  connection.query(take_turns);
  if (!exists(connection)) {
    // NOTICE: schema already exists, skipping.
    connection.execute("SET LOCAL client_min_messages = warning");
    connection.execute(schema_sql);
  }
  if (own) own->commit();
}

std::string grants(const std::string& quoted_role) {
  return fmt::format(
      "GRANT USAGE ON SCHEMA confiture TO {0}; GRANT SELECT ON confiture.audit, "
      "confiture.audit_head TO {0}; GRANT EXECUTE ON FUNCTION confiture.append_audit(text, text, "
      "text, text, text, text, text, text) TO {0}",
      quoted_role);
}

}  // namespace host::audit
