// SPDX-License-Identifier: MIT
#include "host/migrations/retry.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <condition_variable>
#include <mutex>
#include <random>

#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/migrations/audit_events.hpp"

namespace host::migrations {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds first_pause(500), longest_pause(60'000);

milliseconds jittered(milliseconds length) {
  static std::minstd_rand random(std::random_device{}());
  std::uniform_real_distribution<double> share(0.75, 1.25);
  return milliseconds(
      static_cast<std::int64_t>(static_cast<double>(length.count()) * share(random)));
}

std::string what_happened(const Execution& run, const StatementError& error) {
  std::string text = error.sqlstate() == "55P03"
                         ? fmt::format("a lock was not to be had in {}",
                                       format_duration(run.environment.lock_timeout))
                         : "a deadlock was broken up";
  const std::vector<Blocker> blockers = run.watch.seen();
  if (!blockers.empty()) text += "; in the way: " + join_words(blockers);
  return text;
}

// The attempt was rolled back: nothing of it is in the audit's way.
void note_wait(const Execution& run, const Step& step, const StatementError& error, int attempt) {
  boost::json::object facts = migration_facts(step, run.plan.direction);
  facts["attempt"] = attempt;
  facts["sqlstate"] = error.sqlstate();
  facts["blockers"] = boost::json::value_from(run.watch.seen());
  run.trail.append(run.side, "lock.waited", facts);
}

[[noreturn]] void give_up(const Execution& run, const StatementError& error, int attempts,
                          Clock::time_point start) {
  std::string hint = fmt::format(
      "{}; tried {} in {}; wait for it to be free, or give this environment a longer 'lock_retry'",
      what_happened(run, error), attempts == 1 ? "once" : fmt::format("{} times", attempts),
      format_duration(
          milliseconds(std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - start))));
  throw Error(error.code(), error.message(), std::move(hint), error.place());
}

}  // namespace

void pause(milliseconds length, const Cancellation& cancellation) {
  std::mutex mutex;
  std::condition_variable woken;
  const Cancellation::Subscription subscription(cancellation, [&] {
    const std::lock_guard lock(mutex);
    woken.notify_all();
  });
  std::unique_lock lock(mutex);
  woken.wait_for(lock, length, [&] { return cancellation.requested(); });
  lock.unlock();
  cancellation.check();
}

void with_retries(const Execution& run, const Step& step, const std::function<void()>& attempt) {
  const auto start = Clock::now();
  milliseconds length = first_pause;
  for (int number = 1;; ++number) {
    try {
      return attempt();
    } catch (const StatementError& error) {
      if (error.sqlstate() != "55P03" && error.sqlstate() != "40P01") throw;
      const milliseconds wait = jittered(length);
      if (Clock::now() + wait > start + run.environment.lock_retry) {
        note_wait(run, step, error, number);
        give_up(run, error, number, start);
      }
      note_wait(run, step, error, number);
      if (run.message)
        run.message(fmt::format("migration '{}': {}; attempt {} follows in {} ms",
                                step.migration->key(), what_happened(run, error), number + 1,
                                wait.count()));
      pause(wait, run.cancellation);
      length = std::min(length * 2, longest_pause);
    }
  }
}

}  // namespace host::migrations
