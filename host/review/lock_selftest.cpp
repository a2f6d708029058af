// SPDX-License-Identifier: MIT
#include "host/review/lock_selftest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include "host/foundation/errors.hpp"
#include "host/migrations/observation.hpp"
#include "host/postgres/quote.hpp"
#include "host/postgres/transaction.hpp"

namespace host::review {
namespace {

using postgres::Connection;
using postgres::SqlError;

// What a server may lack, or a role may not do: nothing is proved by that.
bool says_nothing(const std::string& sqlstate) {
  return sqlstate == "42501" || sqlstate == "58P01" || sqlstate == "0A000" ||
         sqlstate == "55000" || sqlstate == "42704";
}

// Whether a statement of another session has to wait. One that fails otherwise does not wait.
bool waits(Connection& other, const std::string& sql) {
  try {
    other.query(sql);
    return false;
  } catch (const SqlError& error) {
    return error.sqlstate() == "55P03";
  }
}

// pg_class.relkind; nothing where it is not there. Sees what was before the transaction under test.
std::optional<char> kind_of(Connection& other, const std::string& target) {
  const postgres::Parameter name = target;
  const postgres::Result rows = other.query(
      "SELECT relkind FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
      "c.relnamespace WHERE n.nspname || '.' || c.relname = $1",
      {&name, 1});
  if (rows.row_count() == 0) return std::nullopt;
  return rows.text(0, 0)[0];
}

// To read an empty table takes no time.
bool has_rows(Connection& connection, const std::string& table) {
  return connection.query("SELECT pg_catalog.pg_relation_size('" + table + "') > 0").boolean(0, 0);
}

std::string lock_told(const Effect& told, const std::string& target) {
  for (const Touched& one : told.touched)
    if (one.relation == target) return one.lock;
  return "none";
}

}  // namespace

LockSelftester::LockSelftester(const extensions::Registry& registry, extensions::Session& session,
                               const Cancellation& cancellation, Connect connect,
                               std::string database)
    : registry_(registry),
      session_(session),
      cancellation_(cancellation),
      connect_(std::move(connect)),
      base_(database + "_base"),
      copy_(database + "_copy"),
      admin_(connect_("")) {}

LockSelftester::~LockSelftester() {
  drop(copy_);
  drop(base_);
  try {
    const postgres::Result roles = admin_->query(
        "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname LIKE 'confiture\\_selftest%'");
    for (std::size_t row = 0; row < roles.row_count(); ++row)
      admin_->execute("DROP ROLE " + postgres::quote_identifier(roles.text(row, 0)));
  } catch (const Error&) {
    // One of another run is in use.
  }
}

void LockSelftester::drop(const std::string& database) noexcept {
  try {
    admin_->execute("DROP DATABASE IF EXISTS " + postgres::quote_identifier(database));
  } catch (const std::exception&) {
    // It stays, under a name that says what it is.
  }
}

LockSelftest LockSelftester::run(const std::vector<std::string>& forms) {
  const auto wanted = [&](const std::string& form) {
    return forms.empty() || std::any_of(forms.begin(), forms.end(), [&](const std::string& one) {
             return form == one || form.starts_with(one + ".");
           });
  };
  for (const extensions::Extension* extension : registry_.all(extensions::Kind::classifier)) {
    const confiture_classifier_v1& classifier = extension->classifier;
    const auto* end = classifier.examples + classifier.example_count;
    if (std::none_of(classifier.examples, end,
                     [&](const confiture_example& one) { return wanted(one.form); }))
      continue;
    make_base(classifier.playground);
    for (std::uint32_t index = 0; index < classifier.example_count; ++index) {
      if (cancellation_.requested())
        throw Error(host::errors::interrupted, "interrupted");
      if (wanted(classifier.examples[index].form)) try_one(classifier.examples[index]);
    }
  }
  return std::move(result_);
}

void LockSelftester::make_base(const char* playground) {
  drop(copy_);
  drop(base_);
  fresh_ = false;
  admin_->execute("CREATE DATABASE " + postgres::quote_identifier(base_) + " TEMPLATE template0");
  if (playground != nullptr) connect_(base_)->execute(playground);
}

void LockSelftester::renew() {
  if (fresh_) return;
  drop(copy_);
  admin_->execute(fmt::format("CREATE DATABASE {} TEMPLATE {}", postgres::quote_identifier(copy_),
                              postgres::quote_identifier(base_)));
  fresh_ = true;
}

void LockSelftester::try_one(const confiture_example& example) {
  if (admin_->server_version() < example.since) {
    result_.untried.push_back(
        {example.form, fmt::format("PostgreSQL {} does not know it", admin_->server_version() / 10000)});
    return;
  }
  const sql::Script script = sql::parse_script(sql::Source("example", example.sql));
  if (script.statements().size() != 1 || script.statements()[0].error) {
    result_.untried.push_back({example.form, "the parser does not know it"});
    return;
  }
  renew();
  const bool alone = (example.flags & CONFITURE_EXAMPLE_ALONE) != 0;
  if (example.setup != nullptr || alone) fresh_ = false;
  try {
    if (example.setup != nullptr) connect_(copy_)->execute(example.setup);
    const Effect effect = told(example, script);
    if (alone)
      try_alone(example, effect);
    else
      try_in_transaction(example, effect);
    ++result_.tried;
  } catch (const SqlError& error) {
    if (says_nothing(error.sqlstate()))
      result_.untried.push_back({example.form, error.message()});
    else
      differ(example, "runs", "yes", error.message());
  }
}

Effect LockSelftester::told(const confiture_example& example, const sql::Script& script) {
  const std::unique_ptr<Connection> facts = connect_(copy_);
  facts->execute("SET lock_timeout = '1s'; SET default_transaction_read_only = on");
  sql::ModelOptions options;
  options.server_version = facts->server_version();
  options.lock_timeout = 1000;
  options.in_transaction = (example.flags & CONFITURE_EXAMPLE_ALONE) == 0;
  Classifiers classifiers(registry_, {}, session_, facts.get(), options);
  return classifiers.classify(script, {})[0];
}

void LockSelftester::try_in_transaction(const confiture_example& example, const Effect& told) {
  const std::unique_ptr<Connection> subject = connect_(copy_), other = connect_(copy_);
  const std::string target = example.target == nullptr ? "" : example.target;
  const std::optional<char> kind = kind_of(*other, target);
  postgres::Transaction transaction(*subject);
  migrations::Observer observer(*subject);
  try {
    subject->execute(example.sql);
  } catch (const SqlError&) {
    if ((example.flags & CONFITURE_EXAMPLE_FAILS) == 0) throw;
    return;
  }
  if ((example.flags & CONFITURE_EXAMPLE_FAILS) != 0)
    return differ(example, "runs", "no", "it does");
  const migrations::Observation seen = observer.look();
  if (told.rewrites != Truth::yes)
    compare(example, "scans", told.scans, std::any_of(seen.scanned.begin(), seen.scanned.end(), [&](const std::string& table) {
              return has_rows(*subject, table);
            }));
  const bool empties = told.loses_data == Truth::yes;  // a new file without a row is no rewrite
  if (told.rewrites == Truth::yes || !empties)
    compare(example, "rewrites", told.rewrites, !seen.rewritten.empty());
  if (!kind) return;

  std::string lock = "none";
  for (const migrations::HeldLock& held : seen.locks)
    if (held.relation == target) lock = held.mode;
  const std::string expected = lock_told(told, target);
  // Locks that block no writer need not be told of.
  const int weakest = migrations::lock_rank("SHARE");
  if (lock != expected && (expected != "none" || migrations::lock_rank(lock) >= weakest))
    differ(example, "lock", expected, lock);
  other->execute("SET lock_timeout = '150ms'");
  const bool sequence = *kind == 'S';
  compare(example, "blocks_reads", told.blocks_reads,
          waits(*other, fmt::format("SELECT {} FROM {} LIMIT 1", sequence ? "last_value" : "1",
                                    target)));
  if (*kind == 'r' || *kind == 'p')
    compare(example, "blocks_writes", told.blocks_writes,
            waits(*other, fmt::format("DELETE FROM {} WHERE ctid = '(0,0)'", target)));
  transaction.rollback();
}

// One that commits by itself is made to wait at its first lock, which is then in pg_locks.
void LockSelftester::try_alone(const confiture_example& example, const Effect& told) {
  const std::unique_ptr<Connection> subject = connect_(copy_), blocker = connect_(copy_);
  const std::string target = example.target == nullptr ? "" : example.target;
  const bool has_target = !target.empty() && kind_of(*blocker, target).has_value();
  postgres::Transaction blocking(*blocker);
  if (has_target) blocker->execute("LOCK TABLE " + target + " IN EXCLUSIVE MODE");
  std::exception_ptr failure;
  std::thread running([&] {
    try {
      subject->execute(example.sql);
    } catch (...) {
      failure = std::current_exception();
    }
  });
  std::string lock = "none";
  const postgres::Parameter pid = std::to_string(subject->backend_pid());
  try {
    for (int look = 0; has_target && look < 100 && lock == "none"; ++look) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      const postgres::Result rows = admin_->query(
          "SELECT mode FROM pg_catalog.pg_locks WHERE pid = $1::int AND locktype = 'relation' "
          "AND NOT granted",
          {&pid, 1});
      if (rows.row_count() > 0) lock = migrations::sql_lock_mode(rows.text(0, 0));
    }
    blocking.rollback();
  } catch (...) {
    subject->cancel();
    running.join();
    throw;
  }
  running.join();
  const bool fails = (example.flags & CONFITURE_EXAMPLE_FAILS) != 0;
  if (failure && !fails) std::rethrow_exception(failure);
  if (!failure && fails) return differ(example, "runs", "no", "it does");
  if (fails || !has_target) return;
  const std::string expected = lock_told(told, target);
  if (lock != expected) differ(example, "lock", expected, lock);
}

void LockSelftester::differ(const confiture_example& example, const char* field, std::string told,
                            std::string seen) {
  result_.differences.push_back({example.form, field, std::move(told), std::move(seen)});
}

void LockSelftester::compare(const confiture_example& example, const char* field, Truth told,
                             bool seen) {
  if (told == Truth::unknown || (told == Truth::yes) == seen) return;
  differ(example, field, told == Truth::yes ? "yes" : "no", seen ? "yes" : "no");
}

}  // namespace host::review
