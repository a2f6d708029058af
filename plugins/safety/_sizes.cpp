// SPDX-License-Identifier: MIT
#include "plugins/safety/_sizes.hpp"

#include <cstddef>
#include <utility>

#include "plugins/common/live.hpp"
#include "plugins/common/table_size.hpp"

namespace plugins::safety {
namespace {

struct Known {
  TableSize size;
  bool missing = false;  // the database answered, and has no such table
};

// Where there is no database, or one that does not answer at once, nothing is known.
Known look_up(const Report& report, std::string_view table, const SizeLimits& limits) {
  const Ask ask =
      [&report](std::string_view sql,
                const confiture::QueryParameters& parameters) -> std::optional<confiture::Result> {
    try {
      return rows_of(report, sql, parameters);
    } catch (const confiture::DatabaseError&) {
      return std::nullopt;
    }
  };
  const auto found =
      ask("SELECT c.oid, c.relrowsecurity, c.oid::pg_catalog.regclass FROM pg_catalog.pg_class c "
          "WHERE c.oid = pg_catalog.to_regclass($1) AND c.relkind IN ('r', 'p', 'm')",
          {table});
  if (!found) return {};
  if (found->empty()) return {{}, true};
  const auto row = (*found)[0];
  // Row security hides rows from a count.
  const bool hidden = row[1] == "t";
  return {measure_table(ask, text(row[std::size_t{0}].value_or("")),
                        hidden ? "" : text(row[2].value_or("")), limits),
          false};
}

}  // namespace

Finding& Sizes::weigh(const Report& report, const Node& at, Finding& finding,
                      std::string hint) const {
  return weigh(report, at, at.qualified_name(), finding, std::move(hint));
}

Finding& Sizes::weigh(const Report& report, const Node& at, std::string_view table,
                      Finding& finding, std::string hint) const {
  constexpr std::int64_t megabyte = std::int64_t{1} << 20;
  const SizeLimits limits{small_rows, small_mb * megabyte, large_rows, large_mb * megabyte};
  const auto [size, missing] = look_up(report, table, limits);
  const Node target = at.kind() == NodeKind::statement ? at.target() : at.parent().target();
  if (missing && target && !target.is_assumed()) {
    finding.severity(Severity::info).risk(Risk::low);
    return finding.hint("the database has no such table yet: nobody waits; else " + hint);
  }
  const std::string words = size.words();
  if (size.small(limits)) {
    finding.severity(Severity::info).risk(Risk::medium);
    return finding.hint("the table is small (" + words + "): over in a moment; else " + hint);
  }
  if (size.large(limits)) finding.severity(Severity::critical);
  if (!words.empty()) hint += " (the table has " + words + ")";
  return finding.hint(std::move(hint));
}

}  // namespace plugins::safety
