// SPDX-License-Identifier: MIT
#include "host/sync/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "host/foundation/text.hpp"
#include "host/sync/checksums.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/lanes.hpp"
#include "host/sync/leak_search.hpp"
#include "host/sync/retyped.hpp"
#include "host/sync/source_values.hpp"

namespace host::sync {
namespace {

// Below that, equal values before and after may be chance.
constexpr std::uint64_t enough_values = 20;

class Gate {
 public:
  Gate(const GateInput& input, Report& report) : input_(input), report_(report) {}

  void run() {
    count_rows();
    compare_retyped();
    if (input_.values != nullptr) {
      read_all();
      compare_untouched();
      judge_fixed_points();
      search();
      find_orphans();
      find_invalid();
    }
    judge_k_anonymity();
    if (input_.values != nullptr && !input_.values->countable().empty())
      report_.checks.push_back(
          {"few_values", "warning",
           join_words(input_.values->countable()) +
               ": a keyed replacement of few values is solved by counting them; generalize them, "
               "or choose one at random"});
    if (failures_.empty()) return;
    std::string lines;
    for (const std::string& failure : failures_) lines += "\n  " + failure;
    throw Error(
        errors::check_failed,
        fmt::format("the target was not published, {} did not hold:{}",
                    failures_.size() == 1 ? "a check" : "checks", lines),
        columns_leak_
            ? "the target is as it was before; give these columns a strategy, or write down "
              "why they may hold that: { keep: \"REASON\", waived_until: YYYY-MM-DD }"
            : "the target is as it was before");
  }

 private:
  void pass(std::string name, std::string detail) {
    report_.checks.push_back({std::move(name), "ok", std::move(detail)});
  }

  std::int64_t count(postgres::Connection& connection, const TablePlan& table, bool conditions) {
    return connection
        .query(fmt::format("SELECT count(*) FROM ONLY {}{}", table.name.sql(),
                           conditions ? where_clause(table.where) : ""))
        .integer(0, 0);
  }

  void count_rows() {
    const std::size_t failed = failures_.size();
    for (const TableReport& table : report_.tables) {
      const TablePlan& plan = *input_.plan.find(table.table);
      const auto written = static_cast<std::int64_t>(table.rows);
      const std::int64_t found = count(input_.target, plan, false);
      if (found != written)
        failures_.push_back(fmt::format(
            "row_counts: table {} holds {} rows after {} were written (a trigger or a rule of the "
            "target changed them)",
            printable(table.table.sql()), found, written));
      if (input_.values == nullptr) continue;
      if (const std::int64_t there = count(input_.source, plan, true); there != written)
        failures_.push_back(fmt::format("row_counts: {} of the {} rows of table {} were written",
                                        written, there, printable(table.table.sql())));
    }
    if (failures_.size() == failed)
      pass("row_counts", fmt::format("{} tables, {} rows", report_.tables.size(), report_.rows));
  }

  void compare_retyped() {
    retyped_ = sync::compare_retyped(input_.plan, input_.source, input_.target);
    if (input_.values == nullptr && !retyped_.changed.empty())
      report_.checks.push_back(
          {"types", "warning", join_words(retyped_.changed) + " cannot hold all that was read"});
  }

  // What reads all of both databases: the tables' checksums and the search of the target, shared
  // out over all connections.
  void read_all() {
    std::vector<ConnectionPair> pairs{{&input_.source, &input_.target}};
    pairs.insert(pairs.end(), input_.more.begin(), input_.more.end());
    checksums_.emplace(input_.plan, input_.source, input_.target);
    hunt_.emplace(input_.plan, input_.decisions, *input_.values, input_.target);
    const std::size_t tables = input_.plan.tables.size();
    share_out(pairs, tables + hunt_->count(), input_.cancellation,
              [&](std::size_t number, std::size_t pair) {
                if (number < tables)
                  checksums_->compare(number, *pairs[pair].source, *pairs[pair].target);
                else
                  hunt_->look_through(number - tables, *pairs[pair].target, input_.cancellation);
              });
  }

