// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/config/sections.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

constexpr const char* keep_example = "write { keep: \"why this column may be copied\" }";

std::string read_reason(const Value& value, const std::string& what) {
  std::string reason = value.is_null() ? "" : as_text(value, fmt::format("the reason of {}", what));
  if (trim(reason).empty())
    throw Error(errors::missing_key, fmt::format("{} is kept without a reason", what), keep_example,
                value.place);
  return reason;
}

void read_short_form(const Value& value, const std::string& what, ColumnRule& rule) {
  if (value.text == "keep")
    throw Error(errors::missing_key, fmt::format("{} is kept without a reason", what), keep_example,
                value.place);
  if (value.text == "drop") {
    rule.kind = ColumnRule::Kind::drop;
  } else {
    rule.strategy = value.text;
  }
}

void read_long_form(const Value& value, const std::string& what, ColumnRule& rule) {
  Reader reader(value, what);
  if (const Value* keep = reader.value("keep")) {
    rule.kind = ColumnRule::Kind::keep;
    rule.reason = read_reason(*keep, what);
    reader.finish();
    return;
  }
  const Value& strategy = reader.required("use");
  rule.strategy = as_text(strategy, reader.name_of("use"));
  rule.strategy_place = strategy.place;
  if (const Value* with = reader.value("with")) rule.with = *with;
  rule.require_change = reader.boolean("require_change").value_or(false);
  reader.finish();
}

ColumnRule read_column(const Value& name, const Value& value) {
  ColumnRule rule;
  rule.column = name.text;
  rule.place = name.place;
  rule.strategy_place = value.place;
  const std::string what = fmt::format("column '{}'", printable(name.text));
  if (value.kind == Value::Kind::scalar) {
    read_short_form(value, what, rule);
  } else if (value.kind == Value::Kind::map) {
    read_long_form(value, what, rule);
  } else {
    throw Error(errors::wrong_type,
                fmt::format("{} needs a strategy, {{ keep: \"reason\" }} or drop", what), {},
                value.place);
  }
  return rule;
}

}  // namespace

Anonymization read_anonymization(const Value& section, const std::filesystem::path& folder) {
  Anonymization anonymization;
  Reader reader(section, "anonymization");
  if (const Value* key = reader.value("key"))
    anonymization.key = read_secret_source(*key, "the anonymization key", folder);
  if (const Value* tables = reader.value("tables"))
    for (const auto& [table, columns] : as_map(*tables, reader.name_of("tables"))) {
      TableRules rules{table.text, {}, table.place};
      for (const auto& [column, rule] :
           as_map(columns, fmt::format("table '{}'", printable(table.text))))
        rules.columns.push_back(read_column(column, rule));
      anonymization.tables.push_back(std::move(rules));
    }
  reader.finish();
  return anonymization;
}

}  // namespace host::config
