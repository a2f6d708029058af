// SPDX-License-Identifier: MIT
#include "host/sync/load.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/postgres/transaction.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/session_settings.hpp"

namespace host::sync {
namespace {

// A strategy whose rows influence each other sees them all, in order, only where it works alone.
std::size_t workers_for(const TablePlan& table, std::size_t wanted) {
  for (const MaskedColumn& column : table.masked)
    if (!column.strategy.has(CONFITURE_STRATEGY_ROW_LOCAL)) return 1;
  return std::max<std::size_t>(wanted, 1);
}

// A piece in a lane's hands.
struct Task {
  Piece piece;
  bool whole = true;    // it is all of its table
  bool written = true;  // not only read
  std::vector<std::unique_ptr<RowRewriter>> rewriters;
  std::atomic<std::uint64_t> written_rows{0};
  std::uint64_t rows = 0;
};

class Loading {
 public:
  Loading(const LoadInput& input, const Load& load)
      : input_(input), load_(load), done_(load.done), work_(make_work()) {
    done_.resize(input.plan.tables.size(), false);
    for (std::size_t table = 0; table < input.plan.tables.size(); ++table)
      rests_.push_back({work_.pieces_of(table), {}, {}});
    reports_.resize(rests_.size());
    tasks_.resize(input.lanes.size());
    finished_.resize(input.lanes.size(), false);
  }

  std::vector<TableReport> run() {
    {
      const Cancellation::Subscription stop(input_.cancellation, [this] { stop_.request(); });
      std::vector<std::thread> threads;
      for (std::size_t lane = 0; lane < input_.lanes.size(); ++lane)
        threads.emplace_back([this, lane] { run_lane(lane); });
      try {
        hand_out();
      } catch (...) {
        fail();
      }
      end();
      for (std::thread& thread : threads) thread.join();
    }
    tasks_.clear();  // their strategies end on this thread
    input_.cancellation.check();
    if (failure_) std::rethrow_exception(failure_);
    return std::move(reports_);
  }

 private:
  struct Rest {
    std::size_t pieces = 0;  // that have not arrived
    std::vector<MaskCounts> counts;
    std::optional<std::chrono::steady_clock::time_point> begun;
  };

  Work make_work() const {
    std::vector<bool> left_out(input_.plan.tables.size(), false);
    if (input_.sink == nullptr && !load_.done.empty()) left_out = load_.done;
    Cutting cutting = input_.cutting;
    cutting.possible = cutting.possible && input_.arrival == Arrival::by_piece;
    return Work(input_.plan, input_.source, cutting, left_out);
  }

  // [main] Until all have arrived, or one has failed.
  void hand_out() {
    std::unique_lock lock(mutex_);
    for (;;) {
      std::size_t busy = 0;
      for (std::size_t lane = 0; lane < tasks_.size() && !failure_; ++lane) {
        if (finished_[lane]) settle(lane, lock);
        if (tasks_[lane] == nullptr) give(lane, lock);
        busy += tasks_[lane] != nullptr;
      }
      if (failure_ || busy == 0) return;
      tell(lock);
      changed_.wait_for(lock, std::chrono::milliseconds(100));
    }
  }

  void give(std::size_t lane, std::unique_lock<std::mutex>& lock) {
    const std::optional<Piece> piece = work_.next();
    if (!piece) return;
    lock.unlock();
    const TablePlan& table = input_.plan.tables[piece->table];
    auto task = std::make_unique<Task>();
    task->piece = *piece;
    task->whole = work_.pieces_of(piece->table) == 1;
    task->written = !done_[piece->table];
    if (!table.masked.empty() || table.read.size() > table.written)
      for (std::size_t i = 0; i < workers_for(table, input_.workers); ++i)
        task->rewriters.push_back(std::make_unique<RowRewriter>(
            table, input_.domains, input_.sink, task->piece.pages ? &*task->piece.pages : nullptr));
    Rest& rest = rests_[piece->table];
    if (!rest.begun) rest.begun = std::chrono::steady_clock::now();
    rest.counts.resize(table.masked.size());
    lock.lock();
    tasks_[lane] = std::move(task);
    wake_.notify_all();
  }

