// SPDX-License-Identifier: MIT
// What the tests of all strategies share: the plugin that is linked into the test, its promises put
// to the test, and the examples of its documentation.
#pragma once

#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace strategies {

using confiture::testing::column;
using confiture::testing::Failure;
using confiture::testing::Host;
using confiture::testing::Strategy;
using confiture::testing::Tree;
using confiture::testing::Value;
using Columns = std::vector<Tree>;
using Texts = std::vector<std::string>;

inline confiture::testing::Subject subject(std::string_view id) {
  static const Host host;
  return confiture::testing::find(*confiture_plugin_v1(&host.handle()), id);
}

inline Tree limited(int length, const char* type = "varchar") {
  Tree made = column("value", type);
  made.set(CONFITURE_PROP_MAX_LENGTH, length);
  return made;
}

// What one value of a column of this type becomes; "NULL" for NULL.
inline std::string rewritten(std::string_view id, std::string_view parameters, const char* type,
                             const std::string& value) {
  Host host;
  Strategy strategy(host, subject(id), parameters, {column("value", type)});
  return strategy(value).value_or("NULL");
}

// The message of a refusal, " - " and its hint; empty if nothing was refused.
inline std::string refusal(std::string_view id, std::string_view parameters, const Columns& columns,
                           const Value& value = "") {
  Host host;
  try {
    Strategy strategy(host, subject(id), parameters, columns);
    strategy(value);
  } catch (const Failure& failure) {
    return std::string(failure.what()) + " - " + failure.hint();
  }
  return "";
}

// The rows `value` of `columns`, whose other columns hold the row's number.
inline std::vector<std::vector<Value>> rows_of(const Texts& values, std::size_t columns) {
  std::vector<std::vector<Value>> rows;
  for (std::size_t row = 0; row < values.size(); ++row) {
    rows.emplace_back(columns, Value(std::to_string(row)));
    rows.back()[0] = values[row];
  }
  return rows;
}

// Runs the values and holds the strategy to its flags: NULL stays NULL; no rows, no trouble; two
// instances, batches of one and the reverse order agree; distinct values stay distinct; no key, no
// strategy. Returns what the values became.
inline Texts check_promises(std::string_view id, std::string_view parameters,
                            const Columns& columns, const Texts& values) {
  using confiture::StrategyFlag;
  const auto flags =
      static_cast<const confiture_strategy_v1*>(subject(id).descriptor().vtable)->flags;
  const auto has = [&](StrategyFlag flag) {
    return (flags & static_cast<std::uint32_t>(flag)) != 0;
  };
  BOOST_TEST_CONTEXT(std::string(id) + " " + std::string(parameters)) {
    Host host;
    Strategy first(host, subject(id), parameters, columns);
    Strategy second(host, subject(id), parameters, columns);
    BOOST_CHECK(first(Value()) == Value());
    BOOST_CHECK(first.apply({}).empty());

    const auto rows = rows_of(values, columns.size());
    const std::vector<Value> together = first.apply(rows);
    if (has(StrategyFlag::deterministic) && has(StrategyFlag::row_local)) {
      std::size_t differing = 0;
      for (std::size_t row = rows.size(); row-- > 0;)
        if (second.apply({rows[row]})[0] != together[row]) ++differing;
      BOOST_CHECK_EQUAL(differing, 0);
    }
    if (has(StrategyFlag::keeps_unique))
      BOOST_CHECK_EQUAL(std::set<Value>(together.begin(), together.end()).size(),
                        std::set<std::string>(values.begin(), values.end()).size());
    if (has(StrategyFlag::keyed)) {
      Host keyless;
      keyless.has_key = false;
      BOOST_CHECK_THROW(Strategy(keyless, subject(id), parameters, columns), Failure);
    }
    Texts results;
    for (const Value& value : together) results.push_back(value.value_or("NULL"));
    return results;
  }
  return {};
}

inline std::size_t count_unchanged(const Texts& before, const Texts& after) {
  std::size_t count = 0;
  for (std::size_t row = 0; row < before.size(); ++row) count += before[row] == after[row] ? 1 : 0;
  return count;
}

// Each line "| `before` | `after` |" of the documentation is what the strategy does, under the key
// of the test host. At least one is there.
inline void check_examples(std::string_view id, std::string_view parameters,
                           const Columns& columns) {
  const std::string doc = subject(id).descriptor().doc;
  std::size_t examples = 0;
  for (std::size_t begin = 0; begin < doc.size();) {
    const std::size_t end = std::min(doc.find('\n', begin), doc.size());
    const std::string line = doc.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t middle = line.find("` | `");
    if (line.rfind("| `", 0) != 0 || middle == std::string::npos) continue;
    const std::string before = line.substr(3, middle - 3);
    const std::string after = line.substr(middle + 5, line.rfind("` |") - middle - 5);
    Host host;
    Strategy strategy(host, subject(id), parameters, columns);
    ++examples;
    BOOST_TEST_CONTEXT(std::string(id) + ": " + before)
    BOOST_CHECK_EQUAL(strategy.apply(rows_of({before}, columns.size()))[0].value_or("NULL"), after);
  }
  BOOST_CHECK_GT(examples, 0);
}

}  // namespace strategies
