// SPDX-License-Identifier: MIT
// What happens to each column: the configuration's rules and the command line's, resolved against
// the tables that there are and the strategies that plugins offer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/config/project.hpp"
#include "host/sync/catalog.hpp"
#include "host/sync/strategy.hpp"

namespace host::sync {

// One `--strategy TABLE.COLUMN=NAME`: the table as SQL writes it, the column by its catalog name,
// in double quotes where it holds a dot.
struct StrategyOption {
  TableName table;
  std::string column, strategy;
  std::string text;  // as it was typed
};
StrategyOption parse_strategy_option(std::string_view text);  // throws sync.bad_strategy_option

struct Decision {
  enum class Kind { strategy, keep, drop };
  Kind kind = Kind::strategy;
  Strategy strategy;
  std::string domain;  // equal values of one domain become equal; empty: the common one
  bool require_change = false;
  std::string reason;  // kind keep
  std::optional<std::string> waived_until;
  std::optional<std::string> type;  // as it was when the rule was written
  Place place;

  // The same values come out of both: the same strategy with the same parameters and domain, or
  // neither kept nor replaced by either.
  bool agrees_with(const Decision& other) const;
};

// Every rule hits an existing column of an existing table, or sync.unknown_table or
// sync.unknown_column says which does not. A rule of a partitioned or inherited table holds for its
// partitions and children, unless they have one of their own.
class Decisions {
 public:
  // `configured` is what the file says, or nothing where anonymization was not asked for.
  Decisions(const Catalog& source, const std::vector<config::TableRules>& configured,
            const std::vector<StrategyOption>& options, const StrategyBook& book);

  // nullptr: none was made, the column is copied as it is.
  const Decision* find(const TableName& table, const std::string& column) const;
  bool empty() const { return decisions_.empty(); }

 private:
  using Key = std::pair<TableName, std::string>;
  void add_configured(const Catalog& source, const config::TableRules& rules,
                      const StrategyBook& book);
  void add_option(const Catalog& source, const StrategyOption& option, const StrategyBook& book);
  void inherit(const Catalog& source);
  std::map<Key, Decision> decisions_;
};

// The table of that name, or sync.unknown_table with the nearest at `place`. `text` is the user's.
const Table& require_table(const Catalog& catalog, std::string_view text, const Place& place);

}  // namespace host::sync
