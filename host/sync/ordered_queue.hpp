// SPDX-License-Identifier: MIT
// A bounded queue that several workers fill in any order and that is emptied in the order of the
// items' numbers, so that rows arrive in the target as the source sent them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace host::sync {

// Items are numbered from 0 without a gap. [any thread]
template <typename T>
class OrderedQueue {
 public:
  explicit OrderedQueue(std::size_t capacity) : capacity_(capacity) {}

  // Waits until the item is less than `capacity` ahead of the next one. False: nobody will take it.
  bool push(std::uint64_t number, T item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return number < next_ + capacity_ || aborted_; });
    if (aborted_) return false;
    items_.emplace(number, std::move(item));
    lock.unlock();
    changed_.notify_all();
    return true;
  }

  // Waits for the next item. Nothing: all of them were taken, or aborted.
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      return aborted_ || next_ == count_ || (!items_.empty() && items_.begin()->first == next_);
    });
    if (aborted_ || next_ == count_) return std::nullopt;
    std::optional<T> item(std::move(items_.begin()->second));
    items_.erase(items_.begin());
    ++next_;
    lock.unlock();
    changed_.notify_all();
    return item;
  }

  // There are `count` items in all.
  void end(std::uint64_t count) {
    const std::lock_guard lock(mutex_);
    count_ = count;
    changed_.notify_all();
  }

  // Wakes both sides, which give up.
  void abort() {
    const std::lock_guard lock(mutex_);
    aborted_ = true;
    changed_.notify_all();
  }

 private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::uint64_t, T> items_;
  std::uint64_t next_ = 0, count_ = std::numeric_limits<std::uint64_t>::max();
  bool aborted_ = false;
};

}  // namespace host::sync
