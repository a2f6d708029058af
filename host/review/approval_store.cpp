// SPDX-License-Identifier: MIT
#include "host/review/approval_store.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>

#include "host/audit/schema.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/json.hpp"
#include "host/hooks/outbox.hpp"
#include "host/postgres/quote.hpp"
#include "host/postgres/transaction.hpp"
#include "host/review/errors.hpp"

namespace host::review {
namespace {

using postgres::Parameter;
using postgres::quote_identifier;
using postgres::quote_literal;

// session_user is who logged in: SET ROLE and SECURITY DEFINER leave it as it is.
constexpr std::string_view schema_sql = R"(
CREATE TABLE confiture.approval_plan (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan_hash text NOT NULL CHECK (plan_hash ~ '^[0-9a-f]{64}$'),
  environment text NOT NULL,
  document text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  recorded_by text NOT NULL DEFAULT session_user
);
CREATE UNIQUE INDEX approval_plan_once ON confiture.approval_plan (plan_hash, md5(document));
COMMENT ON TABLE confiture.approval_plan IS
  'What people were asked to approve; again where its risk has changed';
CREATE TABLE confiture.approval (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan_hash text NOT NULL,
  statement text NOT NULL,
  signature text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  recorded_by text NOT NULL DEFAULT session_user,
  recorded_from inet DEFAULT inet_client_addr()
);
CREATE INDEX approval_plan_hash ON confiture.approval (plan_hash);
CREATE UNIQUE INDEX approval_once ON confiture.approval (md5(statement || signature));
COMMENT ON TABLE confiture.approval IS
  'What people said of a plan; only ever added to, and believed only for its signature or its session';
CREATE TABLE confiture.approval_use (
  plan_hash text NOT NULL,
  migration text NOT NULL,
  run text NOT NULL,
  broke_glass boolean NOT NULL,
  evidence text NOT NULL,
  used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  used_by text NOT NULL DEFAULT session_user,
  PRIMARY KEY (plan_hash, migration)
);
COMMENT ON TABLE confiture.approval_use IS
  'Which approvals a migration ran on, written in its own transaction';
CREATE FUNCTION confiture.stamp_approval() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.recorded_at := clock_timestamp();
  NEW.recorded_by := session_user;
  NEW.recorded_from := inet_client_addr();
  RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON confiture.approval
  FOR EACH ROW EXECUTE FUNCTION confiture.stamp_approval();
CREATE TRIGGER only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON confiture.approval
  FOR EACH STATEMENT EXECUTE FUNCTION confiture.refuse_change();
CREATE TRIGGER only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON confiture.approval_plan
  FOR EACH STATEMENT EXECUTE FUNCTION confiture.refuse_change();
CREATE TRIGGER only_add BEFORE UPDATE OR DELETE OR TRUNCATE ON confiture.approval_use
  FOR EACH STATEMENT EXECUTE FUNCTION confiture.refuse_change();
CREATE FUNCTION confiture.record_approval(plan text, statement text, signature text)
  RETURNS boolean
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH kept AS (INSERT INTO confiture.approval (plan_hash, statement, signature)
    VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT FROM kept);
$$;
CREATE FUNCTION confiture.keep_plan(plan text, environment text, document text) RETURNS boolean
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH kept AS (INSERT INTO confiture.approval_plan (plan_hash, environment, document)
    VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT EXISTS (SELECT FROM kept);
$$;
REVOKE ALL ON FUNCTION confiture.record_approval(text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION confiture.keep_plan(text, text, text) FROM PUBLIC;
)";

std::string_view event_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::approve:
      return "approval.granted";
    case Verdict::reject:
      return "approval.rejected";
    case Verdict::revoke:
      return "approval.revoked";
    case Verdict::break_glass:
      break;
  }
  return "breakglass.used";
}

constexpr std::string_view utc = "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'";

}  // namespace

bool ApprovalStore::exists() {
  return connection_.query("SELECT to_regclass('confiture.approval') IS NOT NULL").boolean(0, 0);
}

void ApprovalStore::open(const config::Review& review) {
  postgres::Transaction transaction(connection_);
  if (!exists()) {
    try {
      audit::create(connection_);  // which has refuse_change()
      connection_.execute("SET LOCAL client_min_messages = warning");
      connection_.execute(schema_sql);
    } catch (const postgres::SqlError& error) {
      constexpr std::string_view insufficient_privilege = "42501";
      if (error.sqlstate() != insufficient_privilege) throw;
      throw Error(errors::no_store, "there is no place for approvals in this database yet",
                  "confiture approvals status makes it, run as the role that migrates; or keep the "
                  "approval in a file: --file FILE");
    }
  }
  if (!hooks::Outbox::exists(connection_)) hooks::Outbox::create(connection_);
  const bool ours = connection_
                        .query(
                            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class "
                            "WHERE oid = 'confiture.approval'::regclass")
                        .boolean(0, 0);
  for (const config::Person& person : review.people) {
    if (!ours || person.database_role.empty()) continue;
    const Parameter role = person.database_role;
    const postgres::Result lacks = connection_.query(
        "SELECT 1 FROM pg_roles r WHERE r.rolname = $1 AND (NOT has_function_privilege(r.oid, "
        "'confiture.record_approval(text, text, text)', 'EXECUTE') OR NOT has_function_privilege("
        "r.oid, 'confiture.append_audit(text, text, text, text, text, text, text, text)', "
        "'EXECUTE') OR EXISTS (SELECT FROM pg_class "
        "c WHERE c.relnamespace = 'confiture'::regnamespace AND c.relkind = 'r' AND NOT "
        "has_table_privilege(r.oid, c.oid, 'SELECT')) OR NOT has_table_privilege(r.oid, "
        "'confiture.outbox', 'INSERT'))",
        {&role, 1});
    if (lacks.row_count() == 0) continue;
    const std::string name = quote_identifier(person.database_role);
    connection_.execute(fmt::format(
        "GRANT USAGE ON SCHEMA confiture TO {0}; GRANT SELECT ON ALL TABLES IN SCHEMA confiture TO "
        "{0}; GRANT EXECUTE ON FUNCTION confiture.record_approval(text, text, text), "
        "confiture.keep_plan(text, text, text) TO {0}; {1}",
        name, audit::grants(name) + "; " + hooks::Outbox::grants(name)));
  }
  transaction.commit();
}

