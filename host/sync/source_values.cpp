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
// Of a column's values, those that are looked at for what they show, and how few of them make it a
// column that shows something: chance makes fewer.
constexpr std::uint64_t first_looked = 2000;
constexpr std::size_t one_looked_of = 32;
constexpr std::uint64_t least_passing = 20;  // one of

std::uint64_t expected_values(const Plan& plan) {
  std::uint64_t count = 0;
  for (const TablePlan& table : plan.tables) {
    const auto rows = table.estimated_rows >= 0 ? static_cast<std::uint64_t>(table.estimated_rows)
                                                : static_cast<std::uint64_t>(table.bytes) / 50;
    count += (rows + 1) * (table.masked.size() + table.dropped.size());
  }
  return count;
}

// Whether there are more than a few different values; and where there are few, whether that is
// because there are few rows.
bool has_few_values(const TablePlan& table, const std::string& column,
                    postgres::Connection& source) {
  const std::string name = postgres::quote_identifier(column);
  const postgres::Result counts = source.query(fmt::format(
      "SELECT (SELECT count(*) FROM (SELECT FROM ONLY {0}{1} LIMIT {3}) r),"
      " (SELECT count(*) FROM (SELECT DISTINCT {2}::text FROM ONLY {0}{1} LIMIT {4}) d)",
      table.name.sql(), where_clause(table.where), name, 20 * few_values, few_values + 1));
  return counts.integer(0, 0) >= 20 * few_values && counts.integer(0, 1) <= few_values;
}

std::string select_sql(const TablePlan& table, const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns)
    list += (list.empty() ? "" : ", ") + postgres::quote_identifier(column);
  return fmt::format("SELECT {} FROM ONLY {}{}", list, table.name.sql(), where_clause(table.where));
}

// By the key and nothing else of the row: how often a value comes can be seen in the results.
bool follows_from_value(const Strategy& strategy) {
  return strategy.has(CONFITURE_STRATEGY_KEYED) && strategy.has(CONFITURE_STRATEGY_DETERMINISTIC) &&
         !strategy.looks_at_row();
}

std::string_view text_of(confiture_str value) {
  return value.data == nullptr ? std::string_view() : std::string_view(value.data, value.size);
}

bool holds(const std::vector<std::uint64_t>& sorted, std::uint64_t hash) {
  return std::binary_search(sorted.begin(), sorted.end(), hash);
}

// Whether a result shows something of the value that tells: an address, a number, several words of
// it in a row.
bool shows(std::string_view result, std::string_view value, const WordHash& hash) {
  std::unordered_set<std::uint64_t> words;
  each_word(value, [&](std::string_view word) { words.insert(hash(word)); });
  bool found = false;
  Extent extent;
  each_word(result, [&](std::string_view word) {
    if (words.count(hash(word)) == 0) {
      extent = {};
      return;
    }
    extent.add(word);
    found = found || extent.telling();
  });
  return found;
}

// A result may be a value as it was, whatever a sample of them is.
bool may_keep(const Strategy& strategy) {
  return strategy.kind == Strategy::Kind::when || strategy.replaces_parts() ||
         std::any_of(strategy.parts.begin(), strategy.parts.end(), may_keep);
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
                           const Cancellation& cancellation)
    : plan_(plan),
      values_(expected_values(plan), most_bytes),
      first_words_(expected_values(plan), most_first_word_bytes),
      made_(expected_values(plan), most_bytes) {
  for (const TablePlan& table : plan.tables)
    for (const MaskedColumn& column : table.masked) {
      const std::string name = fmt::format("{}.{}", table.name.sql(), column.name);
      const bool telling = is_telling_type(table.read[column.field]);
      if (telling) passing_[&column];
      const bool countable = follows_from_value(column.strategy);
      const bool few = (telling || countable) && has_few_values(table, column.name, source);
      if (few && countable) countable_.push_back(name);
      if (!telling) {
        left_out_.push_back(fmt::format("{} ({})", name, column.target.type_name));
      } else if (few) {
        left_out_.push_back(name + " (few values)");
      } else {
        sought_.insert(&column);
      }
    }
  add_dropped(source, cancellation);
}

// Whoever leaves a column behind does not want to find it elsewhere, either. The words of a search
// vector are other columns'.
void SourceValues::add_dropped(postgres::Connection& source, const Cancellation& cancellation) {
  for (const TablePlan& table : plan_.tables) {
    std::vector<std::string>& columns = dropped_[&table];
    for (const Column& column : table.dropped) {
      const std::string name = fmt::format("{}.{}", table.name.sql(), column.name);
      if (!is_telling_type(column) || column.type_name == "tsvector")
        left_out_.push_back(fmt::format("{} ({})", name, column.type_name));
      else if (has_few_values(table, column.name, source))
        left_out_.push_back(name + " (few values)");
      else
        columns.push_back(column.name);
    }
    if (columns.empty()) continue;
    dropped_count_ += columns.size();
    read_fields(source, select_sql(table, columns), columns.size(), cancellation,
                [&](std::size_t, std::string_view value) {
                  each_value(value, [&](const Sought& what) {
                    each_key(what, [&](std::uint64_t key) { values_.add(key); });
                    if (what.telling && what.words > 1) add_first_word(what);
                  });
                });
  }
}

