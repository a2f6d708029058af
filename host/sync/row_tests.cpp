// SPDX-License-Identifier: MIT
#include "host/sync/row_tests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"

namespace host::sync {
namespace {

using Kind = config::ConditionTest::Kind;

bool compares_values(Kind kind) {
  return kind == Kind::equals || kind == Kind::not_equals;
}

bool holds_text(const Column& column) {
  constexpr std::array<std::string_view, 5> types{"text", "varchar", "bpchar", "citext", "name"};
  return std::find(types.begin(), types.end(), column.type_name) != types.end();
}

// As COPY writes it, where the type takes it.
std::string read_as(const Column& column, const TablePlan& table, const Test& test,
                    const std::string& text, postgres::Connection& source) {
  try {
    return source
        .query(fmt::format("SELECT pg_catalog.format('%s', CAST($1 AS {}))", cast_type(column)),
               std::vector<postgres::Parameter>{text})
        .text(0, 0);
  } catch (const postgres::SqlError& error) {
    throw Error(errors::bad_test,
                fmt::format("'{}' is no value of column '{}' of table {}, which has type {}: {}",
                            printable(text), printable(column.name), printable(table.name.sql()),
                            printable(column.sql_type), error.message()),
                "compare it with what the column can hold", test.place);
  }
}

void settle(Test& test, const TablePlan& table, postgres::Connection& source) {
  if (test.kind == Kind::null) return;
  const Column& column = table.read[test.field];
  const CanonicalForm form = column.array ? CanonicalForm::as_it_is : canonical_form(column);
  const bool texts = holds_text(column);
  if (!texts && !compares_values(test.kind)) return;  // beginnings and the like of what is written
  test.form = form;
  for (std::string& text : test.texts) {
    std::string storage;
    const std::string read = texts ? text : read_as(column, table, test, text, source);
    text = std::string(canonical_text(form, read, storage));
    if (texts && column.max_length > 0 && compares_values(test.kind) &&
        count_characters(text) > static_cast<std::size_t>(column.max_length))
      throw Error(errors::bad_test,
                  fmt::format("'{}' is no value of column '{}' of table {}, which has type {}",
                              printable(text), printable(column.name), printable(table.name.sql()),
                              printable(column.sql_type)),
                  "compare it with what the column can hold", test.place);
  }
}

void settle(Strategy& strategy, const TablePlan& table, postgres::Connection& source) {
  for (Test& test : strategy.tests) settle(test, table, source);
  for (Strategy& part : strategy.parts) settle(part, table, source);
}

}  // namespace

void settle_row_tests(Plan& plan, postgres::Connection& source) {
  for (TablePlan& table : plan.tables)
    for (MaskedColumn& column : table.masked) settle(column.strategy, table, source);
}

bool passes(const Test& test, confiture_str value) {
  if (test.kind == Kind::null) return (value.data == nullptr) == test.null;
  if (value.data == nullptr) return false;
  std::string storage;
  const std::string_view text =
      canonical_text(test.form, std::string_view(value.data, value.size), storage);
  const auto any = [&](const auto& matches) {
    return std::any_of(test.texts.begin(), test.texts.end(), matches);
  };
  switch (test.kind) {
    case Kind::starts_with:
      return any([&](const std::string& t) { return text.starts_with(t); });
    case Kind::ends_with:
      return any([&](const std::string& t) { return text.ends_with(t); });
    case Kind::contains:
      return any([&](const std::string& t) { return text.find(t) != std::string_view::npos; });
    case Kind::not_equals:
      return !any([&](const std::string& t) { return text == t; });
    default:
      return any([&](const std::string& t) { return text == t; });
  }
}

}  // namespace host::sync
