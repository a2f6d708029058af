// SPDX-License-Identifier: MIT
// How far a sync is, on standard error: a line drawn again and again on a terminal, a line each ten
// seconds elsewhere.
#pragma once

#include <chrono>

#include "host/cli/output.hpp"
#include "host/sync/sync.hpp"

namespace host::cli {

// [main] The output outlives it.
class SyncProgress {
 public:
  explicit SyncProgress(Output& output);
  ~SyncProgress();  // clears the line

  void update(const sync::Progress& progress);
  void clear();  // before other messages

 private:
  Output& output_;
  bool terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point start_, last_;
};

// "1,234,567".
std::string with_thousands(std::uint64_t number);

}  // namespace host::cli