template <typename Visit>
void SourceValues::each_value(std::string_view value, const Visit& visit) const {
  each_leaf(value, [&](std::string_view leaf) {
    const Sought what = sought(leaf, hash_);
    if (what.words > 0) visit(what);
  });
}

// As a whole, a name may be written without capitals.
template <typename Visit>
void SourceValues::each_key(const Sought& what, const Visit& visit) {
  visit(key_of(what.hash, what.telling));
  if (what.name) visit(key_of(what.hash, false));
}

void SourceValues::add_first_word(const Sought& what) {
  first_words_.add(what.first_word);
  for (std::size_t longest = longest_.load(std::memory_order_relaxed); longest < what.words;)
    if (longest_.compare_exchange_weak(longest, what.words)) break;
}

bool SourceValues::passes_on(const MaskedColumn& column) const {
  const auto found = passing_.find(&column);
  if (found == passing_.end()) return false;
  return may_keep(column.strategy) || found->second.passed * least_passing > found->second.looked;
}

void SourceValues::add(const MaskedColumn& column, const Values& before, const Values& after) {
  const auto passing = passing_.find(&column);
  const bool wanted = sought_.count(&column) > 0;
  const bool look = passing != passing_.end() && !may_keep(column.strategy);
  const bool look_at_all = look && (passing->second.looked < first_looked || passes_on(column));
  std::uint64_t looked = 0, passed = 0;
  std::vector<Sought> leaves;  // of one value
  std::vector<std::uint64_t> were, are, keys;
  keys.reserve(wanted ? before.size() : 0);  // added at the end, when memory is ready for them
  for (std::size_t row = 0; row < before.size(); ++row) {
    const std::string_view value = text_of(before[row]), result = text_of(after[row]);
    leaves.clear();
    were.clear();
    are.clear();
    each_value(value, [&](const Sought& what) { leaves.push_back(what); });
    for (const Sought& what : leaves) were.push_back(what.hash);
    each_value(result, [&](const Sought& what) { are.push_back(what.hash); });
    std::sort(were.begin(), were.end());
    std::sort(are.begin(), are.end());
    bool stays = false;
    for (const Sought& what : leaves) {
      if (holds(are, what.hash)) {
        stays = true;
        continue;
      }
      if (!wanted) continue;
      each_key(what, [&](std::uint64_t key) {
        keys.push_back(key);
        values_.expect(key);
      });
      if (what.telling && what.words > 1) add_first_word(what);
    }
    bool shown = false;
    if (look && !leaves.empty() && (look_at_all || row % one_looked_of == 0)) {
      shown = !stays && shows(result, value, hash_);
      ++looked;
      passed += stays || shown;
    }
    // What shows something of the value is not all made: other columns' values may be in it, too.
    if (shown) continue;
    for (const std::uint64_t hash : are)
      if (!holds(were, hash)) made_.add(hash);
  }
  for (const std::uint64_t key : keys) values_.add(key);
  if (!look) return;
  passing->second.looked += looked;
  passing->second.passed += passed;
}

Confirmed SourceValues::confirm(const std::unordered_set<std::uint64_t>& keys,
                                postgres::Connection& source,
                                const Cancellation& cancellation) const {
  Confirmed confirmed;
  if (keys.empty()) return confirmed;
  NumberFilter wanted(keys.size(), most_first_word_bytes);
  for (const std::uint64_t key : keys) wanted.add(key);
  for (const TablePlan& table : plan_.tables) {
    std::vector<std::string> columns = dropped_.at(&table);
    for (const MaskedColumn& column : table.masked)
      if (sought_.count(&column) > 0) columns.push_back(column.name);
    if (columns.empty()) continue;
    std::vector<std::shared_ptr<const std::string>> names;
    for (const std::string& column : columns)
      names.push_back(std::make_shared<const std::string>(table.name.sql() + "." +
                                                          postgres::quote_identifier(column)));
    read_fields(source, select_sql(table, columns), columns.size(), cancellation,
                [&](std::size_t column, std::string_view value) {
                  each_value(value, [&](const Sought& what) {
                    each_key(what, [&](std::uint64_t key) {
                      if (wanted.may_hold(key) && keys.count(key) > 0)
                        confirmed[key].insert(names[column]);
                    });
                  });
                });
  }
  return confirmed;
}

}  // namespace host::sync
