// SPDX-License-Identifier: MIT
// One sync as a command runs it: connections to both ends, the target's hooks, and how far it is.
#pragma once

#include <memory>

#include "host/cli/context.hpp"
#include "host/cli/sync_progress.hpp"
#include "host/config/environment.hpp"
#include "host/hooks/runner.hpp"
#include "host/sync/sync.hpp"

namespace host::cli {

// For all rows, with what the environments and this machine say.
sync::Request make_sync_request(const config::Environment& from, const config::Environment& to);

// [main]
class SyncRun {
 public:
  // Connects and plans: see sync::Sync. The context outlives it.
  SyncRun(Context& context, sync::Request request, const config::Environment& from,
          const config::Environment& to);
  SyncRun(const SyncRun&) = delete;
  SyncRun& operator=(const SyncRun&) = delete;

  sync::Sync& sync() { return *sync_; }
  const hooks::Runner& hooks() const { return hooks_; }
  sync::Report run();

 private:
  void warn(std::string_view text);

  Context& context_;
  SyncProgress progress_;
  std::unique_ptr<postgres::Connection> source_, target_;
  hooks::Runner hooks_;
  std::unique_ptr<sync::Sync> sync_;
};

}  // namespace host::cli
