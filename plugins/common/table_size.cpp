// SPDX-License-Identifier: MIT
#include "plugins/common/table_size.hpp"

#include <charconv>
#include <cstddef>

namespace plugins {
namespace {

std::int64_t number(const std::optional<std::string_view>& digits) {
  std::int64_t value = 0;
  if (digits) std::from_chars(digits->data(), digits->data() + digits->size(), value);
  return value;
}

std::string size_of(std::int64_t bytes) {
  if (bytes < 10'000) return std::to_string(bytes) + " bytes";
  if (bytes < 10'000'000) return std::to_string(bytes / 1000) + " kB";
  if (bytes < 10'000'000'000) return std::to_string(bytes / 1'000'000) + " MB";
  return std::to_string(bytes / 1'000'000'000) + " GB";
}

}  // namespace

bool TableSize::small(const SizeLimits& limits) const {
  return bytes && rows && *bytes < limits.small_bytes && *rows < limits.small_rows;
}

bool TableSize::large(const SizeLimits& limits) const {
  return (bytes && *bytes > limits.large_bytes) || (rows && *rows > limits.large_rows);
}

std::string TableSize::words() const {
  std::string text;
  if (rows) text = (rows_counted ? "" : "about ") + std::to_string(*rows) + " rows";
  if (bytes) text += (text.empty() ? "" : ", ") + size_of(*bytes);
  return text;
}

TableSize measure_table(const Ask& ask, const std::string& oid, const std::string& name,
                        const SizeLimits& limits) {
  TableSize size;
  const auto sizes = ask(
      "WITH RECURSIVE tree AS (SELECT $1::oid AS oid UNION ALL SELECT i.inhrelid FROM "
      "pg_catalog.pg_inherits i JOIN tree t ON i.inhparent = t.oid) "
      "SELECT sum(pg_catalog.pg_relation_size(c.oid) + CASE WHEN c.reltoastrelid <> 0 THEN "
      "pg_catalog.pg_relation_size(c.reltoastrelid) ELSE 0 END)::bigint, "
      "sum(CASE WHEN c.relpages > 0 AND c.reltuples > 0 THEN c.reltuples / c.relpages * "
      "(pg_catalog.pg_relation_size(c.oid) / 8192) ELSE pg_catalog.pg_relation_size(c.oid) / 32 "
      "END)::bigint FROM tree t JOIN pg_catalog.pg_class c ON c.oid = t.oid "
      "WHERE c.relkind IN ('r', 'm')",
      {oid});
  if (!sizes || sizes->empty()) return size;
  size.bytes = number((*sizes)[0][std::size_t{0}]);
  size.rows = number((*sizes)[0][1]);
  if (*size.bytes >= limits.small_bytes || name.empty()) return size;
  const auto count = ask("SELECT count(*) FROM (SELECT FROM " + name + " LIMIT " +
                             std::to_string(limits.small_rows) + ") rows",
                         {});
  if (!count || count->empty()) return size;
  const std::int64_t counted = number((*count)[0][std::size_t{0}]);
  if (counted == limits.small_rows) return size;
  size.rows = counted;
  size.rows_counted = true;
  return size;
}

}  // namespace plugins