bool ApprovalStore::keep_plan(const KnownPlan& plan) {
  const std::array<Parameter, 3> parameters{plan.hash, plan.environment, plan.document};
  return connection_.query("SELECT confiture.keep_plan($1, $2, $3)", parameters).boolean(0, 0);
}

std::vector<KnownPlan> ApprovalStore::plans(const std::string& prefix) {
  const Parameter start = prefix;
  const postgres::Result rows = connection_.query(
      "SELECT DISTINCT ON (plan_hash) plan_hash, environment, document FROM "
      "confiture.approval_plan WHERE starts_with(plan_hash, $1) ORDER BY plan_hash, id DESC",
      {&start, 1});
  std::vector<KnownPlan> plans;
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    plans.push_back({rows.text(row, 0), rows.text(row, 1), rows.text(row, 2)});
  return plans;
}

std::vector<std::string> ApprovalStore::environments() {
  const postgres::DatabaseIdentity identity = postgres::identify(connection_);
  // As the run that asks has written it. What else a reviewer's session may have put there need not
  // be JSON.
  const Parameter database = fmt::format(
      "\"database\":{}",
      to_json(boost::json::value(identity.system_identifier + "/" + identity.database)));
  const postgres::Result rows = connection_.query(
      "SELECT environment FROM confiture.approval_plan WHERE position($1 IN document) > 0 "
      "GROUP BY environment ORDER BY max(id) DESC",
      {&database, 1});
  std::vector<std::string> names;
  for (std::size_t row = 0; row < rows.row_count(); ++row) names.push_back(rows.text(row, 0));
  return names;
}

bool ApprovalStore::record(const Statement& said, const std::string& signature, audit::Trail trail,
                           const std::string& also) {
  const std::string text = to_text(said);
  const std::array<Parameter, 3> parameters{said.plan, text, signature};
  postgres::Transaction transaction(connection_);
  const bool fresh =
      connection_.query("SELECT confiture.record_approval($1, $2, $3)", parameters).boolean(0, 0);
  if (fresh) {
    if (!also.empty()) connection_.execute(also);
    trail.origin().person = said.approver;
    trail.origin().plan_hash = said.plan;
    trail.append(connection_, event_of(said.verdict),
                 {{"risk", said.risk},
                  {"role", said.role},
                  {"comment", said.comment},
                  {"expires", format_moment(said.expires)},
                  {"identity", signature.empty() ? "database" : "ssh"},
                  {"statement_sha256", sha256_hex(text)}});
  }
  transaction.commit();
  return fresh;
}

std::vector<Recorded> ApprovalStore::statements(const std::string& plan) {
  const Parameter hash = plan;
  const postgres::Result rows = connection_.query(
      fmt::format("SELECT statement, signature, recorded_by, to_char(recorded_at AT TIME ZONE "
                  "'UTC', {}) FROM confiture.approval WHERE plan_hash = $1 ORDER BY id",
                  utc),
      {&hash, 1});
  std::vector<Recorded> all;
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    all.push_back({rows.text(row, 0), rows.text(row, 1), rows.text(row, 2), rows.text(row, 3)});
  return all;
}

void ApprovalStore::use(const Use& use, const std::string& evidence) {
  const std::array<Parameter, 5> parameters{use.plan, use.migration, use.run,
                                            std::string(use.broke_glass ? "t" : "f"), evidence};
  connection_.query(
      "INSERT INTO confiture.approval_use (plan_hash, migration, run, broke_glass, evidence) "
      "VALUES ($1, $2, $3, $4, $5)",
      parameters);
}

std::vector<Use> ApprovalStore::uses(const std::string& plan) {
  return read_uses("plan_hash = " + quote_literal(plan));
}

std::vector<Use> ApprovalStore::broken_glass() {
  return read_uses("broke_glass");
}

std::vector<Use> ApprovalStore::read_uses(const std::string& condition) {
  const postgres::Result rows = connection_.query(fmt::format(
      "SELECT plan_hash, migration, run, to_char(used_at AT TIME ZONE 'UTC', {}), used_by, "
      "broke_glass FROM confiture.approval_use WHERE {} ORDER BY used_at, migration",
      utc, condition));
  std::vector<Use> uses;
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    uses.push_back({rows.text(row, 0), rows.text(row, 1), rows.text(row, 2), rows.text(row, 3),
                    rows.text(row, 4), rows.boolean(row, 5)});
  return uses;
}

}  // namespace host::review
