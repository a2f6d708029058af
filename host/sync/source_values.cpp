// SPDX-License-Identifier: MIT
#include "host/sync/source_values.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/foundation/text.hpp"
#include "host/postgres/copy_stream.hpp"
#include "host/sync/copy_text.hpp"
#include "host/sync/leaves.hpp"

namespace host::sync {
namespace {

constexpr std::uint64_t most_bytes = 64 * 1024 * 1024;
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

std::string decoded(std::string_view field) {
  std::string value(field.size(), '\0');
  value.resize(static_cast<std::size_t>(decode_field(field, value.data()) - value.data()));
  return value;
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

NumberFilter::NumberFilter(std::uint64_t expected)
    : words_(std::clamp<std::uint64_t>(expected / 2 / block_words * block_words, 1024 * block_words,
                                       most_bytes / 8)) {}

void NumberFilter::add(std::uint64_t number) {
  const std::size_t block = number % (words_.size() / block_words);
  std::uint64_t bits = number * 0xD6E8FEB86659FD93ULL;
  for (int i = 0; i < 5; ++i, bits >>= 9)
    words_[block * block_words + (bits >> 6 & 7)].fetch_or(std::uint64_t{1} << (bits & 63),
                                                           std::memory_order_relaxed);
}

bool NumberFilter::may_hold(std::uint64_t number) const {
  const std::size_t block = number % (words_.size() / block_words);
  std::uint64_t bits = number * 0xD6E8FEB86659FD93ULL;
  for (int i = 0; i < 5; ++i, bits >>= 9)
    if ((words_[block * block_words + (bits >> 6 & 7)].load(std::memory_order_relaxed) >>
             (bits & 63) &
         1) == 0)
      return false;
  return true;
}

SourceValues::SourceValues(const Plan& plan, postgres::Connection& source)
    : plan_(plan),
      values_(2 * expected_values(plan)),
      first_words_(expected_values(plan)),
      made_(expected_values(plan)) {
  for (const TablePlan& table : plan.tables)
    for (const MaskedColumn& column : table.masked) {
      const std::string name = fmt::format("{}.{}", table.name.sql(), column.name);
      if (!is_telling_type(table.read[column.field])) {
        left_out_.push_back(fmt::format("{} ({})", name, column.target.type_name));
      } else if (has_few_values(table, column, source)) {
        left_out_.push_back(name + " (few values)");
        if (column.strategy.has(CONFITURE_STRATEGY_KEYED) &&
            column.strategy.has(CONFITURE_STRATEGY_DETERMINISTIC))
          countable_.push_back(name);
      } else {
        sought_.insert(&column);
      }
    }
}

void SourceValues::each_value(std::string_view value,
                              const std::function<void(const Sought&)>& visit) const {
  each_leaf(value, [&](std::string_view leaf) {
    const Sought what = sought(leaf, hash_);
    if (what.words > 0) visit(what);
  });
}

void SourceValues::add_value(const Sought& what) {
  values_.add(key_of(what.hash, true));
  if (!what.telling) return;
  values_.add(key_of(what.hash, false));
  first_words_.add(what.first_word);
  for (std::size_t longest = longest_.load(); longest < what.words;)
    if (longest_.compare_exchange_weak(longest, what.words)) break;
}

void SourceValues::add(const MaskedColumn& column, const Values& before, const Values& after) {
  const bool wanted = sought_.count(&column) > 0;
  const bool parts = wanted && column.strategy.replaces_parts();
  std::unordered_set<std::uint64_t> staying;  // of one value
  for (std::size_t row = 0; row < before.size(); ++row) {
    staying.clear();
    if (after[row].data != nullptr)
      each_value({after[row].data, after[row].size}, [&](const Sought& what) {
        if (parts) staying.insert(what.hash);
        made_.add(what.hash);
      });
    if (!wanted || before[row].data == nullptr) continue;
    each_value({before[row].data, before[row].size}, [&](const Sought& what) {
      if (staying.count(what.hash) == 0) add_value(what);
    });
  }
}

std::unordered_set<std::uint64_t> SourceValues::confirm(
    const std::unordered_set<std::uint64_t>& keys, postgres::Connection& source) const {
  std::unordered_set<std::uint64_t> confirmed;
  for (const TablePlan& table : plan_.tables)
    for (const MaskedColumn& column : table.masked) {
      if (keys.empty() || sought_.count(&column) == 0) continue;
      postgres::CopyReader reader(source, fmt::format("COPY (SELECT {} FROM ONLY {}{}) TO STDOUT",
                                                      postgres::quote_identifier(column.name),
                                                      table.name.sql(), where_clause(table.where)));
      for (std::string rows; reader.read(rows, 256 * 1024) > 0; rows.clear())
        for (std::string_view rest = rows; !rest.empty();) {
          const std::string_view field = rest.substr(0, rest.find('\n'));
          rest.remove_prefix(field.size() + 1);
          if (is_null_field(field)) continue;
          each_value(decoded(field), [&](const Sought& what) {
            for (const bool whole : {true, false})
              if ((whole || what.telling) && keys.count(key_of(what.hash, whole)) > 0)
                confirmed.insert(key_of(what.hash, whole));
          });
        }
    }
  return confirmed;
}

}  // namespace host::sync