  void compare_untouched() {
    const std::size_t failed = failures_.size();
    const ChecksumResult result = checksums_->result();
    for (const ChecksumResult::Difference& difference : result.differences)
      failures_.push_back(
          fmt::format("checksums: column '{}' of table {} is not what it was in the source",
                      printable(difference.column), printable(difference.table.sql())));
    for (const std::string& column : retyped_.changed)
      failures_.push_back(fmt::format("checksums: {} is not what it was", column));
    if (failures_.size() == failed)
      pass("checksums",
           fmt::format("{} columns as they were{}", result.columns + retyped_.columns,
                       retyped_.unknown.empty() ? ""
                                                : ", of another type and not compared: " +
                                                      join_words(retyped_.unknown)));
  }

  void judge_fixed_points() {
    const std::size_t failed = failures_.size();
    std::uint64_t values = 0, unchanged = 0;
    for (const TableReport& table : report_.tables)
      for (std::size_t i = 0; i < table.masked_columns.size(); ++i) {
        const MaskCounts& counts = table.mask_counts[i];
        values += counts.values;
        unchanged += counts.unchanged;
        if (counts.values >= enough_values && counts.unchanged == counts.values)
          failures_.push_back(fmt::format(
              "fixed_points: all {} values of column '{}' of table {} came back as they were",
              counts.values, printable(table.masked_columns[i]), printable(table.table.sql())));
      }
    if (failures_.size() == failed)
      pass("fixed_points", fmt::format("{} of {} values as they were", unchanged, values));
  }

  void search() {
    const std::size_t failed = failures_.size();
    const LeakSearch result = hunt_->result(input_.source, input_.target, input_.cancellation);
    std::vector<std::string> waived, left;
    for (const Leak& leak : result.leaks) {
      const std::vector<std::string> shown = describe_patterns(leak);
      if (leak.waived) {
        if (leak.source_values > 0 || !shown.empty()) waived.push_back(leak.where);
        continue;
      }
      const std::size_t before = failures_.size();
      if (leak.source_values > 0)
        failures_.push_back(
            fmt::format("source_values: {} values that were replaced elsewhere ({}) in {}",
                        leak.source_values, describe(leak.from), leak.where));
      // A strategy that leaves some was chosen to.
      for (const std::string& what : shown)
        if (leak.replaced)
          left.push_back(fmt::format("{} in {}", what, leak.where));
        else
          failures_.push_back(fmt::format("patterns: {} in {}", what, leak.where));
      columns_leak_ = columns_leak_ || (!leak.column.empty() && failures_.size() > before);
    }
    if (!left.empty())
      report_.checks.push_back(
          {"patterns", "warning", join_words(left) + ", which strategies left"});
    if (failures_.size() != failed) return;
    pass("source_values",
         fmt::format("no value of {} replaced columns in {} rows of {} other columns{}{}",
                     input_.values->column_count(), result.rows, result.columns,
                     waived.empty() ? "" : "; waived: " + join_words(waived),
                     input_.values->left_out().empty()
                         ? ""
                         : "; not looked for: " + join_words(input_.values->left_out())));
    if (left.empty())
      pass("patterns",
           "no e-mail address, phone, card, account or social security number and no access token "
           "in them");
  }

  static std::vector<std::string> describe_patterns(const Leak& leak) {
    std::vector<std::string> shown;
    for (const Pattern pattern : all_patterns)
      if (leak.patterns.of(pattern) > 0)
        shown.push_back(fmt::format("{} {}", leak.patterns.of(pattern), plural(pattern)));
    return shown;
  }

  // Three columns tell enough.
  static std::string describe(const std::set<std::string>& columns) {
    constexpr std::size_t most = 3;
    std::vector<std::string> words;
    for (const std::string& column : columns)
      if (words.size() < most) words.push_back(printable(column));
    if (columns.size() > most) words.push_back(fmt::format("{} more", columns.size() - most));
    return join_words(words);
  }

