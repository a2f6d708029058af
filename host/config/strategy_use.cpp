// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "host/config/anonymization.hpp"
#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

using Test = ConditionTest::Kind;

void read_texts(const Value& value, const std::string& what, Test kind, ConditionTest& test) {
  test.kind = kind;
  const bool list = value.kind == Value::Kind::list;
  test.texts = list ? value.items : std::vector<Value>{value};
  for (const Value& text : test.texts) as_text(text, what);
  if (test.texts.empty())
    throw Error(errors::wrong_type, fmt::format("{} is an empty list", what), {}, value.place);
}

ConditionTest read_test(const Value& value, const std::string& what) {
  ConditionTest test;
  Reader reader(value, what);
  const Value& column = reader.required("column");
  test.column = as_text(column, reader.name_of("column"));
  test.place = column.place;
  constexpr std::pair<std::string_view, Test> kinds[] = {
      {"equals", Test::equals},           {"in", Test::equals},
      {"not_equals", Test::not_equals},   {"not_in", Test::not_equals},
      {"starts_with", Test::starts_with}, {"ends_with", Test::ends_with},
      {"contains", Test::contains}};
  int count = 0;
  for (const auto& [key, kind] : kinds)
    if (const Value* texts = reader.value(key)) {
      read_texts(*texts, reader.name_of(key), kind, test);
      ++count;
    }
  if (const auto null = reader.boolean("is_null")) {
    test.kind = Test::null;
    test.null = *null;
    ++count;
  }
  reader.finish();
  if (count != 1)
    throw Error(
        errors::missing_key,
        fmt::format("{} needs exactly one test of column '{}'", what, printable(test.column)),
        "equals, not_equals, in, not_in, starts_with, ends_with, contains or is_null", value.place);
  return test;
}

std::vector<ConditionTest> read_tests(const Value& value, const std::string& what) {
  std::vector<ConditionTest> tests;
  if (value.kind != Value::Kind::list) return {read_test(value, what)};
  for (const Value& item : value.items) tests.push_back(read_test(item, what));
  if (tests.empty())
    throw Error(errors::wrong_type, fmt::format("{} is an empty list", what), {}, value.place);
  return tests;
}

// The key that says what kind of strategy it is.
std::string_view head_of(const Value& value, const std::string& what) {
  std::string_view head;
  for (const std::string_view key : {"use", "when", "chain", "template", "json"}) {
    const Value* found = value.find(key);
    if (found == nullptr) continue;
    if (!head.empty())
      throw Error(errors::wrong_type, fmt::format("{} has both '{}' and '{}'", what, head, key),
                  "keep one of them", found->place);
    head = key;
  }
  return head;
}

}  // namespace

StrategyUse read_strategy_use(const Value& value, const std::string& what) {
  StrategyUse use;
  use.place = value.place;
  if (value.kind == Value::Kind::scalar) {
    use.name = value.text;
    return use;
  }
  if (value.kind != Value::Kind::map)
    throw Error(errors::wrong_type, fmt::format("{} needs a strategy", what),
                "a name, or a map with use, when, chain, template or json", value.place);
  const std::string_view head = head_of(value, what);
  Reader reader(value, what);
  if (head == "when") {
    use.kind = StrategyUse::Kind::when;
    use.when = read_tests(reader.required("when"), reader.name_of("when"));
    for (const std::string_view branch : {"then", "else"})
      use.parts.push_back(read_strategy_use(reader.required(branch), reader.name_of(branch)));
  } else if (head == "chain") {
    use.kind = StrategyUse::Kind::chain;
    for (const Value& step : as_list(reader.required("chain"), reader.name_of("chain")))
      use.parts.push_back(read_strategy_use(step, "a step of " + reader.name_of("chain")));
    if (use.parts.empty())
      throw Error(errors::wrong_type, fmt::format("{} is empty", reader.name_of("chain")), {},
                  value.place);
  } else if (head == "template") {
    use.kind = StrategyUse::Kind::text;
    use.text = reader.required("template");
    as_text(use.text, reader.name_of("template"));
    use.place = use.text.place;
  } else if (head == "json") {
    // By the name that it has in messages, with its paths as parameters.
    use.name = head;
    use.with = reader.required("json");
    if (as_map(use.with, reader.name_of("json")).empty())
      throw Error(errors::wrong_type, fmt::format("{} is empty", reader.name_of("json")), {},
                  value.place);
  } else {
    for (const std::string_view key : {"when", "chain", "template", "json"}) reader.value(key);
    const Value& name = reader.required("use");
    use.name = as_text(name, reader.name_of("use"));
    use.place = name.place;
    if (const Value* with = reader.value("with")) use.with = *with;
  }
  reader.finish();
  return use;
}

}  // namespace host::config
