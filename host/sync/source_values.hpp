// SPDX-License-Identifier: MIT
// Every value that was replaced, in a filter of bounded size: "certainly not one" or "perhaps one",
// and then, read once more from the source, for sure.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/number_filter.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/row_rewriter.hpp"
#include "host/sync/words.hpp"

namespace host::sync {

// Whether to find a value of that type in another column says anything: dates, amounts and the like
// mean other things there.
bool is_telling_type(const Column& column);

// Values that are there for sure, and the columns of the source that hold each.
using Confirmed = std::unordered_map<std::uint64_t, std::set<std::shared_ptr<const std::string>>>;

class SourceValues : public ValueSink {
 public:
  // Looks at the source for columns of too few values to be telling, such as yes and no, and reads
  // those that are dropped.
  SourceValues(const Plan& plan, postgres::Connection& source, const Cancellation& cancellation);

  // A value that stays, or a part of one that does, is none to search for. [the workers' threads]
  void add(const MaskedColumn& column, const Values& before, const Values& after) override;

  void expect(std::uint64_t key) const { values_.expect(key); }
  bool may_hold(std::uint64_t key) const { return values_.may_hold(key); }
  // Whether a telling value of several words may begin with this one.
  bool may_begin(std::uint64_t word) const { return first_words_.may_hold(word); }
  // Whether a strategy has made such a value, so that it is no sign of a leak where results are:
  // in replaced columns, generated ones and materialized views.
  bool was_made(std::uint64_t hash) const { return made_.may_hold(hash); }
  // Whether the column's results hold something of what was there before, and so perhaps other
  // columns' values too: a text of which only addresses are replaced, the beginning of one.
  bool passes_on(const MaskedColumn& column) const;
  std::size_t longest() const { return longest_.load(std::memory_order_relaxed); }
  const WordHash& hash() const { return hash_; }

  // Those of the numbers (of `key_of`) that are values for sure, and a column that each is of;
  // reads the source's replaced columns once more.
  Confirmed confirm(const std::unordered_set<std::uint64_t>& keys, postgres::Connection& source,
                    const Cancellation& cancellation) const;
  // What stands for words in a row: telling values give themselves away anywhere, others only where
  // they are the whole of a value.
  static std::uint64_t key_of(std::uint64_t hash, bool telling) { return telling ? ~hash : hash; }

  std::size_t column_count() const { return sought_.size() + dropped_count_; }
  const std::vector<std::string>& left_out() const { return left_out_; }  // and why
  // Columns of few values which a key replaces one by one: who counts them knows them.
  const std::vector<std::string>& countable() const { return countable_; }

 private:
  // How many of a column's values were looked at, and of how many something stayed.
  struct Passing {
    std::atomic<std::uint64_t> looked{0}, passed{0};
  };

  void add_dropped(postgres::Connection& source, const Cancellation& cancellation);
  // Calls visit(key) for each key under which the value is looked for.
  template <typename Visit>
  static void each_key(const Sought& what, const Visit& visit);
  void add_first_word(const Sought& what);
  // Calls visit(Sought) for each leaf of the value that can be looked for.
  template <typename Visit>
  void each_value(std::string_view value, const Visit& visit) const;

  const Plan& plan_;
  WordHash hash_;
  std::set<const MaskedColumn*> sought_;
  std::map<const TablePlan*, std::vector<std::string>> dropped_;  // those to look for
  std::size_t dropped_count_ = 0;
  std::vector<std::string> left_out_, countable_;
  std::map<const MaskedColumn*, Passing> passing_;  // of those that tell something
  NumberFilter values_, first_words_, made_;
  std::atomic<std::size_t> longest_{1};
};

}  // namespace host::sync
