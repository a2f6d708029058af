// SPDX-License-Identifier: MIT
#include "host/sync/leak_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/foundation/text.hpp"
#include "host/postgres/copy_stream.hpp"
#include "host/sync/compliance.hpp"
#include "host/sync/copy_text.hpp"
#include "host/sync/leaves.hpp"

namespace host::sync {
namespace {

// One place whose texts are looked through.
struct Place {
  std::string where;
  std::string column;    // its name, for the query
  bool derived = false;  // holds replaced values too: computed from them, or replaced in parts
  bool waived = false;
};

struct Relation {
  TableName name;
  std::vector<Place> places;
};

// What the definitions of the target's objects say, literals of people's data included.
constexpr std::string_view definitions_sql =
    "SELECT 'view ' || c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class c"
    " WHERE c.relkind IN ('v', 'm') AND c.oid >= 16384"
    " UNION ALL SELECT 'function ' || p.oid::regprocedure, p.prosrc FROM pg_proc p"
    " WHERE p.oid >= 16384 AND p.prosrc IS NOT NULL"
    " UNION ALL SELECT 'constraint ' || quote_ident(c.conname) || ' of ' || c.conrelid::regclass,"
    "  pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.contype = 'c' AND c.conrelid <> 0"
    " UNION ALL SELECT 'default of column ' || quote_ident(a.attname) || ' of '"
    "  || a.attrelid::regclass, pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d"
    " JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
    " UNION ALL SELECT 'policy ' || quote_ident(polname) || ' of ' || polrelid::regclass,"
    "  concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))"
    " FROM pg_policy"
    " UNION ALL SELECT 'comment on ' || pg_describe_object(classoid, objoid, objsubid), description"
    " FROM pg_description WHERE objoid >= 16384"
    " UNION ALL SELECT 'label of type ' || enumtypid::regtype, enumlabel FROM pg_enum"
    " WHERE oid >= 16384";

class Search {
 public:
  Search(const SourceValues& values, LeakSearch& result) : values_(values), result_(result) {}

  // Opens a place to look at; returns its number.
  std::size_t open(const Place& place) {
    result_.leaks.push_back({place.where, 0, {}, place.waived});
    derived_.push_back(place.derived);
    return derived_.size() - 1;
  }

  void look(std::size_t place, std::string_view text) {
    if (!derived_[place]) result_.leaks[place].patterns.add(text);
    each_leaf(text, [&](std::string_view leaf) { look_at_leaf(place, leaf); });
  }

  // Counts what was noted and is a source's value for sure.
  void settle(postgres::Connection& source) {
    std::unordered_set<std::uint64_t> keys;
    for (const auto& [noted, count] : noted_) keys.insert(noted.second);
    const auto confirmed = values_.confirm(keys, source);
    for (const auto& [noted, count] : noted_)
      if (confirmed.count(noted.second) > 0) result_.leaks[noted.first].source_values += count;
  }

 private:
  // Bounds the memory; that many are no chance.
  static constexpr std::size_t most_noted = 1'000'000;

  bool note(std::size_t place, std::uint64_t hash, bool whole) {
    if (!values_.may_hold(hash, whole) || (derived_[place] && values_.was_made(hash))) return false;
    const std::pair key(place, SourceValues::key_of(hash, whole));
    if (noted_.size() < most_noted || noted_.count(key) > 0) ++noted_[key];
    return true;
  }

  void look_at_leaf(std::size_t place, std::string_view leaf) {
    words_.clear();
    std::uint64_t all = 0;
    each_word(leaf, [&](std::string_view word) {
      words_.push_back(values_.hash()(word));
      all = add_word(all, words_.back());
    });
    if (words_.empty() || note(place, all, true)) return;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (!values_.may_begin(words_[i])) continue;
      std::uint64_t some = 0;
      const std::size_t end = std::min(words_.size(), i + values_.longest());
      for (std::size_t k = i; k < end; ++k) {
        some = add_word(some, words_[k]);
        note(place, some, false);
      }
    }
  }

