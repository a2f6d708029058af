// SPDX-License-Identifier: MIT
#include "host/foundation/cancellation.hpp"

#include <utility>

#include "host/foundation/errors.hpp"

namespace host {

void Cancellation::request() {
  const std::lock_guard lock(mutex_);
  if (requested_.exchange(true, std::memory_order_acq_rel)) return;
  for (const auto& [number, callback] : callbacks_) callback();
}

void Cancellation::check() const {
  if (requested()) throw Error(errors::interrupted, "interrupted");
}

Cancellation::Subscription::Subscription(const Cancellation& cancellation,
                                         std::function<void()> callback)
    : cancellation_(cancellation) {
  const std::lock_guard lock(cancellation_.mutex_);
  number_ = cancellation_.next_number_++;
  if (cancellation_.requested()) callback();
  cancellation_.callbacks_.emplace(number_, std::move(callback));
}

Cancellation::Subscription::~Subscription() {
  const std::lock_guard lock(cancellation_.mutex_);
  cancellation_.callbacks_.erase(number_);
}

}  // namespace host