  // Takes what a lane has done.
  void settle(std::size_t lane, std::unique_lock<std::mutex>& lock) {
    const std::unique_ptr<Task> task = std::move(tasks_[lane]);
    finished_[lane] = false;
    lock.unlock();
    const std::size_t number = task->piece.table;
    Rest& rest = rests_[number];
    for (const auto& rewriter : task->rewriters)
      for (std::size_t mask = 0; mask < rest.counts.size(); ++mask) {
        rest.counts[mask].values += rewriter->counts()[mask].values;
        rest.counts[mask].unchanged += rewriter->counts()[mask].unchanged;
      }
    reports_[number].rows += task->rows;
    rows_ += task->rows;
    if (--rest.pieces == 0) {
      finish(number, rest);
      ++tables_done_;
      if (load_.arrived) load_.arrived(number, reports_[number]);
    }
    lock.lock();
  }

  void finish(std::size_t number, const Rest& rest) {
    const TablePlan& table = input_.plan.tables[number];
    TableReport& report = reports_[number];
    report.table = table.name;
    for (std::size_t mask = 0; mask < table.masked.size(); ++mask) {
      const MaskedColumn& column = table.masked[mask];
      const MaskCounts& counts = rest.counts[mask];
      if (column.require_change && counts.unchanged > 0)
        throw Error(errors::unchanged,
                    fmt::format("{} values of column '{}' of table {} came back unchanged from "
                                "strategy '{}'",
                                counts.unchanged, printable(column.name),
                                printable(table.name.sql()), column.strategy.name),
                    "require_change forbids it: choose another strategy", column.place);
      report.masked_columns.push_back(column.name);
      report.mask_counts.push_back(counts);
      report.unchanged_cells += counts.unchanged;
    }
    report.duration_ms = elapsed_ms(*rest.begun);
  }

  void tell(std::unique_lock<std::mutex>& lock) {
    if (!load_.progress) return;
    LoadState state;
    state.rows = rows_;
    state.tables_done = tables_done_;
    for (const auto& task : tasks_)
      if (task != nullptr) {
        state.rows += task->written_rows;
        state.table = task->piece.table;
      }
    lock.unlock();
    load_.progress(state);
    lock.lock();
  }

  // [a lane's thread]
  void run_lane(std::size_t lane) noexcept {
    for (;;) {
      Task* task = nullptr;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return ended_ || (tasks_[lane] != nullptr && !finished_[lane]); });
        if (ended_) return;
        task = tasks_[lane].get();
      }
      try {
        copy(input_.lanes[lane], *task);
      } catch (...) {
        fail();
      }
      const std::lock_guard lock(mutex_);
      finished_[lane] = true;
      changed_.notify_all();
    }
  }

  void copy(const ConnectionPair& lane, Task& task) {
    const TablePlan& table = input_.plan.tables[task.piece.table];
    const auto rows = [&](postgres::Connection* target, bool freeze) {
      task.rows = copy_table(
          table, task.piece.pages, *lane.source, target, freeze, task.rewriters, stop_,
          [&](std::uint64_t written) {
            task.written_rows = written;
            changed_.notify_all();
          },
          input_.limits);
    };
    if (!task.written) return rows(nullptr, false);
    if (input_.arrival == Arrival::one_transaction) return rows(lane.target, true);
    postgres::Transaction transaction(*lane.target);
    pin_settings(*lane.target, input_.lock_timeout);
    if (task.whole) lane.target->execute("TRUNCATE ONLY " + table.name.sql());
    rows(lane.target, task.whole);
    transaction.commit();
  }

  // The first failure is the one to throw.
  void fail() noexcept {
    {
      const std::lock_guard lock(mutex_);
      if (failure_) return;
      failure_ = std::current_exception();
      changed_.notify_all();
    }
    stop_.request();
  }

  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    wake_.notify_all();
  }

  const LoadInput& input_;
  const Load& load_;
  std::vector<bool> done_;
  Work work_;
  std::vector<Rest> rests_;  // by table
  std::vector<TableReport> reports_;
  std::uint64_t rows_ = 0;
  std::size_t tables_done_ = 0;
  Cancellation stop_;
  std::mutex mutex_;
  std::condition_variable wake_, changed_;    // for lanes, for the main thread
  std::vector<std::unique_ptr<Task>> tasks_;  // by lane
  std::vector<bool> finished_;                // by lane: its task is done
  std::exception_ptr failure_;
  bool ended_ = false;
};

}  // namespace

std::vector<TableReport> Load::run() {
  return Loading(input_, *this).run();
}

}  // namespace host::sync
