// SPDX-License-Identifier: MIT
// Pairs of connections that share out what is to be read of both databases, each with a thread.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"

namespace host::sync {

// Both see what all others of their side see: one snapshot, or what is committed.
struct ConnectionPair {
  postgres::Connection* source = nullptr;
  postgres::Connection* target = nullptr;
};

// Calls task(number, pair) once for each number below `count`, from the first on, on the pairs'
// threads, the first pair's being the calling one. The first failure stops what the others are
// doing, statements in the servers included, and is thrown once all have ended; so does a wish to
// stop. [main]
void share_out(const std::vector<ConnectionPair>& pairs, std::size_t count,
               const Cancellation& cancellation,
               const std::function<void(std::size_t number, std::size_t pair)>& task);

}  // namespace host::sync
