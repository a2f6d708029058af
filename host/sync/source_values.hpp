// SPDX-License-Identifier: MIT
// Every value that was replaced, in a filter of bounded size: "certainly not one" or "perhaps one",
// and then, read once more from the source, for sure.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/row_rewriter.hpp"
#include "host/sync/words.hpp"

namespace host::sync {

// 64-bit numbers, 16 to 32 bits each, at most 64 MiB. [any thread]
class NumberFilter {
 public:
  explicit NumberFilter(std::uint64_t expected);
  void add(std::uint64_t number);
  bool may_hold(std::uint64_t number) const;

 private:
  static constexpr std::size_t block_words = 8;  // a cache line
  std::vector<std::atomic<std::uint64_t>> words_;
};

// Whether to find a value of that type in another column says anything: dates, amounts and the like
// mean other things there.
bool is_telling_type(const Column& column);

class SourceValues : public ValueSink {
 public:
  // Looks at the source for columns of too few values to be telling, such as yes and no.
  SourceValues(const Plan& plan, postgres::Connection& source);

  // Where only parts of values are replaced, those that stay are none to search for.
  // [the workers' threads]
  void add(const MaskedColumn& column, const Values& before, const Values& after) override;

  // Of words in a row. `whole`: they are all that there is.
  bool may_hold(std::uint64_t hash, bool whole) const {
    return values_.may_hold(key_of(hash, whole));
  }
  // Whether a row of several words may begin with this one.
  bool may_begin(std::uint64_t word) const { return first_words_.may_hold(word); }
  // Whether a strategy has made such a value, so that it is no sign of a leak where results are
  // copied on: in generated columns and materialized views.
  bool was_made(std::uint64_t hash) const { return made_.may_hold(hash); }
  std::size_t longest() const { return longest_.load(std::memory_order_relaxed); }
  const WordHash& hash() const { return hash_; }

  // Those of the numbers (of `key_of`) that are values for sure; reads the source's replaced
  // columns once more.
  std::unordered_set<std::uint64_t> confirm(const std::unordered_set<std::uint64_t>& keys,
                                            postgres::Connection& source) const;
  static std::uint64_t key_of(std::uint64_t hash, bool whole) { return whole ? hash : ~hash; }

  std::size_t column_count() const { return sought_.size(); }
  const std::vector<std::string>& left_out() const { return left_out_; }  // and why
  // Columns of few values which a key replaces one by one: who counts them knows them.
  const std::vector<std::string>& countable() const { return countable_; }

 private:
  void add_value(const Sought& what);
  void each_value(std::string_view value, const std::function<void(const Sought&)>& visit) const;

  const Plan& plan_;
  WordHash hash_;
  std::set<const MaskedColumn*> sought_;
  std::vector<std::string> left_out_, countable_;
  NumberFilter values_, first_words_, made_;
  std::atomic<std::size_t> longest_{1};
};

}  // namespace host::sync
