// SPDX-License-Identifier: MIT
#include "host/hooks/runner.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "host/foundation/cancellation.hpp"
#include "host/foundation/time.hpp"
#include "host/hooks/canonical.hpp"
#include "host/hooks/condition.hpp"
#include "host/hooks/errors.hpp"
#include "host/postgres/errors.hpp"

namespace host::hooks {
namespace {

using postgres::TransactionState;

confiture_str to_str(std::string_view text) {
  return {text.data() == nullptr ? "" : text.data(), text.size()};
}

confiture_event to_abi(const Event& event, const Runner::Setting& setting) {
  static sql::Arena arena;
  static const sql::Node& empty_plan = arena.add(CONFITURE_NODE_PLAN);
  confiture_event abi{};
  abi.struct_size = sizeof abi;
  abi.phase = event.phase;
  abi.dry_run = event.dry_run ? 1 : 0;
  abi.in_transaction = event.in_transaction ? 1 : 0;
  abi.environment = to_str(setting.environment);
  abi.database = to_str(setting.database);
  abi.status = to_str(event.status);
  abi.direction = to_str(event.direction);
  abi.error = to_str(event.error);
  abi.duration_us = static_cast<std::uint64_t>(event.duration.count());
  abi.row_count = event.row_count;
  abi.migration = event.migration;
  abi.plan = event.plan != nullptr ? event.plan : &empty_plan;
  return abi;
}

// What a hook does to the database can be taken back while the transaction goes on. One that
// aborts the migration needs none: the whole transaction goes.
class Savepoint {
 public:
  Savepoint(postgres::Connection* connection, bool wanted)
      : connection_(wanted ? connection : nullptr) {
    if (connection_ != nullptr) connection_->execute("SAVEPOINT confiture_hook");
  }
  void keep() {
    if (connection_ != nullptr) connection_->execute("RELEASE SAVEPOINT confiture_hook");
  }
  void undo() {
    if (connection_ != nullptr)
      connection_->execute(
          "ROLLBACK TO SAVEPOINT confiture_hook; RELEASE SAVEPOINT confiture_hook");
  }

