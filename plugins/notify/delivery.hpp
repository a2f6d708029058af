// SPDX-License-Identifier: MIT
// What all senders share: tries with growing pauses between them, and one key for all of them.
#pragma once

#include <confiture/plugin.hpp>

#include <chrono>
#include <functional>
#include <string>

#include "plugins/notify/transfer.hpp"

namespace notify {

struct Retries {
  std::int64_t count = 3;                // after the first try
  std::chrono::milliseconds pause{500};  // before the first of them; doubled for each further one
};

// Tries until it is accepted or refused. Throws confiture::Error that names `receiver` ("the
// webhook at https://example.com") and why, or confiture::Cancelled.
void deliver(const std::string& receiver, const Retries& retries, const confiture::Call& call,
             const std::function<Answer()>& once);

// 32 hexadecimal digits that no other delivery has: the host's, where it delivers what it has kept
// and may try again, else fresh ones.
std::string delivery_key(const confiture::Context& context);

}  // namespace notify
