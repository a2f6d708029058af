// SPDX-License-Identifier: MIT
#include "host/hooks/watchdog.hpp"

#include <utility>

namespace host::hooks {
namespace {

using Clock = std::chrono::steady_clock;
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
      awake_ = Clock::time_point::max();
      changed_.wait(lock);
    } else if (Clock::now() < next_) {
      awake_ = next_;
      const auto until = next_;  // a copy: next_ changes while this waits without the lock
      changed_.wait_until(lock, until);
    } else {
      passed_ = true;
      stop_();
      next_ = Clock::now() + again;
    }
  }
}

Watchdog::Limit::Limit(Watchdog& watchdog, std::chrono::milliseconds limit,
                       std::function<void()> stop)
    : watchdog_(watchdog) {
  bool wake = false;
  {
    const std::lock_guard lock(watchdog_.mutex_);
    watchdog_.stop_ = std::move(stop);
    watchdog_.next_ = Clock::now() + limit;
    watchdog_.passed_ = false;
    wake = watchdog_.next_ < watchdog_.awake_;
  }
  if (wake) watchdog_.changed_.notify_all();
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