  const SourceValues& values_;
  LeakSearch& result_;
  std::vector<bool> derived_;  // by place
  std::vector<std::uint64_t> words_;
  std::map<std::pair<std::size_t, std::uint64_t>, std::uint64_t> noted_;  // by place and key
};

std::string where(const TableName& table, const std::string& column) {
  return fmt::format("column '{}' of table {}", printable(column), printable(table.sql()));
}

std::vector<Relation> relations_of(const Plan& plan, const Decisions& decisions,
                                   postgres::Connection& target) {
  std::vector<Relation> relations;
  for (const Table& table : plan.target.tables) {
    if (table.partitioned) continue;
    Relation relation{table.name, {}};
    const TablePlan* copied = plan.find(table.name);
    for (const Column& column : table.columns) {
      const MaskedColumn* masked = copied == nullptr ? nullptr : copied->find_masked(column.name);
      const bool parts = masked != nullptr && masked->strategy.replaces_parts();
      if (!is_telling_type(column) || (masked != nullptr && !parts)) continue;
      const Decision* decision = decisions.find(table.name, column.name);
      relation.places.push_back({where(table.name, column.name), column.name,
                                 column.generated || parts,
                                 decision != nullptr && is_waived(*decision)});
    }
    if (!relation.places.empty()) relations.push_back(std::move(relation));
  }
  const postgres::Result views = target.query(
      "SELECT n.nspname, c.relname, a.attname FROM pg_class c JOIN pg_namespace n"
      " ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
      " WHERE c.relkind = 'm' AND c.relispopulated ORDER BY 1, 2, a.attnum");
  for (std::size_t row = 0; row < views.row_count(); ++row) {
    const TableName name{views.text(row, 0), views.text(row, 1)};
    if (relations.empty() || relations.back().name != name) relations.push_back({name, {}});
    relations.back().places.push_back(
        {where(name, views.text(row, 2)), views.text(row, 2), true, false});
  }
  return relations;
}

// Each field of COPY rows, decoded, with the number of its column.
template <typename Visit>
void each_value(std::string_view rows, const Visit& visit) {
  std::string value;
  std::size_t column = 0;
  while (!rows.empty()) {
    const std::size_t size = rows.find_first_of("\t\n");
    const std::string_view field = rows.substr(0, size);
    if (!is_null_field(field)) {
      value.resize(field.size());
      value.resize(static_cast<std::size_t>(decode_field(field, value.data()) - value.data()));
      visit(column, std::string_view(value));
    }
    column = rows[size] == '\n' ? 0 : column + 1;
    rows.remove_prefix(size + 1);
  }
}

}  // namespace

LeakSearch search_leaks(const Plan& plan, const Decisions& decisions, const SourceValues& values,
                        postgres::Connection& source, postgres::Connection& target,
                        const Cancellation& cancellation) {
  LeakSearch result;
  Search search(values, result);
  for (const Relation& relation : relations_of(plan, decisions, target)) {
    std::string list;
    const std::size_t first = result.leaks.size();
    for (const Place& place : relation.places) {
      search.open(place);
      list += (list.empty() ? "" : ", ") + postgres::quote_identifier(place.column);
    }
    result.columns += relation.places.size();
    postgres::CopyReader reader(
        target, fmt::format("COPY (SELECT {} FROM ONLY {}) TO STDOUT", list, relation.name.sql()));
    std::string rows;
    while (const std::size_t count = reader.read(rows, 256 * 1024)) {
      cancellation.check();
      result.rows += count;
      each_value(rows, [&](std::size_t column, std::string_view value) {
        search.look(first + column, value);
      });
      rows.clear();
    }
  }
  const postgres::Result definitions = target.query(definitions_sql);
  for (std::size_t row = 0; row < definitions.row_count(); ++row)
    search.look(search.open({"the definition of " + definitions.text(row, 0), "", false, false}),
                definitions.text(row, 1));
  search.settle(source);
  return result;
}

}  // namespace host::sync