  // A foreign key that was NOT VALID is so again, unchecked: it may not be worse than before.
  void find_orphans() {
    const std::size_t failed = failures_.size();
    std::size_t keys = 0;
    for (const ForeignKey& key : input_.plan.target.foreign_keys) {
      if (input_.plan.find(key.table) == nullptr) continue;
      ++keys;
      if (key.validated) continue;
      std::string joined, present;
      for (std::size_t i = 0; i < key.columns.size(); ++i) {
        const std::string own = "c." + postgres::quote_identifier(key.columns[i]);
        joined += fmt::format("{}p.{} = {}", i == 0 ? "" : " AND ",
                              postgres::quote_identifier(key.referenced_columns[i]), own);
        present += fmt::format(" AND {} IS NOT NULL", own);
      }
      const std::string sql =
          fmt::format("SELECT count(*) FROM {} c WHERE NOT EXISTS (SELECT FROM {} p WHERE {}){}",
                      key.table.sql(), key.referenced.sql(), joined, present);
      const std::int64_t orphans = input_.target.query(sql).integer(0, 0);
      if (orphans > 0 && orphans > input_.source.query(sql).integer(0, 0))
        failures_.push_back(fmt::format(
            "orphans: {} rows of table {} have no parent by foreign key '{}', which is not valid",
            orphans, printable(key.table.sql()), printable(key.name)));
    }
    if (failures_.size() == failed) pass("orphans", fmt::format("none by {} foreign keys", keys));
  }

  void find_invalid() {
    const std::size_t failed = failures_.size();
    std::size_t valid = 0;
    for (const ForeignKey& key : input_.plan.target.foreign_keys) valid += key.validated;
    const postgres::Result now = input_.target.query(
        "SELECT (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND"
        " convalidated), (SELECT count(*) FROM pg_index WHERE NOT indisvalid)");
    if (now.integer(0, 0) < static_cast<std::int64_t>(valid))
      failures_.push_back(
          fmt::format("constraints: {} foreign keys were valid, {} are", valid, now.integer(0, 0)));
    if (failures_.size() == failed)
      pass("constraints",
           fmt::format("{} foreign keys valid, {} invalid indexes", valid, now.integer(0, 1)));
  }

  void judge_k_anonymity() {
    const std::size_t failed = failures_.size();
    for (const config::KAnonymity& wanted : input_.anonymization.k_anonymity) {
      const Table& table = require_table(input_.plan.target, wanted.table, wanted.place);
      std::string list;
      for (const std::string& column : wanted.columns) {
        if (table.find(column) == nullptr) {
          std::vector<std::string> known;
          for (const Column& other : table.columns) known.push_back(other.name);
          throw Error(errors::unknown_column,
                      fmt::format("unknown column '{}' of table {}", printable(column),
                                  printable(table.name.sql())),
                      suggest_name(column, known), wanted.place);
        }
        list += (list.empty() ? "" : ", ") + postgres::quote_identifier(column);
      }
      const postgres::Result rare = input_.target.query(fmt::format(
          "SELECT count(*), coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM {} GROUP BY {}"
          " HAVING count(*) < {}) g",
          table.name.sql(), list, wanted.k));
      if (rare.integer(0, 0) > 0)
        failures_.push_back(fmt::format(
            "k_anonymity: {} rows of table {} have {} combinations of columns {} that occur fewer "
            "than {} times",
            rare.integer(0, 1), printable(table.name.sql()), rare.integer(0, 0),
            printable(join_words(wanted.columns)), wanted.k));
    }
    if (failures_.size() == failed && !input_.anonymization.k_anonymity.empty())
      pass("k_anonymity",
           fmt::format("{} sets of columns", input_.anonymization.k_anonymity.size()));
  }

  const GateInput& input_;
  Report& report_;
  std::vector<std::string> failures_;
  bool columns_leak_ = false;  // that can be decided otherwise
  Retyped retyped_;
  std::optional<Checksums> checksums_;
  std::optional<LeakHunt> hunt_;
};

}  // namespace

void run_gate(const GateInput& input, Report& report) {
  Gate(input, report).run();
}

}  // namespace host::sync
