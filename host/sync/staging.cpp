// SPDX-License-Identifier: MIT
#include "host/sync/staging.hpp"

#include <fmt/format.h>

#include <atomic>
#include <exception>
#include <thread>
#include <vector>

#include "host/foundation/hash.hpp"
#include "host/foundation/text.hpp"
#include "host/postgres/quote.hpp"
#include "host/postgres/transaction.hpp"
#include "host/sync/database_properties.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/rights.hpp"

namespace host::sync {
namespace {

using postgres::quote_identifier;
using postgres::quote_literal;

// What a comment on a database of a sync begins with.
constexpr std::string_view mark = "confiture sync: ";

// Autovacuum's workers have no user, and make way by themselves.
std::string others_sql(std::string_view what, const std::string& oid, int but) {
  return fmt::format(
      "SELECT {} FROM pg_catalog.pg_stat_activity WHERE datid = {} AND pid <> {}"
      " AND usesysid IS NOT NULL",
      what, oid, but);
}

// Of at most 63 bytes, whatever the name is.
std::string beside(const std::string& database, std::string_view suffix) {
  constexpr std::size_t longest = 63;
  if (database.size() + suffix.size() <= longest) return database + std::string(suffix);
  const std::string digest = sha256_hex(database).substr(0, 8);
  std::size_t end = longest - suffix.size() - digest.size() - 1;
  while (end > 0 && (static_cast<unsigned char>(database[end]) & 0xC0) == 0x80) --end;
  return database.substr(0, end) + "_" + digest + std::string(suffix);
}

std::unique_ptr<postgres::Connection> connect_maintenance(const ConnectTarget& connect,
                                                          const std::string& database,
                                                          std::string& name) {
  name = database == "postgres" ? "template1" : "postgres";
  return connect(name);
}

bool is_in_use(const postgres::SqlError& error) {
  return error.sqlstate() == "55006" || error.sqlstate() == "42501";
}

}  // namespace

std::string staging_obstacle(postgres::Connection& target, bool end_others) {
  const postgres::Result found = target.query(
      "SELECT d.oid,"
      " EXISTS (SELECT FROM pg_catalog.pg_subscription WHERE subdbid = d.oid),"
      " EXISTS (SELECT FROM pg_catalog.pg_replication_slots WHERE database = d.datname),"
      " EXISTS (SELECT FROM pg_catalog.pg_publication),"
      " EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata),"
      " d.datistemplate OR EXISTS (SELECT FROM pg_catalog.pg_shseclabel"
      "  WHERE classoid = 'pg_catalog.pg_database'::regclass AND objoid = d.oid),"
      " EXISTS (SELECT FROM pg_catalog.pg_prepared_xacts WHERE database = d.datname)"
      " FROM pg_catalog.pg_database d WHERE d.datname = current_database()");
  if (std::string missing = renaming_obstacle(target); !missing.empty()) return missing;
  if (found.boolean(0, 1) || found.boolean(0, 2) || found.boolean(0, 3))
    return "the target takes part in replication";
  if (found.boolean(0, 4)) return "the target has large objects";
  if (found.boolean(0, 5)) return "the target is a template, or has security labels";
  if (found.boolean(0, 6)) return "the target has prepared transactions";
  if (end_others) return {};
  const std::string others = others_sql("count(*)", found.text(0, 0), target.backend_pid());
  for (int tries = 0; tries < 20; ++tries) {
    if (target.query(others).integer(0, 0) == 0) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return "others are connected to the target";
}

Staging::Staging(ConnectTarget connect, std::unique_ptr<postgres::Connection>& target,
                 std::chrono::milliseconds patience, const Cancellation& cancellation)
    : connect_(std::move(connect)), target_(target) {
  const postgres::Result here = target->query(
      "SELECT datname, oid, extract(epoch FROM pg_catalog.pg_postmaster_start_time())"
      " FROM pg_catalog.pg_database WHERE datname = current_database()");
  database_ = here.text(0, 0);
  oid_ = here.text(0, 1);
  name_ = beside(database_, "_confiture_staging");
  old_name_ = beside(database_, "_confiture_old");
  admin_ = connect_maintenance(connect_, database_, maintenance_);
  if (admin_->query("SELECT extract(epoch FROM pg_catalog.pg_postmaster_start_time())")
          .text(0, 0) != here.text(0, 2))
    throw Error(errors::cannot_stage, "the target's address leads to several servers",
                "give the environment the address of one, or use --publish transaction");
  postgres::refuse_pooler(*admin_);
  lock_.emplace(*admin_, "sync of " + database_, patience, cancellation);
}

Staging::~Staging() = default;

std::optional<bool> Staging::is_ours(const std::string& database) {
  const std::vector<postgres::Parameter> name{database};
  const postgres::Result found = admin_->query(
      "SELECT pg_catalog.shobj_description(oid, 'pg_database'), datallowconn"
      " FROM pg_catalog.pg_database WHERE datname = $1",
      name);
  if (found.row_count() == 0) return std::nullopt;
  // Between its making and its mark it lets nobody in.
  return found.text(0, 0).starts_with(mark) || (!found.value(0, 0) && !found.boolean(0, 1));
}

bool Staging::exists() {
  for (const std::string& database : {name_, old_name_}) {
    const std::optional<bool> ours = is_ours(database);
    if (ours && !*ours)
      throw Error(
          errors::staging_taken,
          fmt::format("database '{}' is in the way, and no sync has made it", printable(database)),
          "rename it, or use --publish transaction");
  }
  return is_ours(name_).has_value();
}

bool Staging::take_over() {
  const std::string name = quote_literal(name_);
  admin_->query(
      fmt::format("SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                  " WHERE datname = {}",
                  name));
  return admin_
      ->query(fmt::format("SELECT datallowconn AND datconnlimit <> -2 FROM pg_catalog.pg_database"
                          " WHERE datname = {}",
                          name))
      .boolean(0, 0);
}

void Staging::remove(const std::string& database) {
  admin_->execute(
      fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", quote_identifier(database)));
}

void Staging::discard() {
  if (is_ours(name_).value_or(false)) remove(name_);
}

// Somebody else's session that cannot be ended, or came back at once.
void Staging::execute_in_use(const std::string& sql) {
  try {
    admin_->execute(sql);
  } catch (const postgres::SqlError& error) {
    if (!is_in_use(error)) throw;
    throw Error(errors::target_in_use,
                fmt::format("others are connected to database '{}': {}", printable(database_),
                            error.message()),
                "close their sessions, or use --publish transaction");
  }
}

void Staging::create(bool end_others) {
  exists();
  remove(name_);
  remove(old_name_);
  target_.reset();
  if (end_others) execute_in_use(others_sql("pg_catalog.pg_terminate_backend(pid)", oid_, 0));
  const std::string name = quote_identifier(name_);
  const std::string owner = admin_
                                ->query(fmt::format("SELECT pg_catalog.pg_get_userbyid(datdba) FROM"
                                                    " pg_catalog.pg_database WHERE oid = {}",
                                                    oid_))
                                .text(0, 0);
  execute_in_use(fmt::format("CREATE DATABASE {} TEMPLATE {} OWNER {} ALLOW_CONNECTIONS false{}",
                             name, quote_identifier(database_), quote_identifier(owner),
                             admin_->server_version() >= 150000 ? " STRATEGY file_copy" : ""));
  admin_->execute(fmt::format(
      "COMMENT ON DATABASE {} IS {}", name,
      quote_literal(fmt::format("{}unpublished, what is to become database {}; --resume continues "
                                "with it, and it may be dropped",
                                mark, quote_identifier(database_)))));
  admin_->execute(fmt::format("REVOKE ALL ON DATABASE {} FROM PUBLIC", name));
  copy_settings(*admin_, database_, name_);
  admin_->execute(fmt::format("ALTER DATABASE {} ALLOW_CONNECTIONS true", name));
  target_ = connect_(database_);
}

void Staging::end_target_sessions(postgres::Connection& helper,
                                  const std::function<void()>& release,
                                  const std::function<bool()>& over) {
  const int own = target_->backend_pid();
  const std::string end = others_sql("pg_catalog.pg_terminate_backend(pid)", oid_, own);
  const std::string others = others_sql("count(*)", oid_, own);
  // Once the renaming waits for us alone, nobody new comes in, and what we kept others from writing
  // to is nobody's any more.
  const std::string locked = fmt::format(
      "SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'object' AND granted AND"
      " classid = 'pg_catalog.pg_database'::regclass AND objid = {} AND pid = {}"
      " AND mode = 'AccessExclusiveLock'",
      oid_, admin_->backend_pid());
  while (!over()) {
    helper.query(end);
    if (helper.query(locked).integer(0, 0) > 0 && helper.query(others).integer(0, 0) == 0) {
      release();
      target_.reset();
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

std::optional<std::string> Staging::publish(const std::function<void()>& release) {
  const std::unique_ptr<postgres::Connection> helper = connect_(maintenance_);
  {
    postgres::Transaction transaction(*admin_);
    copy_access(*admin_, database_, name_);
    std::atomic<bool> over{false};
    std::exception_ptr failure;
    std::thread ender([&] {
      try {
        end_target_sessions(*helper, release, [&] { return over.load(); });
      } catch (...) {
        failure = std::current_exception();
      }
    });
    std::exception_ptr refusal;
    try {
      execute_in_use(fmt::format("ALTER DATABASE {} RENAME TO {}", quote_identifier(database_),
                                 quote_identifier(old_name_)));
    } catch (...) {
      refusal = std::current_exception();
    }
    over = true;
    ender.join();
    if (failure) std::rethrow_exception(failure);
    if (refusal) std::rethrow_exception(refusal);
    // Our own session was gone before: so is what kept others from writing to the target.
    if (target_ != nullptr) release();
    admin_->execute(fmt::format("ALTER DATABASE {} RENAME TO {}", quote_identifier(name_),
                                quote_identifier(database_)));
    admin_->execute(fmt::format(
        "COMMENT ON DATABASE {} IS {}", quote_identifier(old_name_),
        quote_literal(fmt::format("{}what was database {} before it was replaced; may be dropped",
                                  mark, quote_identifier(database_)))));
    may_be_published_ = true;
    transaction.commit();
  }
  target_ = connect_(database_);
  try {
    remove(old_name_);
  } catch (const std::exception& error) {
    return fmt::format("the target is complete, but database '{}', what it was before, is left: {}",
                       printable(old_name_), error.what());
  }
  return std::nullopt;
}

}  // namespace host::sync
