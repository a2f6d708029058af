// SPDX-License-Identifier: MIT
#include "host/cli/lease.hpp"

#include <chrono>
#include <exception>
#include <utility>

namespace host::cli {

Lease::Lease(std::unique_ptr<postgres::Connection> connection, std::string worker, std::string id)
    : connection_(std::move(connection)),
      schedule_(*connection_, std::move(worker)),
      id_(std::move(id)),
      thread_([this] { keep(); }) {}

Lease::~Lease() {
  {
    const std::lock_guard guard(mutex_);
    ended_ = true;
  }
  over_.notify_one();
  thread_.join();
}

void Lease::keep() {
  using namespace std::chrono_literals;
  std::unique_lock guard(mutex_);
  while (!over_.wait_for(guard, 20s, [this] { return ended_; })) {
    try {
      schedule_.renew(id_);
    } catch (const std::exception&) {
      return;  // the claim runs out, and the lock of the run decides
    }
  }
}

}  // namespace host::cli
