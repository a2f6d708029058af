// SPDX-License-Identifier: MIT
// A wish to stop, seen by whoever looks and told to whoever waits: set by a signal, a time limit or
// a failed neighbour.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>

namespace host {

// [any thread] Not for signal handlers: the cli turns signals into calls from a thread.
class Cancellation {
 public:
  // The callbacks run once, on the requesting thread, before this returns.
  void request();
  bool requested() const noexcept { return requested_.load(std::memory_order_acquire); }
  // Throws run.interrupted once the wish is there.
  void check() const;

  // Calls back on request(), or at once where the wish is there already, until it is destroyed;
  // the destructor waits for a callback that runs. For a wait that nothing else would end: a
  // statement in the server, a child process. The Cancellation outlives it.
  class Subscription {
   public:
    Subscription(const Cancellation& cancellation, std::function<void()> callback);
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    ~Subscription();

   private:
    const Cancellation& cancellation_;
    int number_ = 0;
  };

 private:
  std::atomic<bool> requested_{false};
  mutable std::mutex mutex_;
  mutable std::map<int, std::function<void()>> callbacks_;
  mutable int next_number_ = 0;
};

}  // namespace host
