// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/extensions/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/strategy.hpp"

namespace host::sync {
namespace {

using config::StrategyUse;
using config::Value;

[[noreturn]] void refuse_parameter(const Value& at, std::string_view name,
                                   std::string_view strategy,
                                   const std::vector<std::string>& known) {
  throw Error(config::errors::unknown_parameter,
              fmt::format("unknown parameter '{}' of strategy '{}'", printable(name), strategy),
              known.empty() ? "it has no parameters" : suggest_name(name, known), at.place);
}

// "Customer {{id}} of {{country}}" in parts.
std::vector<TextPart> read_text(const Value& value) {
  std::vector<TextPart> parts;
  std::string_view rest = value.text;
  while (!rest.empty()) {
    const std::size_t open = rest.find("{{");
    TextPart part;
    part.words = std::string(rest.substr(0, open));
    if (open != std::string_view::npos) {
      const std::size_t close = rest.find("}}", open);
      if (close == std::string_view::npos)
        throw Error(
            config::errors::wrong_type,
            fmt::format("the template '{}' has a '{{{{' without its '}}}}'", printable(value.text)),
            {}, value.place);
      part.column = std::string(trim(rest.substr(open + 2, close - open - 2)));
      if (part.column.empty())
        throw Error(config::errors::wrong_type,
                    fmt::format("the template '{}' has a '{{{{}}}}' without a column",
                                printable(value.text)),
                    {}, value.place);
      rest.remove_prefix(close + 2);
    } else {
      rest = {};
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

// What a part of a document is taken for, by the strategies of columns of that type.
std::string take_type(Value& part) {
  constexpr std::array<std::string_view, 9> known{
      "text", "numeric", "int8", "float8", "date", "time", "timestamp", "timestamptz", "uuid"};
  std::string type = "text";
  for (auto entry = part.entries.begin(); entry != part.entries.end(); ++entry) {
    if (entry->key.text != "type") continue;
    type = config::as_choice(entry->value, std::vector<std::string>(known.begin(), known.end()),
                             "'type' of a path");
    part.entries.erase(entry);
    break;
  }
  return type;
}

}  // namespace

// What ${name} stands for, and the definitions that led here.
struct StrategyBook::Scope {
  std::string_view strategy;  // the definition's name; empty outside of one
  Values values;
  std::vector<std::string> path;

  // The value with each ${name} in its texts replaced; a text that is nothing else becomes the
  // value itself, so that a number stays one.
  Value fill(Value value) const {
    if (values.empty()) return value;
    for (Value& item : value.items) item = fill(std::move(item));
    for (Value::Entry& entry : value.entries) entry.value = fill(std::move(entry.value));
    if (value.kind != Value::Kind::scalar) return value;
    for (std::size_t at = 0; (at = value.text.find("${", at)) != std::string::npos;) {
      const std::size_t end = value.text.find('}', at);
      if (end == std::string::npos) break;
      const std::string name = value.text.substr(at + 2, end - at - 2);
      const auto found = values.find(name);
      if (found == values.end()) {
        std::vector<std::string> known;
        for (const auto& [key, unused] : values) known.push_back(key);
        refuse_parameter(value, name, strategy, known);
      }
      if (at == 0 && end + 1 == value.text.size()) {
        Value filled = found->second;
        filled.place = value.place;
        return filled;
      }
      value.text.replace(at, end + 1 - at, found->second.text);
      at += found->second.text.size();
    }
    return value;
  }
};

StrategyBook::StrategyBook(const std::vector<config::StrategyDefinition>& definitions,
                           const extensions::Registry& registry)
    : definitions_(definitions), registry_(registry) {
  for (const config::StrategyDefinition& definition : definitions_) {
    if (registry_.find(extensions::Kind::strategy, definition.name) != nullptr)
      throw Error(errors::decided_twice,
                  fmt::format("a plugin has a strategy '{}' already", definition.name),
                  "give this one another name", definition.place);
    expand(definition, {}, definition.place, {});
  }
}

const config::StrategyDefinition* StrategyBook::find(std::string_view name) const {
  const auto found = std::find_if(definitions_.begin(), definitions_.end(),
                                  [&](const auto& d) { return d.name == name; });
  return found == definitions_.end() ? nullptr : &*found;
}

Strategy StrategyBook::resolve(const config::StrategyUse& use) const {
  return resolve(use, {});
}

Strategy StrategyBook::resolve(const std::string& name) const {
  StrategyUse use;
  use.name = name;
  return resolve(use, {});
}

Strategy StrategyBook::resolve(const StrategyUse& use, const Scope& scope) const {
  switch (use.kind) {
    case StrategyUse::Kind::named:
      return resolve_named(use, scope);
    case StrategyUse::Kind::when:
      return resolve_when(use, scope);
    default:
      break;
  }
  Strategy strategy;
  strategy.place = use.place;
  if (use.kind == StrategyUse::Kind::chain) {
    strategy.kind = Strategy::Kind::chain;
    strategy.name = "chain";
    for (const StrategyUse& part : use.parts) strategy.parts.push_back(resolve(part, scope));
  } else {
    strategy.kind = Strategy::Kind::text;
    strategy.name = "template";
    strategy.text = read_text(scope.fill(use.text));
  }
  return strategy;
}

Strategy StrategyBook::resolve_when(const StrategyUse& use, const Scope& scope) const {
  Strategy strategy;
  strategy.kind = Strategy::Kind::when;
  strategy.name = "when";
  strategy.place = use.place;
  for (const config::ConditionTest& test : use.when) {
    Test resolved;
    resolved.kind = test.kind;
    resolved.column = test.column;
    resolved.null = test.null;
    resolved.place = test.place;
    for (const Value& text : test.texts) resolved.texts.push_back(scope.fill(text).text);
    strategy.tests.push_back(std::move(resolved));
  }
  for (const StrategyUse& part : use.parts) strategy.parts.push_back(resolve(part, scope));
  return strategy;
}

Strategy StrategyBook::resolve_json(const StrategyUse& use, const Scope& scope) const {
  Strategy strategy;
  strategy.kind = Strategy::Kind::json;
  strategy.name = "json";
  strategy.place = use.place;
  for (const auto& [path, value] : use.with.entries) {
    JsonPath parsed;
    if (const std::string wrong = parsed.parse(path.text); !wrong.empty())
      throw Error(errors::bad_path,
                  fmt::format("'{}' is no path of a document: {}", printable(path.text), wrong),
                  "write keys with dots between them: address.city, lines.*.name, **.email",
                  path.place);
    strategy.paths.push_back(std::move(parsed));
    strategy.path_texts.push_back(path.text);
    Value part = value;
    strategy.path_types.push_back(take_type(part));
    strategy.parts.push_back(resolve(
        config::read_strategy_use(part, fmt::format("path '{}'", printable(path.text))), scope));
  }
  strategy.path_counts = std::make_shared<PathCounts>(strategy.paths.size());
  return strategy;
}

Strategy StrategyBook::resolve_named(const StrategyUse& use, const Scope& scope) const {
  if (use.name == "json") return resolve_json(use, scope);
  if (const config::StrategyDefinition* definition = find(use.name))
    return expand(*definition, use.with, use.place, scope);
  if (registry_.find(extensions::Kind::strategy, use.name) == nullptr) {
    std::vector<std::string> own;
    for (const config::StrategyDefinition& definition : definitions_)
      own.push_back(definition.name);
    if (nearest_name(use.name, own))
      throw Error(extensions::errors::unknown_strategy,
                  fmt::format("unknown strategy '{}'", printable(use.name)),
                  suggest_name(use.name, own), use.place);
  }
  Strategy strategy;
  strategy.extension = &registry_.require(extensions::Kind::strategy, use.name, use.place);
  strategy.name = use.name;
  strategy.place = use.place;
  const Value with = scope.fill(use.with);
  strategy.parameters =
      config::check_parameters(with.is_null() ? nullptr : &with, strategy.extension->parameters,
                               fmt::format("strategy '{}'", use.name), use.place);
  return strategy;
}

Strategy StrategyBook::expand(const config::StrategyDefinition& definition, const Value& with,
                              const Place& place, const Scope& scope) const {
  Scope inner{definition.name, {}, scope.path};
  if (std::find(inner.path.begin(), inner.path.end(), definition.name) != inner.path.end())
    throw Error(errors::circular_strategy,
                fmt::format("strategy '{}' is made of itself", printable(definition.name)), {},
                place);
  inner.path.push_back(definition.name);
  for (const auto& [key, standard] : definition.parameters)
    inner.values.insert_or_assign(key.text, standard);
  const Value given = scope.fill(with);
  for (const auto& [key, value] : given.entries) {
    const auto found = inner.values.find(key.text);
    if (found == inner.values.end()) {
      std::vector<std::string> known;
      for (const auto& [name, unused] : inner.values) known.push_back(name);
      refuse_parameter(key, key.text, definition.name, known);
    }
    found->second = value;
  }
  Strategy strategy = resolve(definition.use, inner);
  strategy.name = definition.name;
  return strategy;
}

}  // namespace host::sync
