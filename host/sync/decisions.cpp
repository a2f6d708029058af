// SPDX-License-Identifier: MIT
#include "host/sync/decisions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"

namespace host::sync {
namespace {

using Kind = Decision::Kind;
using Rule = config::ColumnRule::Kind;

const Column& require_column(const Table& table, const std::string& name, const Place& place) {
  if (const Column* column = table.find(name)) return *column;
  std::vector<std::string> known;
  for (const Column& column : table.columns) known.push_back(column.name);
  throw Error(
      errors::unknown_column,
      fmt::format("unknown column '{}' of table {}", printable(name), printable(table.name.sql())),
      suggest_name(name, known), place);
}

// A strategy for a column that the server computes would never run.
void refuse_generated(const Table& table, const Column& column, const Place& place) {
  if (column.generated)
    throw Error(errors::unknown_column,
                fmt::format("column '{}' of table {} is generated: it is computed in the target, "
                            "not copied",
                            printable(column.name), printable(table.name.sql())),
                "replace the columns that it is computed from instead", place);
}

// A strategy for each field of a composite type; one that is kept has none.
Strategy fields_of(const Table& table, const Column& column, const config::ColumnRule& rule,
                   const StrategyBook& book) {
  Strategy strategy;
  strategy.kind = Strategy::Kind::fields;
  strategy.name = "fields";
  strategy.place = rule.place;
  if (column.attributes.empty())
    throw Error(errors::unknown_column,
                fmt::format("column '{}' of table {} has type {}, which has no fields",
                            printable(column.name), printable(table.name.sql()),
                            printable(column.sql_type)),
                "give the column a strategy itself", rule.place);
  for (std::size_t i = 0; i < column.attributes.size(); ++i)
    for (const config::ColumnRule& field : rule.fields) {
      if (field.column != column.attributes[i].name || field.kind == Rule::keep) continue;
      if (field.kind == Rule::drop)
        throw Error(errors::unknown_column,
                    fmt::format("field '{}' of column '{}' cannot be dropped",
                                printable(field.column), printable(column.name)),
                    "give it a strategy that makes it NULL", field.place);
      strategy.fields.push_back(i);
      strategy.parts.push_back(field.kind == Rule::fields
                                   ? fields_of(table, column.attributes[i], field, book)
                                   : book.resolve(field.use));
    }
  for (const config::ColumnRule& field : rule.fields) {
    std::vector<std::string> known;
    for (const Column& attribute : column.attributes) known.push_back(attribute.name);
    if (std::find(known.begin(), known.end(), field.column) == known.end())
      throw Error(
          errors::unknown_column,
          fmt::format("unknown field '{}' of column '{}' of table {}", printable(field.column),
                      printable(column.name), printable(table.name.sql())),
          suggest_name(field.column, known), field.place);
  }
  return strategy;
}

}  // namespace

StrategyOption parse_strategy_option(std::string_view text) {
  const auto refuse = [&]() -> Error {
    return {errors::bad_strategy_option,
            fmt::format("'--strategy {}' is not TABLE.COLUMN=NAME", printable(text)),
            "write --strategy public.customer.email=person.email"};
  };
  // The last dot outside quotes ends the table, the last '=' outside quotes the column.
  bool quoted = false;
  std::size_t dot = std::string_view::npos, equals = std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '=') equals = i;
    if (text[i] == '.' && equals == std::string_view::npos) dot = i;
  }
  if (quoted || dot == std::string_view::npos || equals == std::string_view::npos) throw refuse();
  const auto table = postgres::parse_table_name(text.substr(0, dot));
  std::string column(text.substr(dot + 1, equals - dot - 1));
  if (column.size() >= 2 && column.front() == '"' && column.back() == '"') {
    std::string plain;
    for (std::size_t i = 1; i + 1 < column.size(); ++i) {
      plain += column[i];
      if (column[i] == '"') ++i;  // "" stands for "
    }
    column = plain;
  }
  const std::string_view strategy = text.substr(equals + 1);
  if (!table || column.empty() || strategy.empty()) throw refuse();
  return {*table, column, std::string(strategy), std::string(text)};
}

const Table& require_table(const Catalog& catalog, std::string_view text, const Place& place) {
  const auto name = postgres::parse_table_name(text);
  if (!name)
    throw Error(errors::unknown_table,
                fmt::format("'{}' is no table name as SQL writes it", printable(text)),
                "write public.customers or sales.\"Order Line\"", place);
  if (const Table* table = catalog.find(*name)) return *table;
  throw Error(errors::unknown_table,
              fmt::format("unknown table '{}' in the source", printable(text)),
              suggest_name(name->sql(), catalog.table_names()), place);
}

bool Decision::agrees_with(const Decision& other) const {
  if (kind != other.kind) return false;
  return kind != Kind::strategy ||
         (domain == other.domain && strategy.fingerprint() == other.strategy.fingerprint());
}

Decisions::Decisions(const Catalog& source, const std::vector<config::TableRules>& configured,
                     const std::vector<StrategyOption>& options, const StrategyBook& book) {
  for (const config::TableRules& rules : configured) add_configured(source, rules, book);
  for (const StrategyOption& option : options) add_option(source, option, book);
  inherit(source);
}

const Decision* Decisions::find(const TableName& table, const std::string& column) const {
  const auto found = decisions_.find({table, column});
  return found == decisions_.end() ? nullptr : &found->second;
}

void Decisions::add_configured(const Catalog& source, const config::TableRules& rules,
                               const StrategyBook& book) {
  const Table& table = require_table(source, rules.table, rules.place);
  for (const config::ColumnRule& rule : rules.columns) {
    const Column& column = require_column(table, rule.column, rule.place);
    Decision decision;
    decision.kind = rule.kind == Rule::keep   ? Kind::keep
                    : rule.kind == Rule::drop ? Kind::drop
                                              : Kind::strategy;
    decision.domain = rule.domain;
    decision.require_change = rule.require_change;
    decision.reason = rule.reason;
    decision.waived_until = rule.waived_until;
    decision.type = rule.type;
    decision.place = rule.place;
    if (decision.kind == Kind::strategy) {
      refuse_generated(table, column, rule.place);
      decision.strategy =
          rule.kind == Rule::fields ? fields_of(table, column, rule, book) : book.resolve(rule.use);
    }
    if (!decisions_.emplace(Key{table.name, column.name}, std::move(decision)).second)
      throw Error(errors::decided_twice,
                  fmt::format("column '{}' of table {} has two rules", printable(column.name),
                              printable(table.name.sql())),
                  "leave one of them", rule.place);
  }
}

void Decisions::add_option(const Catalog& source, const StrategyOption& option,
                           const StrategyBook& book) {
  const Table& table = require_table(source, option.table.sql(), {});
  const Column& column = require_column(table, option.column, {});
  refuse_generated(table, column, {});
  Decision decision;
  decision.strategy = book.resolve(option.strategy);
  decisions_[{table.name, column.name}] = std::move(decision);
}

void Decisions::inherit(const Catalog& source) {
  std::map<Key, Decision> inherited;
  for (const Table& table : source.tables) {
    if (table.parents.empty()) continue;
    const std::vector<const Table*> family = source.with_ancestors(table);
    for (const Column& column : table.columns)
      for (const Table* member : family)
        if (const Decision* decision = find(member->name, column.name)) {
          inherited.emplace(Key{table.name, column.name}, *decision);
          break;
        }
  }
  decisions_.merge(inherited);
}

}  // namespace host::sync
