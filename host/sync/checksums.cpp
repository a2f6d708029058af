// SPDX-License-Identifier: MIT
#include "host/sync/checksums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <string_view>
#include <thread>

namespace host::sync {
namespace {

using postgres::quote_identifier;

std::string encoding_of(postgres::Connection& connection) {
  return connection.query("SHOW server_encoding").text(0, 0);
}

bool hashes_records(postgres::Connection& connection) {
  return connection.server_version() >= 14'00'00;
}

// Whether a type's own hash tells every two texts of it apart, unlike that of numeric, to which 1.0
// is 1.00; it saves to write the value as a text.
bool has_exact_hash(const Column& column) {
  constexpr std::array<std::string_view, 12> types{"bool", "int2",      "int4",        "int8",
                                                   "oid",  "uuid",      "date",        "time",
                                                   "name", "timestamp", "timestamptz", "bytea"};
  return std::find(types.begin(), types.end(), column.type_name) != types.end();
}

// By their bytes, whatever their collation calls equal.
bool is_plain_text(const Column& column) {
  return column.type_name == "text" || column.type_name == "varchar";
}

// Runs a query on each server at the same time.
bool same_sums(const std::string& source_sql, const std::string& target_sql,
               postgres::Connection& source, postgres::Connection& target) {
  std::string there, here;
  std::exception_ptr failure;
  std::thread other([&] {
    try {
      there = source.query(source_sql).text(0, 0);
    } catch (...) {
      failure = std::current_exception();
    }
  });
  try {
    here = target.query(target_sql).text(0, 0);
  } catch (...) {
    source.cancel();
    other.join();
    throw;
  }
  other.join();
  if (failure) std::rethrow_exception(failure);
  return here == there;
}

}  // namespace

Checksums::Checksums(const Plan& plan, postgres::Connection& source, postgres::Connection& target)
    : plan_(plan),
      same_encoding_(encoding_of(source) == encoding_of(target)),
      by_type_(hashes_records(source) && hashes_records(target)),
      results_(plan.tables.size()) {}

// Of a row's columns. The same in both encodings, where they differ.
std::string Checksums::hash_of(const std::vector<const Column*>& columns) const {
  std::string exact, others;
  for (const Column* column : columns) {
    const std::string name = quote_identifier(column->name);
    if (by_type_ && (has_exact_hash(*column) || is_plain_text(*column))) {
      exact += (exact.empty() ? "" : ", ") + name;
      if (is_plain_text(*column)) exact += " COLLATE \"C\"";
    } else {
      others += (others.empty() ? "" : ", ") + name;
    }
  }
  if (!same_encoding_) {
    std::string all;
    for (const Column* column : columns)
      all += (all.empty() ? "" : ", ") + quote_identifier(column->name);
    return fmt::format("('x' || left(md5(convert_to(ROW({})::text, 'UTF8')), 16))::bit(64)::bigint",
                       all);
  }
  if (exact.empty()) return fmt::format("hashtextextended(ROW({})::text, 0)", others);
  if (!others.empty()) exact += fmt::format(", ROW({})::text", others);
  // A record's hash is a weighted sum of its columns' hashes; as a seed it becomes one of the row,
  // so that values which changed their rows do not add up to the same.
  return fmt::format("hashint4extended(0, hash_record_extended(ROW({}), 0))", exact);
}

void Checksums::compare(std::size_t number, postgres::Connection& source,
                        postgres::Connection& target) {
  const TablePlan& table = plan_.tables[number];
  ChecksumResult& result = results_[number];
  const Table& found = *plan_.target.find(table.name);
  std::vector<const Column*> columns;
  for (std::size_t i = 0; i < table.written; ++i) {
    const Column& column = table.read[i];
    if (table.find_masked(column.name) != nullptr) continue;
    if (found.find(column.name)->sql_type == column.sql_type) columns.push_back(&column);
  }
  if (columns.empty()) return;
  result.columns = columns.size();
  const auto same = [&](const std::vector<const Column*>& of) {
    // A sum of bigint does not overflow: the servers add in 128 bits.
    const std::string sum =
        fmt::format("SELECT sum({}) FROM ONLY {}", hash_of(of), table.name.sql());
    return same_sums(sum + where_clause(table.where), sum, source, target);
  };
  if (same(columns)) return;
  for (const Column* column : columns)
    if (!same({column})) result.differences.push_back({table.name, column->name});
  // Each column holds the same values, in other rows.
  if (result.differences.empty()) result.differences.push_back({table.name, columns.front()->name});
}

ChecksumResult Checksums::result() const {
  ChecksumResult all;
  for (const ChecksumResult& one : results_) {
    all.columns += one.columns;
    all.differences.insert(all.differences.end(), one.differences.begin(), one.differences.end());
  }
  return all;
}

}  // namespace host::sync
