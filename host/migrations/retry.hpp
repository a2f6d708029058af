// SPDX-License-Identifier: MIT
// Patience with locks: a migration that does not get one in time is rolled back as a whole, so that
// those who queue behind it get on, and tried again.
#pragma once

#include <chrono>
#include <functional>

#include "host/migrations/execution.hpp"

namespace host::migrations {

// Waits unless the user asks to stop, which it throws.
void pause(std::chrono::milliseconds length, const Cancellation& cancellation);

// Calls `attempt` again while it fails for want of a lock (55P03, 40P01): after half a second, then
// after twice as long each time, up to a minute, until the environment's `lock_retry` is over.
// Says each time who stood in the way.
void with_retries(const Execution& run, const Step& step, const std::function<void()>& attempt);

}  // namespace host::migrations
