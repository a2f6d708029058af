// SPDX-License-Identifier: MIT
#include "host/hooks/outbox.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <random>
#include <vector>

#include "host/audit/reader.hpp"
#include "host/config/phases.hpp"
#include "host/foundation/hash.hpp"
#include "host/hooks/canonical.hpp"
#include "host/hooks/packed_event.hpp"
#include "host/postgres/quote.hpp"
#include "host/postgres/transaction.hpp"

namespace host::hooks {
namespace {

using postgres::Parameter;
using postgres::quote_literal;

constexpr std::string_view schema_sql = R"(
CREATE SCHEMA IF NOT EXISTS confiture;
CREATE TABLE confiture.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL UNIQUE,
  environment text NOT NULL,
  phase text NOT NULL,
  hook text NOT NULL,
  action text NOT NULL,
  fingerprint text NOT NULL,
  event text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given up')),
  finished_at timestamptz,
  detail text NOT NULL DEFAULT ''
);
CREATE INDEX outbox_waiting ON confiture.outbox (environment, next_at) WHERE state = 'waiting';
COMMENT ON TABLE confiture.outbox IS
  'What hooks have yet to tell others, written with what it is about; told at least once';
)";

constexpr std::string_view take_turns =
    "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('confiture.outbox', 0))";

std::string make_key() {
  std::random_device random;
  std::string key;
  for (int i = 0; i < 4; ++i) key += fmt::format("{:08x}", random() & 0xffffffffu);
  return key;
}

std::string fingerprint_of(const Hook& hook) {
  const Hook* const one = &hook;
  return sha256_hex(canonical({&one, 1}));
}

// Empty where there is no audit, or none that this role may read.
std::string head_of_audit(postgres::Connection& connection) {
  const postgres::Result may = connection.query(
      "SELECT has_table_privilege(to_regclass('confiture.audit_head'), 'SELECT')");
  if (!may.value(0, 0) || !may.boolean(0, 0)) return {};
  const audit::Head head = audit::read_head(connection);
  return head.seq <= 0 ? std::string() : fmt::format("{}:{}", head.seq, head.hash);
}

}  // namespace

bool is_queued(Phase phase) {
  return (phase & (CONFITURE_PHASE_POST_COMPLETE | CONFITURE_PHASE_ON_ERROR |
                   CONFITURE_PHASE_APPROVAL_REQUESTED | CONFITURE_PHASE_APPROVED |
                   CONFITURE_PHASE_SCHEDULED | CONFITURE_PHASE_REMINDER)) != 0;
}

bool Outbox::exists(postgres::Connection& connection) {
  return connection
      .query(
          "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON "
          "n.oid = c.relnamespace WHERE n.nspname = 'confiture' AND c.relname = 'outbox')")
      .boolean(0, 0);
}

bool Outbox::usable(postgres::Connection& connection) {
  return connection
      .query(
          "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON "
          "n.oid = c.relnamespace WHERE n.nspname = 'confiture' AND c.relname = 'outbox' AND "
          "pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND "
          "pg_catalog.has_table_privilege(c.oid, 'SELECT') AND "
          "pg_catalog.has_table_privilege(c.oid, 'INSERT') AND "
          "pg_catalog.has_table_privilege(c.oid, 'UPDATE')) AND "
          "pg_catalog.current_setting('transaction_read_only') = 'off'")
      .boolean(0, 0);
}

void Outbox::create(postgres::Connection& connection) {
  std::optional<postgres::Transaction> own;
  if (connection.transaction_state() == postgres::TransactionState::idle) own.emplace(connection);
  connection.query(take_turns);
  if (!exists(connection)) {
    connection.execute("SET LOCAL client_min_messages = warning");
    connection.execute(schema_sql);
  }
  if (own) own->commit();
}

std::string Outbox::grants(const std::string& quoted_role) {
  return fmt::format("GRANT SELECT, INSERT, UPDATE ON confiture.outbox TO {}", quoted_role);
}

bool Outbox::needed() const {
  const std::vector<const Hook*> hooks = runner_.all();
  return std::any_of(hooks.begin(), hooks.end(),
                     [](const Hook* hook) { return hook->outside() && is_queued(hook->phase); });
}

