// SPDX-License-Identifier: MIT
#include "host/config/anonymization.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9})
    if (text[i] < '0' || text[i] > '9') return false;
  const std::string_view month = text.substr(5, 2), day = text.substr(8, 2);
  return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

void read_short_form(const Value& value, const std::string& what, ColumnRule& rule) {
  if (value.text == "keep")
    throw Error(errors::missing_key, fmt::format("{} is kept without a reason", what), keep_example,
                value.place);
  if (value.text == "drop") {
    rule.kind = ColumnRule::Kind::drop;
  } else {
    rule.use = read_strategy_use(value, what);
  }
}

ColumnRule read_column(const Value& name, const Value& value);

// The map without the keys that a column has beside its strategy.
Value without(const Value& map, std::initializer_list<std::string_view> keys) {
  Value rest = map;
  rest.entries.clear();
  for (const Value::Entry& entry : map.entries)
    if (std::find(keys.begin(), keys.end(), entry.key.text) == keys.end())
      rest.entries.push_back(entry);
  return rest;
}

void read_waiver(Reader& reader, ColumnRule& rule) {
  const Value* until = reader.value("waived_until");
  if (until == nullptr) return;
  rule.waived_until = as_text(*until, reader.name_of("waived_until"));
  if (!is_date(*rule.waived_until))
    throw Error(errors::wrong_type,
                fmt::format("{} must be a day such as 2027-06-30, not '{}'",
                            reader.name_of("waived_until"), printable(*rule.waived_until)),
                {}, until->place);
}

void read_keep(Reader& reader, const Value& keep, const std::string& what, ColumnRule& rule) {
  rule.kind = ColumnRule::Kind::keep;
  rule.reason = read_reason(keep, what);
  read_waiver(reader, rule);
}

// Of what a strategy leaves.
void read_waiver_of_strategy(Reader& reader, const std::string& what, ColumnRule& rule) {
  read_waiver(reader, rule);
  if (const Value* reason = reader.value("reason")) {
    rule.reason = read_reason(*reason, what);
  } else if (rule.waived_until) {
    throw Error(errors::missing_key, fmt::format("{} has a waiver without a reason", what),
                "write { use: STRATEGY, waived_until: DAY, reason: \"why\" }", rule.place);
  }
}

void read_long_form(const Value& value, const std::string& what, ColumnRule& rule) {
  Reader reader(value, what);
  rule.type = reader.text("type");
  if (const Value* keep = reader.value("keep")) {
    read_keep(reader, *keep, what, rule);
    reader.finish();
    return;
  }
  if (const Value* fields = reader.value("fields")) {
    rule.kind = ColumnRule::Kind::fields;
    for (const auto& [field, decision] : as_map(*fields, reader.name_of("fields")))
      rule.fields.push_back(read_column(field, decision));
    rule.domain = reader.text("domain").value_or("");
    read_waiver_of_strategy(reader, what, rule);
    reader.finish();
    return;
  }
  rule.domain = reader.text("domain").value_or("");
  rule.require_change = reader.boolean("require_change").value_or(false);
  read_waiver_of_strategy(reader, what, rule);
  for (const std::string_view key :
       {"use", "with", "when", "then", "else", "chain", "template", "json"})
    reader.value(key);
  reader.finish();
  rule.use = read_strategy_use(
      without(value, {"type", "domain", "require_change", "waived_until", "reason"}), what);
}

ColumnRule read_column(const Value& name, const Value& value) {
  ColumnRule rule;
  rule.column = name.text;
  rule.place = name.place;
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

StrategyDefinition read_definition(const Value& name, const Value& value) {
  StrategyDefinition definition;
  definition.name = name.text;
  definition.place = name.place;
  const std::string what = fmt::format("strategy '{}'", printable(name.text));
  for (const std::string_view taken : {"keep", "drop", "json"})
    if (name.text == taken)
      throw Error(errors::wrong_type,
                  fmt::format("no strategy can be called '{}': a column's rule says it by itself",
                              name.text),
                  {}, name.place);
  if (const Value* parameters = value.find("parameters")) {
    definition.parameters = as_map(*parameters, fmt::format("'parameters' of {}", what));
    for (const auto& [key, standard] : definition.parameters)
      as_text(standard, fmt::format("parameter '{}' of {}", printable(key.text), what));
  }
  definition.use = read_strategy_use(
      value.kind == Value::Kind::map ? without(value, {"parameters"}) : value, what);
  return definition;
}

KAnonymity read_k_anonymity(const Value& value) {
  KAnonymity wanted;
  Reader reader(value, "an item of 'k_anonymity'");
  wanted.place = value.place;
  wanted.table = as_text(reader.required("table"), reader.name_of("table"));
  reader.required("columns");
  wanted.columns = reader.texts("columns");
  const Value& k = reader.required("k");
  wanted.k = as_integer(k, reader.name_of("k"));
  reader.finish();
  if (wanted.k < 2 || wanted.columns.empty())
    throw Error(errors::out_of_range,
                fmt::format("{} must be at least 2, over at least one column", reader.name_of("k")),
                {}, k.place);
  return wanted;
}

}  // namespace

Anonymization read_anonymization(const Value& section, const std::filesystem::path& folder) {
  Anonymization anonymization;
  Reader reader(section, "anonymization");
  if (const Value* key = reader.value("key"))
    anonymization.key = read_secret_source(*key, "the anonymization key", folder);
  if (const Value* strategies = reader.value("strategies"))
    for (const auto& [name, value] : as_map(*strategies, reader.name_of("strategies")))
      anonymization.strategies.push_back(read_definition(name, value));
  if (const Value* tables = reader.value("tables"))
    for (const auto& [table, columns] : as_map(*tables, reader.name_of("tables"))) {
      TableRules rules{table.text, {}, table.place};
      for (const auto& [column, rule] :
           as_map(columns, fmt::format("table '{}'", printable(table.text))))
        rules.columns.push_back(read_column(column, rule));
      anonymization.tables.push_back(std::move(rules));
    }
  if (const Value* wanted = reader.value("k_anonymity"))
    for (const Value& item : as_list(*wanted, reader.name_of("k_anonymity")))
      anonymization.k_anonymity.push_back(read_k_anonymity(item));
  reader.finish();
  return anonymization;
}

}  // namespace host::config
