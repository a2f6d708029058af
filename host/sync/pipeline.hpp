// SPDX-License-Identifier: MIT
// One table on its way: a thread reads rows from the source, workers replace columns, and the
// calling thread writes to the target, with bounded queues between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/row_rewriter.hpp"

namespace host::sync {

// Memory in flight is about 2 * (depth + workers + 1) * chunk_bytes, whatever the table's size; a
// single row larger than a chunk is the exception, it is held whole.
struct PipelineLimits {
  std::size_t chunk_bytes = 256 * 1024;
  std::size_t depth = 4;  // chunks in each queue
};

// Copies one table, or the rows in some of its pages, and returns the number of rows that the
// target counted. A worker for each rewriter; without any, rows pass as they are, in the binary
// format where `binary` says so. Rows arrive in the source's order, frozen where `freeze` says that
// this transaction emptied the table. `wrote` hears after each chunk how many rows are written, on
// the calling thread. Without a target the rows are read and rewritten only, and counted. The first
// failure of any stage stops the others, statements that wait in a server included, and is thrown
// once all have ended; both connections are then in a failed transaction, or lost. [any thread]
std::uint64_t copy_table(const TablePlan& table, const std::optional<PageRange>& pages,
                         postgres::Connection& source, postgres::Connection* target, bool freeze,
                         const std::vector<std::unique_ptr<RowRewriter>>& rewriters,
                         const Cancellation& cancellation,
                         const std::function<void(std::uint64_t rows)>& wrote,
                         const PipelineLimits& limits = {});

}  // namespace host::sync
