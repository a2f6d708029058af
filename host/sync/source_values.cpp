// SPDX-License-Identifier: MIT
#include "host/sync/source_values.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/foundation/text.hpp"
#include "host/sync/field_reader.hpp"
#include "host/sync/leaves.hpp"

namespace host::sync {
namespace {

constexpr std::uint64_t most_bytes = 64 * 1024 * 1024;
constexpr std::uint64_t most_first_word_bytes = 512 * 1024;  // stays in a processor's cache
constexpr std::int64_t few_values = 16;

std::uint64_t expected_values(const Plan& plan) {
  std::uint64_t count = 0;
  for (const TablePlan& table : plan.tables) {
    const auto rows = table.estimated_rows >= 0 ? static_cast<std::uint64_t>(table.estimated_rows)
                                                : static_cast<std::uint64_t>(table.bytes) / 50;
    count += (rows + 1) * table.masked.size();
  }
  return count;
}

// Whether there are more than a few different values; and where there are few, whether that is
// because there are few rows.
bool has_few_values(const TablePlan& table, const MaskedColumn& column,
                    postgres::Connection& source) {
  const std::string name = postgres::quote_identifier(column.name);
  const postgres::Result counts = source.query(fmt::format(
      "SELECT (SELECT count(*) FROM (SELECT FROM ONLY {0}{1} LIMIT {3}) r),"
      " (SELECT count(*) FROM (SELECT DISTINCT {2}::text FROM ONLY {0}{1} LIMIT {4}) d)",
      table.name.sql(), where_clause(table.where), name, 20 * few_values, few_values + 1));
  return counts.integer(0, 0) >= 20 * few_values && counts.integer(0, 1) <= few_values;
}

// By the key and nothing else of the row: how often a value comes can be seen in the results.
bool follows_from_value(const Strategy& strategy) {
  return strategy.has(CONFITURE_STRATEGY_KEYED) && strategy.has(CONFITURE_STRATEGY_DETERMINISTIC) &&
         !strategy.looks_at_row();
}

// Whether what strategies make shows up elsewhere: computed from it, or beside parts that stay.
bool copies_on(const Plan& plan, postgres::Connection& target) {
  for (const TablePlan& table : plan.tables)
    for (const MaskedColumn& column : table.masked)
      if (column.strategy.replaces_parts()) return true;
  for (const Table& table : plan.target.tables)
    for (const Column& column : table.columns)
      if (column.generated) return true;
  return target.query("SELECT count(*) FROM pg_class WHERE relkind = 'm'").integer(0, 0) > 0;
}

}  // namespace

bool is_telling_type(const Column& column) {
  constexpr std::array<std::string_view, 18> others{
      "date", "time",  "timetz", "timestamp", "timestamptz", "interval",
      "bool", "int2",  "int4",   "float4",    "float8",      "money",
      "oid",  "bytea", "bit",    "varbit",    "point",       "box"};
  std::string_view type = column.type_name;
  if (column.array) type.remove_suffix(2);
  return std::find(others.begin(), others.end(), type) == others.end() && !column.enumerated;
}

SourceValues::SourceValues(const Plan& plan, postgres::Connection& source,
                           postgres::Connection& target)
    : plan_(plan),
      values_(expected_values(plan), most_bytes),
      first_words_(expected_values(plan), most_first_word_bytes) {
  if (copies_on(plan, target))
    made_ = std::make_unique<NumberFilter>(expected_values(plan), most_bytes);
  for (const TablePlan& table : plan.tables)
    for (const MaskedColumn& column : table.masked) {
      const std::string name = fmt::format("{}.{}", table.name.sql(), column.name);
      const bool telling = is_telling_type(table.read[column.field]);
      const bool countable = follows_from_value(column.strategy);
      const bool few = (telling || countable) && has_few_values(table, column, source);
      if (few && countable) countable_.push_back(name);
      if (!telling) {
        left_out_.push_back(fmt::format("{} ({})", name, column.target.type_name));
      } else if (few) {
        left_out_.push_back(name + " (few values)");
      } else {
        sought_.insert(&column);
      }
    }
}

template <typename Visit>
void SourceValues::each_value(std::string_view value, const Visit& visit) const {
  each_leaf(value, [&](std::string_view leaf) {
    const Sought what = sought(leaf, hash_);
    if (what.words > 0) visit(what);
  });
}

void SourceValues::add_first_word(const Sought& what) {
  first_words_.add(what.first_word);
  for (std::size_t longest = longest_.load(std::memory_order_relaxed); longest < what.words;)
    if (longest_.compare_exchange_weak(longest, what.words)) break;
}

void SourceValues::add(const MaskedColumn& column, const Values& before, const Values& after) {
  const bool wanted = sought_.count(&column) > 0;
  const bool parts = wanted && column.strategy.replaces_parts();
  std::unordered_set<std::uint64_t> staying;  // of one value
  std::vector<std::uint64_t> keys;            // added at the end, when memory is ready for them
  keys.reserve(wanted ? before.size() : 0);
  for (std::size_t row = 0; row < before.size(); ++row) {
    staying.clear();
    if (made_ != nullptr && after[row].data != nullptr)
      each_value({after[row].data, after[row].size}, [&](const Sought& what) {
        if (parts) staying.insert(what.hash);
        made_->add(what.hash);
      });
    if (!wanted || before[row].data == nullptr) continue;
    each_value({before[row].data, before[row].size}, [&](const Sought& what) {
      if (parts && staying.count(what.hash) > 0) return;
      keys.push_back(key_of(what.hash, what.telling));
      values_.expect(keys.back());
      if (what.telling && what.words > 1) add_first_word(what);
    });
  }
  for (const std::uint64_t key : keys) values_.add(key);
}

std::unordered_set<std::uint64_t> SourceValues::confirm(
    const std::unordered_set<std::uint64_t>& keys, postgres::Connection& source,
    const Cancellation& cancellation) const {
  std::unordered_set<std::uint64_t> confirmed;
  if (keys.empty()) return confirmed;
  NumberFilter wanted(keys.size(), most_first_word_bytes);
  for (const std::uint64_t key : keys) wanted.add(key);
  for (const TablePlan& table : plan_.tables) {
    std::string list;
    std::size_t columns = 0;
    for (const MaskedColumn& column : table.masked) {
      if (sought_.count(&column) == 0) continue;
      list += (columns++ == 0 ? "" : ", ") + postgres::quote_identifier(column.name);
    }
    if (columns == 0) continue;
    read_fields(
        source,
        fmt::format("SELECT {} FROM ONLY {}{}", list, table.name.sql(), where_clause(table.where)),
        columns, cancellation, [&](std::size_t, std::string_view value) {
          each_value(value, [&](const Sought& what) {
            const std::uint64_t key = key_of(what.hash, what.telling);
            if (wanted.may_hold(key) && keys.count(key) > 0) confirmed.insert(key);
          });
        });
  }
  return confirmed;
}

}  // namespace host::sync
