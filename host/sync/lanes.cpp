// SPDX-License-Identifier: MIT
#include "host/sync/lanes.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace host::sync {
namespace {

class Sharing {
 public:
  Sharing(const std::vector<ConnectionPair>& pairs, std::size_t count,
          const std::function<void(std::size_t, std::size_t)>& task)
      : pairs_(pairs), count_(count), task_(task) {}

  void run(const Cancellation& cancellation) {
    {
      const Cancellation::Subscription stop(cancellation, [this] { end_others(pairs_.size()); });
      std::vector<std::thread> threads;
      for (std::size_t pair = 1; pair < pairs_.size() && pair < count_; ++pair)
        threads.emplace_back([this, pair] { work(pair); });
      work(0);
      for (std::thread& thread : threads) thread.join();
    }
    cancellation.check();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void work(std::size_t pair) noexcept {
    for (std::size_t number; !ended_ && (number = next_++) < count_;) {
      try {
        task_(number, pair);
      } catch (...) {
        {
          const std::lock_guard lock(mutex_);
          if (!failure_) failure_ = std::current_exception();
        }
        if (!ended_.exchange(true)) end_others(pair);
      }
    }
  }

  void end_others(std::size_t but) {
    ended_ = true;
    for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
      if (pair == but) continue;
      pairs_[pair].source->cancel();
      pairs_[pair].target->cancel();
    }
  }

  const std::vector<ConnectionPair>& pairs_;
  const std::size_t count_;
  const std::function<void(std::size_t, std::size_t)>& task_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> ended_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace

void share_out(const std::vector<ConnectionPair>& pairs, std::size_t count,
               const Cancellation& cancellation,
               const std::function<void(std::size_t, std::size_t)>& task) {
  Sharing(pairs, count, task).run(cancellation);
}

}  // namespace host::sync
