// SPDX-License-Identifier: MIT
// The rows of all tables on their way: each lane, a pair of connections with a thread, copies one
// piece after the other; the calling thread hands them out, makes and ends the strategies for them,
// and tells how far they are.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/domains.hpp"
#include "host/sync/lanes.hpp"
#include "host/sync/pipeline.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/report.hpp"
#include "host/sync/work.hpp"

namespace host::sync {

// Whose transactions the rows arrive in.
enum class Arrival {
  one_transaction,  // the caller's, in which the tables were emptied
  by_piece          // each piece has its own; a table of one piece is emptied in it
};

struct LoadInput {
  const Plan& plan;
  const Catalog& source;
  Domains& domains;
  ValueSink* sink = nullptr;  // may be null
  std::vector<ConnectionPair> lanes;
  std::size_t workers = 1;  // of each lane
  Arrival arrival = Arrival::one_transaction;
  Cutting cutting;
  PipelineLimits limits;
  std::chrono::milliseconds lock_timeout{2'000};  // of each piece's own transaction
  const Cancellation& cancellation;
};

struct LoadState {
  std::uint64_t rows = 0;  // of this load
  std::size_t table = 0;   // in Plan::tables, one that is under way
  std::size_t tables_done = 0;
};

class Load {
 public:
  explicit Load(LoadInput input) : input_(std::move(input)) {}

  // By table of the plan, those that are there already; empty: none. Where there is a sink, their
  // rows are read and rewritten for it all the same, and not written.
  std::vector<bool> done;
  // Both on the calling thread, may be empty: the state has changed; a table has arrived.
  std::function<void(const LoadState&)> progress;
  std::function<void(std::size_t table, const TableReport&)> arrived;

  // The reports by table of the plan, empty for a table that was not read. Throws the first failure
  // once all lanes have stopped. [main]
  std::vector<TableReport> run();

 private:
  LoadInput input_;
};

}  // namespace host::sync
