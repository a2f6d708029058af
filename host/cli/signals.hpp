// SPDX-License-Identifier: MIT
// Ctrl-C and SIGTERM as a wish to stop. Handlers, not a blocked mask, so that child processes start
// with the signals that they expect.
#pragma once

#include <thread>

#include "host/foundation/cancellation.hpp"

namespace host::cli {

// While it lives: the first SIGINT or SIGTERM requests cancellation, from a thread of its own; the
// third leaves at once with status 130. SIGPIPE is ignored, so that a closed pipe is an error
// with a message. One at a time. [main]
class Signals {
 public:
  explicit Signals(Cancellation& cancellation);
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();

 private:
  void watch(Cancellation& cancellation);
  std::thread watcher_;
};

}  // namespace host::cli
