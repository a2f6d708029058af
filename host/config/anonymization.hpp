// SPDX-License-Identifier: MIT
// What the configuration says about personal data: which column becomes what, the strategies that a
// team put together in YAML, and what must hold of the result. Names of strategies and columns are
// looked up later, by the floor that knows the registry and the catalog; each keeps its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/config/value.hpp"

namespace host::config {

// Where a secret's value comes from; never the value itself.
struct SecretSource {
  enum class Kind { environment, file };
  Kind kind = Kind::environment;
  std::string name;  // of the variable, or the file's absolute path
  Place place;
};

// One line of a `when`: a column of the row, and what holds of it. NULL passes no test but
// `is_null`.
struct ConditionTest {
  enum class Kind { equals, not_equals, starts_with, ends_with, contains, null };
  Kind kind = Kind::equals;
  std::string column;
  std::vector<Value> texts;  // one of them is enough (of not_equals: none may be)
  bool null = true;          // kind null: whether it is NULL
  Place place;               // of the column's name
};

// How values are replaced: by a named strategy, by one of two, by several in turn, or by a text.
struct StrategyUse {
  enum class Kind { named, when, chain, text };
  Kind kind = Kind::named;
  std::string name;                 // named: person.email, or a name of anonymization.strategies
  Value with;                       // named: its parameters, or null
  std::vector<ConditionTest> when;  // when: all of them hold
  std::vector<StrategyUse> parts;   // when: then, else. chain: the steps
  Value text;                       // text: "Customer {{id}} of {{country}}"
  Place place;
};

// An entry of anonymization.strategies.
struct StrategyDefinition {
  std::string name;
  // Defaults of what its users may set; ${name} stands for them in parameters, tests and texts.
  std::vector<Value::Entry> parameters;
  StrategyUse use;
  Place place;
};

// What happens to one column: a strategy, or `keep` with a reason, or drop; of a column of a
// composite type: a rule for each field.
struct ColumnRule {
  enum class Kind { strategy, keep, drop, fields };
  Kind kind = Kind::strategy;
  std::string column;               // its name in the catalog
  StrategyUse use;                  // kind strategy
  std::vector<ColumnRule> fields;   // kind fields
  std::string domain;               // values of one domain become the same; empty: the common one
  std::optional<std::string> type;  // the type that was reviewed
  bool require_change = false;
  std::string reason;                       // kind keep, and of a waiver
  std::optional<std::string> waived_until;  // personal data may pass until that day
  Place place;                              // of the column's name
};

struct TableRules {
  std::string table;  // as SQL writes it: public.customers, sales."Order Line"
  std::vector<ColumnRule> columns;
  Place place;
};

// Of the target: every combination of values of these columns occurs at least k times.
struct KAnonymity {
  std::string table;
  std::vector<std::string> columns;
  std::int64_t k = 2;
  Place place;
};

struct Anonymization {
  std::optional<SecretSource> key;
  std::vector<StrategyDefinition> strategies;
  std::vector<TableRules> tables;
  std::vector<KAnonymity> k_anonymity;
};

// A strategy as a column's rule or a part of another writes it: a name, or a map with `use`,
// `when`, `chain` or `template`. `what` names it in messages. Throws config.*.
StrategyUse read_strategy_use(const Value& value, const std::string& what);

}  // namespace host::config
