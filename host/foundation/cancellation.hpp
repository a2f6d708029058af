// SPDX-License-Identifier: MIT
// A wish to stop, seen by whoever looks: set by a signal, a time limit or a failed neighbour.
#pragma once

#include <atomic>

namespace host {

// Lock-free, so that a signal handler may set it. [any thread]
class Cancellation {
 public:
  void request() noexcept { requested_.store(true, std::memory_order_release); }
  bool requested() const noexcept { return requested_.load(std::memory_order_acquire); }
  // Throws run.interrupted once the wish is there.
  void check() const;

 private:
  std::atomic<bool> requested_{false};
  static_assert(std::atomic<bool>::is_always_lock_free);
};

}  // namespace host