 private:
  postgres::Connection* connection_;
};

// A hook that says it is well but left the transaction unusable is not.
std::optional<Error> check_transaction(const postgres::Connection& connection) {
  switch (connection.transaction_state()) {
    case TransactionState::failed:
      return Error(errors::failed,
                   "it said that all is well, but a statement of its failed and the transaction "
                   "is aborted");
    case TransactionState::idle:
      return Error(errors::failed, "it ended the transaction that it ran in");
    default:
      return std::nullopt;
  }
}

// Where a hook's failure undoes nothing, which nobody should have to guess: after the commit, and
// in a migration without a transaction.
std::string what_stays(const Event& event) {
  const bool after =
      event.phase == CONFITURE_PHASE_POST_EXECUTE || event.phase == CONFITURE_PHASE_POST_ROLLBACK;
  if (!after || event.in_transaction) return {};
  if (event.part == Part::inside)
    return "the migration has no transaction: its statements are done and stay so, and the next "
           "run asks its hooks again";
  return fmt::format("the migration is {} and stays so",
                     event.phase == CONFITURE_PHASE_POST_EXECUTE ? "applied" : "rolled back");
}

std::string join_hints(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "; " + second;
}

std::string account_of(const Hook& hook, const Event& event, const Error& error) {
  std::string who = fmt::format("{} hook '{}'", phase_name(event.phase), hook.name);
  if (hook.name != hook.action->id) who += fmt::format(" ({})", hook.action->id);
  if (!event.migration_key.empty()) who += fmt::format(" of migration '{}'", event.migration_key);
  return who + " failed: " + error.message();
}

}  // namespace

struct Runner::Bound {
  Hook hook;
  extensions::Instance instance;
};

Runner::Runner(std::vector<Hook> hooks, extensions::Session& session, Setting setting)
    : session_(session), setting_(std::move(setting)) {
  for (Hook& hook : hooks) {
    try {
      extensions::Instance instance(*hook.action, hook.parameters, session_);
      bound_.push_back(std::make_unique<Bound>(Bound{std::move(hook), std::move(instance)}));
    } catch (const Error& error) {
      throw error.at(hook.place);
    }
  }
}

Runner::~Runner() = default;

std::vector<const Hook*> Runner::find(const Event& event) const {
  std::vector<const Hook*> found;
  for (const auto& bound : bound_)
    if (takes_part(bound->hook, event)) found.push_back(&bound->hook);
  return found;
}

std::string Runner::canonical() const {
  std::vector<const Hook*> all;
  for (const auto& bound : bound_) all.push_back(&bound->hook);
  return hooks::canonical(all);
}

bool Runner::may_write() const {
  return std::any_of(bound_.begin(), bound_.end(),
                     [](const auto& bound) { return bound->hook.writes(); });
}

std::chrono::milliseconds Runner::longest_timeout() const {
  std::chrono::milliseconds longest(0);
  for (const auto& bound : bound_) longest = std::max(longest, bound->hook.timeout);
  return longest;
}

void Runner::fire(const Event& event, postgres::Connection* connection) {
  for (const auto& bound : bound_)
    if (takes_part(bound->hook, event)) run_one(*bound, event, connection);
}

// Runs it, and says what went wrong, if anything did.
std::optional<Error> Runner::attempt(Bound& bound, const Event& event,
                                     postgres::Connection* connection) {
  const Hook& hook = bound.hook;
  const auto start = std::chrono::steady_clock::now();
  std::optional<Error> failure;
  bool timed_out = false;
  {
    Cancellation cancellation;
    std::optional<Watchdog::Limit> limit;
    if (hook.timeout.count() > 0)
      limit.emplace(watchdog_, hook.timeout, [&] {
        cancellation.request();
        if (connection != nullptr) connection->cancel();
      });
    try {
      extensions::CallContext context;
      context.connection = connection;
      context.cancellation = &cancellation;
      bound.instance.run(to_abi(event, setting_), context);
      if (event.in_transaction && connection != nullptr) failure = check_transaction(*connection);
    } catch (const Error& error) {
      failure = error;
      timed_out = limit && limit->passed();
    }
  }
  outcomes_.back().duration_ms = elapsed_ms(start);
  if (!failure) return failure;
  outcomes_.back().status = Outcome::Status::failed;
  if (session_.cancellation != nullptr && event.phase != CONFITURE_PHASE_ON_ERROR)
    session_.cancellation->check();
  if (timed_out)
    failure = Error(errors::failed,
                    fmt::format("it took longer than its timeout of {} and was stopped",
                                format_duration(hook.timeout)),
                    "give it a longer 'timeout'");
  return failure;
}

void Runner::run_one(Bound& bound, const Event& event, postgres::Connection* connection) {
  const Hook& hook = bound.hook;
  outcomes_.push_back({event.phase, hook.action->id, hook.name, std::string(event.migration_key)});
  if (event.dry_run && hook.writes()) {
    outcomes_.back().status = Outcome::Status::skipped;
    return;
  }
  if (session_.cancellation != nullptr && event.phase != CONFITURE_PHASE_ON_ERROR)
    session_.cancellation->check();

  Savepoint savepoint(connection, event.in_transaction && hook.on_error != config::OnError::abort);
  std::optional<Error> failure = attempt(bound, event, connection);
  if (!failure) {
    savepoint.keep();
    return;
  }
  const bool lost =
      connection != nullptr && connection->transaction_state() == TransactionState::unknown;
  // There is no transaction to go on with, whatever the binding says.
  if (lost && event.in_transaction)
    throw Error(postgres::errors::connection_lost, account_of(hook, event, *failure),
                failure->hint(), hook.place);
  if (hook.on_error != config::OnError::abort) savepoint.undo();
  settle(hook, event, *failure, lost ? postgres::errors::connection_lost : errors::failed);
}

std::optional<std::string> Runner::tell(const Hook& hook, const Event& event,
                                        postgres::Connection* connection) {
  const auto bound = std::find_if(bound_.begin(), bound_.end(),
                                  [&](const auto& each) { return &each->hook == &hook; });
  outcomes_.push_back({event.phase, hook.action->id, hook.name, std::string(event.migration_key)});
  const std::optional<Error> failure = attempt(**bound, event, connection);
  if (!failure) return std::nullopt;
  outcomes_.back().status = Outcome::Status::warned;
  return account_of(hook, event, *failure);
}

std::vector<const Hook*> Runner::all() const {
  std::vector<const Hook*> hooks;
  for (const auto& bound : bound_) hooks.push_back(&bound->hook);
  return hooks;
}

void Runner::settle(const Hook& hook, const Event& event, const Error& error, ErrorCode code) {
  const std::string message = account_of(hook, event, error);
  if (hook.on_error == config::OnError::ignore) {
    outcomes_.back().status = Outcome::Status::ignored;
  } else if (hook.on_error == config::OnError::warn || event.phase == CONFITURE_PHASE_ON_ERROR) {
    outcomes_.back().status = Outcome::Status::warned;
    if (setting_.warn) setting_.warn(message);
  } else {
    throw Error(code, message, join_hints(error.hint(), what_stays(event)), hook.place);
  }
}

}  // namespace host::hooks
