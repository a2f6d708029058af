// SPDX-License-Identifier: MIT
#include "host/sync/checksums.hpp"

#include <fmt/format.h>

#include <exception>
#include <thread>

namespace host::sync {
namespace {

using postgres::quote_identifier;

// The same in both encodings, where they differ.
std::string hash_of(const std::string& text, bool same_encoding) {
  return same_encoding
             ? fmt::format("hashtextextended({}, 0)::numeric", text)
             : fmt::format(
                   "('x' || left(md5(convert_to({}, 'UTF8')), 16))::bit(64)::bigint::numeric",
                   text);
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

ChecksumResult compare_checksums(const Plan& plan, postgres::Connection& source,
                                 postgres::Connection& target, const Cancellation& cancellation) {
  const char* encoding = "SHOW server_encoding";
  const bool same = source.query(encoding).text(0, 0) == target.query(encoding).text(0, 0);
  ChecksumResult result;
  for (const TablePlan& table : plan.tables) {
    cancellation.check();
    const Table& found = *plan.target.find(table.name);
    std::vector<std::string> names;
    std::string row;
    for (std::size_t i = 0; i < table.written; ++i) {
      const Column& column = table.read[i];
      if (table.find_masked(column.name) != nullptr) continue;
      if (found.find(column.name)->sql_type != column.sql_type) {
        result.skipped.push_back(table.name.sql() + "." + quote_identifier(column.name));
        continue;
      }
      names.push_back(column.name);
      row += (row.empty() ? "" : ", ") + quote_identifier(column.name);
    }
    if (names.empty()) continue;
    result.columns += names.size();
    const auto sum = [&](const std::string& columns, bool conditions) {
      return fmt::format("SELECT sum({}) FROM ONLY {}{}",
                         hash_of(fmt::format("ROW({})::text", columns), same), table.name.sql(),
                         conditions ? where_clause(table.where) : "");
    };
    if (same_sums(sum(row, true), sum(row, false), source, target)) continue;
    const std::size_t before = result.differences.size();
    for (const std::string& name : names) {
      const std::string column = quote_identifier(name);
      if (!same_sums(sum(column, true), sum(column, false), source, target))
        result.differences.push_back({table.name, name});
    }
    // Each column holds the same values, in other rows.
    if (result.differences.size() == before)
      result.differences.push_back({table.name, names.front()});
  }
  return result;
}

}  // namespace host::sync
