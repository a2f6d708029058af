// SPDX-License-Identifier: MIT
#include "host/sync/plan_bind.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"

namespace host::sync {
namespace {

class Binder {
 public:
  Binder(const Table& table, const Decisions& decisions, MaskedColumn& masked, TablePlan& plan)
      : table_(table), decisions_(decisions), masked_(masked), plan_(plan) {}

  // `changed`: the value has been through another strategy already.
  void bind(Strategy& strategy, bool changed) {
    switch (strategy.kind) {
      case Strategy::Kind::plugin:
        bind_plugin(strategy);
        break;
      case Strategy::Kind::when:
        for (Test& test : strategy.tests) bind_test(test);
        break;
      case Strategy::Kind::text:
        for (TextPart& part : strategy.text)
          if (!part.column.empty()) bind_text(part, strategy.place, changed);
        break;
      default:
        break;
    }
    for (Strategy& part : strategy.parts) {
      bind(part, changed);
      changed = changed || strategy.kind == Strategy::Kind::chain;
    }
  }

 private:
  std::size_t field_of(const std::string& name, const Place& place) {
    const auto found = std::find_if(plan_.read.begin(), plan_.read.end(),
                                    [&](const Column& column) { return column.name == name; });
    if (found != plan_.read.end()) return static_cast<std::size_t>(found - plan_.read.begin());
    const Column* column = table_.find(name);
    if (column == nullptr) {
      std::vector<std::string> known;
      for (const Column& other : table_.columns) known.push_back(other.name);
      throw Error(errors::unknown_column,
                  fmt::format("unknown column '{}' of table {}", printable(name),
                              printable(table_.name.sql())),
                  suggest_name(name, known), place);
    }
    plan_.read.push_back(*column);
    return plan_.read.size() - 1;
  }

  void bind_plugin(Strategy& strategy) {
    bind_columns(strategy, strategy.parameters);
    if ((strategy.extension->strategy.flags & CONFITURE_STRATEGY_WANTS_KEY) == 0) return;
    for (const std::string& key : table_.primary_key)
      strategy.context.push_back(field_of(key, masked_.place));
  }

  // Gives COLUMN parameters their index in the batch: 0 is the column itself, context follows.
  void bind_columns(Strategy& strategy, config::Parameters& parameters) {
    std::vector<std::string> keys;
    for (const auto& [key, entry] : parameters.entries()) keys.push_back(key);
    for (const std::string& key : keys) {
      config::Parameters::Entry& entry = *parameters.find(key);
      for (config::Parameters& item : entry.items) bind_columns(strategy, item);
      if (entry.type != CONFITURE_PARAM_COLUMN || !entry.set || !entry.items.empty()) continue;
      const std::size_t field =
          field_of(entry.text, strategy.place.known() ? strategy.place : masked_.place);
      if (field == masked_.field) {
        entry.integer = 0;
        continue;
      }
      auto position = std::find(strategy.context.begin(), strategy.context.end(), field);
      if (position == strategy.context.end()) position = strategy.context.insert(position, field);
      entry.integer = position - strategy.context.begin() + 1;
    }
  }

  void bind_test(Test& test) { test.field = field_of(test.column, test.place); }

  void bind_text(TextPart& part, const Place& place, bool changed) {
    if (part.column == masked_.name) {
      if (!changed)
        throw Error(
            errors::template_shows,
            fmt::format("the template of column '{}' shows the value that it replaces",
                        printable(masked_.name)),
            "put it behind another strategy: { chain: [ STRATEGY, { template: \"...\" } ] }",
            place);
      part.from = TextPart::From::self;
      return;
    }
    part.field = field_of(part.column, place);
    const Decision* decision = decisions_.find(table_.name, part.column);
    if (decision == nullptr || decision->kind == Decision::Kind::keep) return;
    if (decision->kind == Decision::Kind::drop)
      throw Error(errors::template_shows,
                  fmt::format("the template of column '{}' shows column '{}', which is dropped",
                              printable(masked_.name), printable(part.column)),
                  "give that column a strategy, or leave it out of the template", place);
    part.from = TextPart::From::replaced;
  }

  const Table& table_;
  const Decisions& decisions_;
  MaskedColumn& masked_;
  TablePlan& plan_;
};

bool needs(const Strategy& strategy, std::size_t field) {
  const auto shows = [&](const TextPart& part) {
    return part.from == TextPart::From::replaced && part.field == field;
  };
  return std::any_of(strategy.text.begin(), strategy.text.end(), shows) ||
         std::any_of(strategy.parts.begin(), strategy.parts.end(),
                     [&](const Strategy& part) { return needs(part, field); });
}

}  // namespace

void bind_strategy(const Table& table, const Decisions& decisions, MaskedColumn& masked,
                   TablePlan& plan) {
  Binder(table, decisions, masked, plan).bind(masked.strategy, false);
}

void order_by_need(TablePlan& plan) {
  std::vector<MaskedColumn> waiting = std::move(plan.masked);
  plan.masked.clear();
  while (!waiting.empty()) {
    const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const MaskedColumn& one) {
      return std::none_of(waiting.begin(), waiting.end(), [&](const MaskedColumn& other) {
        return needs(one.strategy, other.field);
      });
    });
    if (ready == waiting.end())
      throw Error(errors::template_shows,
                  fmt::format("the templates of table {} show each other's columns in a circle, "
                              "'{}' among them",
                              printable(plan.name.sql()), printable(waiting.front().name)),
                  {}, waiting.front().place);
    plan.masked.push_back(std::move(*ready));
    waiting.erase(ready);
  }
}

}  // namespace host::sync
