// SPDX-License-Identifier: MIT
#include "host/hooks/watchdog.hpp"

#include <utility>

namespace host::hooks {
namespace {

constexpr std::chrono::milliseconds again(100);

}  // namespace

Watchdog::Watchdog() : thread_([this] { watch(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Watchdog::watch() {
  std::unique_lock lock(mutex_);
  while (!quit_) {
    if (!stop_) {
      changed_.wait(lock);
    } else if (std::chrono::steady_clock::now() < next_) {
      // A copy: next_ changes while this waits without the lock.
      const auto until = next_;
      changed_.wait_until(lock, until);
    } else {
      passed_ = true;
      stop_();
      next_ = std::chrono::steady_clock::now() + again;
    }
  }
}

Watchdog::Limit::Limit(Watchdog& watchdog, std::chrono::milliseconds limit,
                       std::function<void()> stop)
    : watchdog_(watchdog) {
  {
    const std::lock_guard lock(watchdog_.mutex_);
    watchdog_.stop_ = std::move(stop);
    watchdog_.next_ = std::chrono::steady_clock::now() + limit;
    watchdog_.passed_ = false;
  }
  watchdog_.changed_.notify_all();
}

Watchdog::Limit::~Limit() {
  const std::lock_guard lock(watchdog_.mutex_);
  watchdog_.stop_ = nullptr;
}

bool Watchdog::Limit::passed() const {
  const std::lock_guard lock(watchdog_.mutex_);
  return watchdog_.passed_;
}

}  // namespace host::hooks
