// SPDX-License-Identifier: MIT
#include "plugins/risk/catalog.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "plugins/common/names.hpp"

namespace plugins::risk {
namespace {

std::string text(const std::optional<std::string_view>& value) {
  return std::string(value.value_or(""));
}

bool truth(const std::optional<std::string_view>& value) {
  return value == "t";
}

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// Relations by name, along the search path where no schema is named; $1 schema, $2 name.
#define NAMED                                                                           \
  " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = $2 AND " \
  "(n.nspname = $1 OR $1 = '' AND n.nspname = ANY (pg_catalog.current_schemas(true))) " \
  "ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname) LIMIT 1"

}  // namespace

std::string Name::sql() const {
  return (schema.empty() ? "" : quoted(schema) + ".") + quoted(name);
}

std::optional<Result> Catalog::rows(std::string_view sql,
                                    const confiture::QueryParameters& parameters) {
  if (online_ == false) return std::nullopt;
  try {
    return effects_->query(sql, parameters);
  } catch (const confiture::DatabaseError&) {
    failed_ = true;
    return std::nullopt;
  }
}

bool Catalog::online() {
  if (!online_) {
    const auto found = rows("SELECT pg_catalog.current_setting('TimeZone')");
    online_ = found.has_value();
    failed_ = false;
    if (!found) return false;
    const std::string zone = text((*found)[0][std::size_t{0}]);
    utc_ = zone == "UTC" || zone == "Etc/UTC" || zone == "GMT" || zone == "Etc/GMT" ||
           zone == "Universal" || zone == "Zulu";
  }
  return *online_;
}

bool Catalog::utc() {
  return online() && utc_;
}

const Relation* Catalog::relation(const Name& name) {
  if (!online() || name.name.empty()) return nullptr;
  const auto known = relations_.find(name.sql());
  if (known != relations_.end()) return known->second ? &*known->second : nullptr;
  const auto found = rows(
      "SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition, c.relrowsecurity, "
      "EXISTS (SELECT FROM pg_catalog.pg_publication_rel r WHERE r.prrelid = c.oid) OR "
      "EXISTS (SELECT FROM pg_catalog.pg_publication p WHERE p.puballtables), "
      "EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND k.conrelid = "
      "c.oid), EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.contype = 'f' AND "
      "k.confrelid = c.oid) FROM pg_catalog.pg_class c" NAMED,
      {name.schema, name.name});
  if (!found) return nullptr;
  std::optional<Relation>& kept = relations_[name.sql()];
  if (found->empty()) return nullptr;
  const auto row = (*found)[0];
  kept.emplace();
  kept->oid = text(row[std::size_t{0}]);
  kept->name = {text(row[1]), text(row[2])};
  kept->kind = text(row[3])[0];
  kept->partition = truth(row[4]);
  kept->row_security = truth(row[5]);
  kept->published = truth(row[6]);
  kept->references = truth(row[7]);
  kept->referenced = truth(row[8]);
  if (kept->partitioned()) note_partitions(*kept);
  if (kept->partition) {
    const std::vector<Name> parents = names(
        "SELECT n.nspname, c.relname FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON "
        "c.oid = i.inhparent JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE "
        "i.inhrelid = $1::oid",
        {kept->oid});
    if (!parents.empty()) kept->parent = parents.front();
  }
  if (kept->kind == 'r' || kept->kind == 'p' || kept->kind == 'm')
    static_cast<TableSize&>(*kept) = measure_table(
        [this](std::string_view sql, const confiture::QueryParameters& parameters) {
          return rows(sql, parameters);
        },
        kept->oid, kept->row_security ? "" : kept->name.sql());
  return &*kept;
}

std::vector<Name> Catalog::names(std::string_view sql,
                                 const confiture::QueryParameters& parameters) {
  std::vector<Name> all;
  if (!online()) return all;
  if (const auto found = rows(sql, parameters))
    for (const auto row : *found) all.push_back({text(row[std::size_t{0}]), text(row[1])});
  return all;
}

void Catalog::note_partitions(Relation& relation) {
  const auto found = rows(
      "SELECT n.nspname, c.relname, c.oid = p.partdefid FROM pg_catalog.pg_inherits i "
      "JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "LEFT JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = i.inhparent "
      "WHERE i.inhparent = $1::oid ORDER BY 1, 2",
      {relation.oid});
  if (!found) return;
  for (const auto row : *found) {
    relation.partitions.push_back({text(row[std::size_t{0}]), text(row[1])});
    if (truth(row[2])) relation.default_partition = relation.partitions.back();
  }
}

std::optional<std::int64_t> Catalog::estimated_rows(std::string_view sql) {
  if (!online()) return std::nullopt;
  const auto plan = rows("EXPLAIN " + std::string(sql));
  if (!plan || plan->empty()) return std::nullopt;
  std::int64_t most = 0;
  // The node that changes rows, and the one that finds them.
  for (std::size_t line = 0; line < std::min<std::size_t>(plan->size(), 2); ++line) {
    const std::string words = text(plan->at(line, 0));
    const std::size_t place = words.find(" rows=");
    if (place != std::string::npos)
      most = std::max(most, number(std::string_view(words).substr(place + 6)));
  }
  return most;
}

}  // namespace plugins::risk
