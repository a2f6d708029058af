// SPDX-License-Identifier: MIT
#include "host/sync/pipeline.hpp"

#include <fmt/format.h>

#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "host/foundation/text.hpp"
#include "host/postgres/copy_stream.hpp"
#include "host/sync/ordered_queue.hpp"
#include "host/sync/queue.hpp"

namespace host::sync {
namespace {

struct Chunk {
  std::uint64_t number = 0;
  std::string bytes;  // whole rows
  std::uint64_t first_row = 0;
  std::size_t rows = 0;
};

// Buffers that were used up, to be filled again: fresh ones would cost a page fault each 4 KiB.
class Buffers {
 public:
  explicit Buffers(std::size_t largest) : largest_(largest) {}
  std::string take() {
    const std::lock_guard lock(mutex_);
    if (spare_.empty()) return {};
    std::string buffer = std::move(spare_.back());
    spare_.pop_back();
    return buffer;
  }
  void give(std::string buffer) {
    if (buffer.capacity() > largest_) return;
    const std::lock_guard lock(mutex_);
    spare_.push_back(std::move(buffer));
  }

 private:
  const std::size_t largest_;
  std::mutex mutex_;
  std::vector<std::string> spare_;
};

class Pipeline {
 public:
  Pipeline(const TablePlan& table, const std::optional<PageRange>& pages,
           postgres::Connection& source, postgres::Connection* target, bool freeze,
           const std::vector<std::unique_ptr<RowRewriter>>& rewriters, const PipelineLimits& limits)
      : table_(table),
        pages_(pages),
        source_(source),
        target_(target),
        freeze_(freeze),
        rewriters_(rewriters),
        chunk_bytes_(limits.chunk_bytes),
        read_(limits.depth),
        rewritten_(limits.depth + rewriters.size()),
        read_buffers_(4 * limits.chunk_bytes),
        rewritten_buffers_(8 * limits.chunk_bytes) {}

  std::uint64_t run(const Cancellation& cancellation,
                    const std::function<void(std::uint64_t)>& wrote) {
    std::uint64_t rows = 0;
    {
      const Cancellation::Subscription stop(
          cancellation, [&] { guarded(&source_, target_, [&] { cancellation.check(); }); });
      std::thread reader([this] { guarded(nullptr, target_, [this] { read(); }); });
      std::vector<std::thread> workers;
      for (const auto& rewriter : rewriters_)
        workers.emplace_back([this, worker = rewriter.get()] {
          guarded(&source_, target_, [&] { rewrite(*worker); });
        });
      guarded(&source_, nullptr, [&] { rows = write(wrote); });
      for (std::thread& worker : workers) worker.join();
      reader.join();
    }
    cancellation.check();
    if (failure_) std::rethrow_exception(failure_);
    return rows;
  }

 private:
  // Runs a stage. The first to fail ends the queues and asks the servers on the other sides of them
  // to stop what they are doing.
  template <typename Stage>
  void guarded(postgres::Connection* upstream, postgres::Connection* downstream,
               Stage stage) noexcept {
    try {
      stage();
    } catch (...) {
      {
        const std::lock_guard lock(mutex_);
        if (failure_) return;
        failure_ = std::current_exception();
      }
      read_.abort();
      rewritten_.abort();
      if (upstream != nullptr) upstream->cancel();
      if (downstream != nullptr) downstream->cancel();
    }
  }

  void read() {
    const bool direct = rewriters_.empty();
    Buffers& buffers = direct ? rewritten_buffers_ : read_buffers_;
    std::uint64_t number = 0;
    try {
      postgres::CopyReader reader(source_, table_.read_sql(pages_));
      std::uint64_t first_row = 0;
      for (;; ++number) {
        Chunk chunk{number, buffers.take(), first_row, 0};
        chunk.bytes.clear();
        chunk.rows = reader.read(chunk.bytes, chunk_bytes_);
        if (chunk.rows == 0) break;
        first_row += chunk.rows;
        if (!(direct ? rewritten_.push(number, std::move(chunk)) : read_.push(std::move(chunk))))
          return;
      }
    } catch (const Error& error) {
      rethrow(error, "reading");
    }
    rewritten_.end(number);
    read_.end();
  }

  void rewrite(RowRewriter& rewriter) {
    while (std::optional<Chunk> chunk = read_.pop()) {
      std::string rewritten = rewritten_buffers_.take();
      rewriter.rewrite(chunk->bytes, chunk->rows, chunk->first_row, rewritten);
      read_buffers_.give(std::exchange(chunk->bytes, std::move(rewritten)));
      const std::uint64_t number = chunk->number;
      if (!rewritten_.push(number, std::move(*chunk))) return;
    }
  }

  std::uint64_t write(const std::function<void(std::uint64_t)>& wrote) {
    if (target_ == nullptr) return discard(wrote);
    try {
      postgres::CopyWriter writer(*target_, table_.write_sql(freeze_));
      while (std::optional<Chunk> chunk = rewritten_.pop()) {
        writer.write(chunk->bytes);
        if (wrote) wrote(chunk->first_row + chunk->rows);
        rewritten_buffers_.give(std::move(chunk->bytes));
      }
      if (failed()) return 0;  // the writer discards what it has
      return writer.finish();
    } catch (const Error& error) {
      rethrow(error, "writing");
    }
  }

  std::uint64_t discard(const std::function<void(std::uint64_t)>& wrote) {
    std::uint64_t rows = 0;
    while (std::optional<Chunk> chunk = rewritten_.pop()) {
      rows += chunk->rows;
      if (wrote) wrote(rows);
      rewritten_buffers_.give(std::move(chunk->bytes));
    }
    // The binary format's mark at the end is a message like a row's.
    return failed() || !table_.binary ? rows : rows - 1;
  }

  bool failed() {
    const std::lock_guard lock(mutex_);
    return failure_ != nullptr;
  }

  [[noreturn]] void rethrow(const Error& error, std::string_view doing) const {
    throw Error(
        error.code(),
        fmt::format("{} table {}: {}", doing, printable(table_.name.sql()), error.message()),
        error.hint(), error.place());
  }

  const TablePlan& table_;
  const std::optional<PageRange>& pages_;
  postgres::Connection& source_;
  postgres::Connection* target_;
  const bool freeze_;
  const std::vector<std::unique_ptr<RowRewriter>>& rewriters_;
  const std::size_t chunk_bytes_;
  Queue<Chunk> read_;
  OrderedQueue<Chunk> rewritten_;
  Buffers read_buffers_, rewritten_buffers_;
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace

std::uint64_t copy_table(const TablePlan& table, const std::optional<PageRange>& pages,
                         postgres::Connection& source, postgres::Connection* target, bool freeze,
                         const std::vector<std::unique_ptr<RowRewriter>>& rewriters,
                         const Cancellation& cancellation,
                         const std::function<void(std::uint64_t rows)>& wrote,
                         const PipelineLimits& limits) {
  return Pipeline(table, pages, source, target, freeze, rewriters, limits).run(cancellation, wrote);
}

}  // namespace host::sync