std::string Outbox::entries(const Event& event) const {
  if (!is_queued(event.phase) || event.dry_run) return {};
  Event world = event;
  world.part = Part::outside;
  const std::vector<const Hook*> hooks = runner_.find(world);
  if (hooks.empty()) return {};
  const std::string packed = pack(world);
  std::string sql;
  for (const Hook* hook : hooks)
    sql += fmt::format(
        "INSERT INTO confiture.outbox (key, environment, phase, hook, action, fingerprint, event) "
        "VALUES ('{}', {}, '{}', {}, {}, '{}', {}); ",
        make_key(), quote_literal(runner_.environment()), phase_name(event.phase),
        quote_literal(hook->name), quote_literal(hook->action->id), fingerprint_of(*hook),
        quote_literal(packed));
  return sql;
}

std::string Outbox::pack(const Event& event) const {
  const std::lock_guard guard(session_.mutex);
  return pack_event(event, session_.metadata);
}

// The one that was bound then, or else the one that goes by its name now.
const Hook* Outbox::find(const std::string& phase, const std::string& name,
                         const std::string& action, const std::string& fingerprint) const {
  const Hook* named = nullptr;
  for (const Hook* hook : runner_.all()) {
    if (phase_name(hook->phase) != phase || hook->action->id != action) continue;
    if (fingerprint_of(*hook) == fingerprint) return hook;
    if (hook->name == name && named == nullptr) named = hook;
  }
  return named;
}

void Outbox::deliver(postgres::Connection& connection,
                     const std::function<void(std::string_view)>& warn) const {
  // A claim lasts longer than the hook may run. Whoever is killed with one leaves it to the next.
  const std::array<Parameter, 2> parameters{
      runner_.environment(), std::to_string(60'000 + runner_.longest_timeout().count())};
  for (;;) {
    const postgres::Result claimed = connection.query(
        "UPDATE confiture.outbox SET attempts = attempts + 1, next_at = clock_timestamp() + "
        "$2::bigint * interval '1 millisecond' WHERE id = (SELECT id FROM confiture.outbox WHERE "
        "environment = $1 AND state = 'waiting' AND next_at <= clock_timestamp() ORDER BY id "
        "FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id",
        parameters);
    if (claimed.row_count() == 0) return;
    deliver_one(connection, claimed.text(0, 0), warn);
  }
}

void Outbox::deliver_one(postgres::Connection& connection, const std::string& id,
                         const std::function<void(std::string_view)>& warn) const {
  const Parameter number = id;
  const postgres::Result row = connection.query(
      "SELECT phase, hook, action, fingerprint, event, key FROM confiture.outbox WHERE id = "
      "$1::bigint",
      {&number, 1});
  const std::string phase = row.text(0, 0);
  const config::Phase* known = config::find_phase(phase);
  const Hook* hook = find(phase, row.text(0, 1), row.text(0, 2), row.text(0, 3));
  std::optional<std::string> failure;
  if (hook == nullptr || known == nullptr) {
    failure = "no such hook is bound any more";
  } else {
    const PackedEvent packed(known->bit, row.text(0, 4));
    Metadata before = packed.metadata();
    before[delivery_key] = row.text(0, 5);
    if (const std::string head = head_of_audit(connection); !head.empty())
      before[audit_head] = head;
    {
      const std::lock_guard guard(session_.mutex);
      std::swap(session_.metadata, before);
    }
    const auto put_back = [&] {
      const std::lock_guard guard(session_.mutex);
      std::swap(session_.metadata, before);
    };
    try {
      failure = runner_.tell(*hook, packed.event(), &connection);
    } catch (...) {
      put_back();
      throw;
    }
    put_back();
  }
  const std::array<Parameter, 2> result{id, failure.value_or("")};
  if (!failure) {
    connection.query(
        "UPDATE confiture.outbox SET state = 'delivered', finished_at = clock_timestamp(), "
        "detail = $2 WHERE id = $1::bigint",
        result);
    return;
  }
  // Half a minute, a minute, two, ... up to an hour.
  const postgres::Result again = connection.query(
      "UPDATE confiture.outbox SET detail = $2, next_at = clock_timestamp() + least(interval "
      "'1 hour', interval '30 seconds' * power(2, least(attempts - 1, 10))), state = CASE WHEN "
      "created_at < clock_timestamp() - interval '7 days' THEN 'given up' ELSE 'waiting' END "
      "WHERE id = $1::bigint RETURNING state = 'waiting'",
      result);
  if (warn)
    warn(fmt::format("{}; {}", *failure,
                     again.boolean(0, 0) ? "confiture worker tries it again" : "given up"));
}

}  // namespace host::hooks
