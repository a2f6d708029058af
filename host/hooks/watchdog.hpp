// SPDX-License-Identifier: MIT
// A time limit on a call that cannot be left: asks it to stop, again and again, until it returns.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace host::hooks {

// One thread for all the calls of a run, so that a limit costs no thread of its own.
class Watchdog {
 public:
  Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog();

  // While it lives, and once the limit has passed, `stop` is called every 100 ms, on the watchdog's
  // thread: a call may run one query after another, and each has to be stopped. The destructor
  // waits for a `stop` that runs, so nothing of it hits what comes next. One at a time.
  class Limit {
   public:
    Limit(Watchdog& watchdog, std::chrono::milliseconds limit, std::function<void()> stop);
    Limit(const Limit&) = delete;
    Limit& operator=(const Limit&) = delete;
    ~Limit();
    bool passed() const;

   private:
    Watchdog& watchdog_;
  };

 private:
  void watch();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void()> stop_;  // empty: nothing to watch
  std::chrono::steady_clock::time_point next_;
  // When the thread looks again by itself: a limit that ends later need not wake it.
  std::chrono::steady_clock::time_point awake_ = std::chrono::steady_clock::time_point::max();
  bool passed_ = false, quit_ = false;
  std::thread thread_;
};

}  // namespace host::hooks
