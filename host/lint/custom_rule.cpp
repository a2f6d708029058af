// SPDX-License-Identifier: MIT
#include "host/lint/custom_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "host/config/reader.hpp"
#include "host/foundation/text.hpp"
#include "host/lint/errors.hpp"
#include "host/lint/property_names.hpp"

namespace host::lint {
namespace {

using config::Value;

[[noreturn]] void refuse(const std::string& message, const std::string& hint, const Place& place) {
  throw Error(errors::bad_custom_rule, message, hint, place);
}

bool is_truth(const Value& value) {
  return value.kind == Value::Kind::scalar && !value.quoted &&
         (value.text == "true" || value.text == "false");
}

bool read_number(const Value& value, std::int64_t& number) {
  if (value.kind != Value::Kind::scalar || value.quoted) return false;
  const char* end = value.text.data() + value.text.size();
  const auto [rest, error] = std::from_chars(value.text.data(), end, number);
  return error == std::errc() && rest == end && !value.text.empty();
}

// `{ not: X }`, `{ min: 1, max: 9 }`.
void read_map(const Value& value, std::string_view name, Condition& made) {
  config::Reader reader(value, fmt::format("'{}'", name));
  if (made.is_text) {
    made.patterns = reader.texts("is");
    made.unwanted = reader.texts("not");
  } else {
    made.test = Condition::Test::range;
    made.low = reader.integer("min").value_or(INT64_MIN);
    made.high = reader.integer("max").value_or(INT64_MAX);
  }
  reader.finish();
}

Condition read_condition(const Value& key, const Value& value, const std::string& kind) {
  const Property* property = property_named(key.text);
  if (property == nullptr)
    refuse(fmt::format("unknown property '{}'", printable(key.text)),
           suggest_name(key.text, property_names(kind)), key.place);
  if (!property->is_of(kind))
    refuse(fmt::format("'{}' is no property of '{}'", key.text, kind),
           fmt::format("it is one of {}", join_words(split_text(property->kinds, ' '))), key.place);
  Condition made;
  made.property = property->number;
  made.is_text = property->is_text();
  if (value.kind == Value::Kind::map) {
    read_map(value, key.text, made);
  } else if (is_truth(value)) {
    made.test = Condition::Test::truth;
    made.low = value.text == "true" ? 1 : 0;
  } else if (made.is_text) {
    for (const Value& one : value.kind == Value::Kind::list ? value.items : std::vector{value})
      made.patterns.push_back(config::as_text(one, fmt::format("'{}'", key.text)));
  } else if (read_number(value, made.low)) {
    made.test = Condition::Test::number;
  } else {
    refuse(fmt::format("'{}' takes true, false or a number", key.text), "", value.place);
  }
  return made;
}

std::vector<Condition> read_conditions(const Value& map, std::string_view what,
                                       const std::string& kind) {
  std::vector<Condition> conditions;
  for (const auto& [key, value] : config::as_map(map, what))
    conditions.push_back(read_condition(key, value, kind));
  return conditions;
}

bool any_glob(std::string_view text, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches_glob(text, pattern); });
}

bool holds(const sql::Node& node, const Condition& condition) {
  const std::string_view text = node.text(condition.property);
  const std::int64_t number = node.integer(condition.property);
  switch (condition.test) {
    case Condition::Test::glob:
      return (condition.patterns.empty() || any_glob(text, condition.patterns)) &&
             !any_glob(text, condition.unwanted);
    case Condition::Test::truth:
      return (condition.is_text ? !text.empty() : number != 0) == (condition.low != 0);
    case Condition::Test::number:
      return number == condition.low;
    case Condition::Test::range:
      break;
  }
  return number >= condition.low && number <= condition.high;
}

bool hold(const sql::Node& node, const std::vector<Condition>& conditions) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const Condition& one) { return holds(node, one); });
}

// What `text` names in braces. Braces that hold no name stand for themselves.
void check_names(std::string_view text, const std::string& kind, const Place& place) {
  for (std::size_t at = text.find('{'); at != text.npos; at = text.find('{', at + 1)) {
    const std::size_t close = text.find('}', at);
    if (close == text.npos) return;
    const std::string name(text.substr(at + 1, close - at - 1));
    const bool is_name =
        !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    if (!is_name || name == "table") continue;
    const Property* property = property_named(name);
    if (property != nullptr && property->is_of(kind)) continue;
    std::vector<std::string> known = property_names(kind);
    known.emplace_back("table");
    refuse(property == nullptr ? fmt::format("unknown property '{{{}}}' in a text", name)
                               : fmt::format("'{{{}}}' is no property of '{}'", name, kind),
           suggest_name(name, known), place);
  }
}

std::string value_of(const sql::Node& node, std::string_view name) {
  if (name == "table") {
    const sql::Node* parent = node.link(CONFITURE_LINK_PARENT);
    const bool part = parent != nullptr && parent->kind != CONFITURE_NODE_SCHEMA;
    return std::string((part ? *parent : node).text(CONFITURE_PROP_QUALIFIED_NAME));
  }
  const Property* property = property_named(name);
  if (property == nullptr) return fmt::format("{{{}}}", name);
  if (property->is_text()) return std::string(node.text(property->number));
  return std::to_string(node.integer(property->number));
}

std::string filled(std::string_view pattern, const sql::Node& node) {
  std::string result;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t close = pattern[at] == '{' ? pattern.find('}', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      result += pattern[at++];
      continue;
    }
    result += value_of(node, pattern.substr(at + 1, close - at - 1));
    at = close + 1;
  }
  return result;
}

}  // namespace

CustomRule::CustomRule(const config::CustomRule& written) : written_(&written) {
  const auto kind = node_kind_named(written.for_kind);
  if (!kind)
    refuse(
        fmt::format("unknown kind '{}' of the rule '{}'", printable(written.for_kind), written.id),
        suggest_name(written.for_kind, node_kind_names()), written.kind_place);
  kind_ = *kind;
  where_ = read_conditions(written.where, "'where'", written.for_kind);
  require_ = read_conditions(written.require, "'require'", written.for_kind);
  if (require_.empty())
    refuse(fmt::format("the rule '{}' requires nothing", written.id),
           "say under 'require' what should hold", written.place);
  check_names(written.message, written.for_kind, written.message_place);
  check_names(written.suggestion, written.for_kind, written.suggestion_place);
}

std::string CustomRule::doc() const {
  return fmt::format("Written in {}: what should hold of each {}.\n",
                     printable(written_->place.file), written_->for_kind);
}

bool CustomRule::matches(const sql::Node& node) const {
  return hold(node, where_) && !hold(node, require_);
}

std::string CustomRule::message(const sql::Node& node) const {
  return filled(written_->message, node);
}

std::string CustomRule::suggestion(const sql::Node& node) const {
  return filled(written_->suggestion, node);
}

}  // namespace host::lint
