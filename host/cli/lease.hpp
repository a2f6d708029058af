// SPDX-License-Identifier: MIT
// Keeps a worker's claim of an appointment alive while it is at it, however long that takes, so
// that no other worker takes it for one that was left. It is only about who tries: the lock of the
// run says who may.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "host/review/schedule.hpp"

namespace host::cli {

// [any thread]
class Lease {
 public:
  // Renews what `worker` has claimed as `id`, over a session of its own. Where that is lost, the
  // claim runs out.
  Lease(std::unique_ptr<postgres::Connection> connection, std::string worker, std::string id);
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease();

 private:
  void keep();

  std::unique_ptr<postgres::Connection> connection_;
  review::Schedule schedule_;
  std::string id_;
  std::mutex mutex_;
  std::condition_variable over_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace host::cli
