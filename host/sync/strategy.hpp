// SPDX-License-Identifier: MIT
// How the values of a column are replaced: a plugin's strategy, or several put together in YAML
// (one of two, one after the other, a text of several columns, one for each field).
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/anonymization.hpp"
#include "host/config/parameters.hpp"
#include "host/extensions/registry.hpp"
#include "host/sync/canonical.hpp"
#include "host/sync/json_parts.hpp"

namespace host::sync {

// One test of a `when`. The plan fills in the field.
struct Test {
  config::ConditionTest::Kind kind = config::ConditionTest::Kind::equals;
  std::string column;
  std::size_t field = 0;  // in TablePlan::read
  std::vector<std::string> texts;
  CanonicalForm form = CanonicalForm::as_it_is;  // of the texts, and to bring the values into
  bool null = true;
  Place place;
};

// Where the paths of a `json` led, in all documents of its tables. [the workers' threads]
struct PathCounts {
  explicit PathCounts(std::size_t paths) : values(paths) {}
  std::atomic<std::uint64_t> documents{0};
  std::vector<std::atomic<std::uint64_t>> values;  // by path
  void clear() {
    documents = 0;
    for (auto& count : values) count = 0;
  }
};

// A part of a text: words, and then the column that follows them, if any.
struct TextPart {
  std::string words;
  std::string column;     // empty: none
  std::size_t field = 0;  // in TablePlan::read
  enum class From { row, replaced, self } from = From::row;
};

struct Strategy {
  enum class Kind { plugin, when, chain, text, fields, json };
  Kind kind = Kind::plugin;
  std::string name;  // as the configuration calls it: person.email, card_unless_test
  // plugin: which, and with what. COLUMN parameters know their index once planned.
  const extensions::Extension* extension = nullptr;  // lives with the registry
  config::Parameters parameters;
  std::vector<std::size_t> context;  // further fields that it sees
  std::vector<Test> tests;           // when
  std::vector<Strategy> parts;       // when: then, else; chain: steps; fields: in the type's order;
                                     // json: by path
  std::vector<std::size_t> fields;   // fields: the attribute of each part
  std::vector<TextPart> text;
  std::vector<JsonPath> paths;              // json: what each part replaces
  std::vector<std::string> path_texts;      // as they were written
  std::vector<std::string> path_types;      // what each part takes its values for: pg_type.typname
  std::shared_ptr<PathCounts> path_counts;  // shared by its copies
  Place place;

  // What all of it declares: CONFITURE_STRATEGY_* of every part, KEYED and WANTS_KEY of any.
  std::uint32_t flags() const;
  bool has(std::uint32_t flag) const { return (flags() & flag) != 0; }
  // Whether a result depends on nothing but the value: not on other columns of the row.
  bool looks_at_row() const;
  // Whether it leaves parts of a value as they are, by what it is told: fields or paths.
  bool replaces_parts() const;
  // Adds every field of TablePlan::read that it looks at beside the column itself.
  void add_fields(std::vector<std::size_t>& to) const;
  // Equal texts, equal results for equal values.
  std::string fingerprint() const;
  template <typename Visit>
  void each_plugin(const Visit& visit) const {
    if (kind == Kind::plugin) visit(*this);
    for (const Strategy& part : parts) part.each_plugin(visit);
  }
};

// The strategies that there are: the plugins' and those of anonymization.strategies.
class StrategyBook {
 public:
  // Checks every definition, used or not: names, parameters, no circles. Both outlive it.
  StrategyBook(const std::vector<config::StrategyDefinition>& definitions,
               const extensions::Registry& registry);

  // Throws config.unknown_strategy, config.unknown_parameter and the like at their places.
  Strategy resolve(const config::StrategyUse& use) const;
  // A strategy as it comes, for --strategy.
  Strategy resolve(const std::string& name) const;

 private:
  using Values = std::map<std::string, config::Value, std::less<>>;
  struct Scope;
  Strategy resolve(const config::StrategyUse& use, const Scope& scope) const;
  Strategy resolve_named(const config::StrategyUse& use, const Scope& scope) const;
  Strategy expand(const config::StrategyDefinition& definition, const config::Value& with,
                  const Place& place, const Scope& scope) const;
  Strategy resolve_when(const config::StrategyUse& use, const Scope& scope) const;
  Strategy resolve_json(const config::StrategyUse& use, const Scope& scope) const;
  const config::StrategyDefinition* find(std::string_view name) const;

  const std::vector<config::StrategyDefinition>& definitions_;
  const extensions::Registry& registry_;
};

}  // namespace host::sync
