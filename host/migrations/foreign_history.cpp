// SPDX-License-Identifier: MIT
#include "host/migrations/foreign_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/migrations/errors.hpp"
#include "host/postgres/quote.hpp"

namespace host::migrations {
namespace {

using config::Layout;

struct Table {
  std::string_view name;  // the tool's own
  std::vector<std::string> columns;
  std::string_view foreign_column;  // which it does not have, and another tool's does
};

const Table& table_of(Layout tool) {
  static const std::map<Layout, Table> tables{
      {Layout::dbmate, {"schema_migrations", {"version"}, "dirty"}},
      {Layout::goose, {"goose_db_version", {"id", "version_id", "is_applied", "tstamp"}, ""}},
      {Layout::golang_migrate, {"schema_migrations", {"version", "dirty"}, ""}},
      {Layout::flyway,
       {"flyway_schema_history",
        {"installed_rank", "version", "description", "type", "checksum", "installed_by",
         "installed_on", "execution_time", "success"},
        ""}},
      {Layout::diesel, {"__diesel_schema_migrations", {"version", "run_on"}, ""}}};
  return tables.at(tool);
}

std::string written_name(Layout tool, const std::optional<std::string>& table) {
  if (!table) return std::string(table_of(tool).name);
  if (const auto name = postgres::parse_table_name(*table)) return name->sql();
  throw Error(errors::no_history, fmt::format("'{}' is no name of a table", *table),
              "write it as SQL does: --table app.schema_migrations");
}

void check_columns(postgres::Connection& connection, Layout tool, const std::string& name) {
  const postgres::Parameter parameter = name;
  const postgres::Result there =
      connection.query("SELECT to_regclass($1) IS NOT NULL", {&parameter, 1});
  if (!there.boolean(0, 0))
    throw Error(errors::no_history, fmt::format("there is no table '{}'", name),
                fmt::format("say where {} keeps its history: --table SCHEMA.NAME",
                            config::to_string(tool)));
  const postgres::Result rows = connection.query(
      "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT "
      "attisdropped",
      {&parameter, 1});
  std::vector<std::string> columns;
  for (std::size_t row = 0; row < rows.row_count(); ++row) columns.push_back(rows.text(row, 0));
  const auto has = [&](std::string_view column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  const auto refuse = [&](std::string_view verb, std::string_view column) {
    throw Error(errors::no_history,
                fmt::format("'{}' is not the history of {}: it {} column '{}'", name,
                            config::to_string(tool), verb, column),
                "name the tool that wrote it with --from");
  };
  for (const std::string& column : table_of(tool).columns)
    if (!has(column)) refuse("has no", column);
  if (const auto other = table_of(tool).foreign_column; !other.empty() && has(other))
    refuse("has a", other);
}

[[noreturn]] void refuse_dirty(Layout tool, const std::string& version, std::string hint) {
  throw Error(
      errors::dirty_history,
      fmt::format("{} noted that migration {} stopped half-way", config::to_string(tool), version),
      std::move(hint));
}

ForeignRow applied(std::string version, std::string applied_at = {}) {
  ForeignRow row;
  row.version = std::move(version);
  row.applied_at = std::move(applied_at);
  return row;
}

std::vector<ForeignRow> read_dbmate(postgres::Connection& connection, const std::string& table) {
  std::vector<ForeignRow> all;
  const postgres::Result rows =
      connection.query(fmt::format("SELECT version FROM {} ORDER BY 1", table));
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    all.push_back(applied(rows.text(row, 0)));
  return all;
}

// The latest row of each version counts; version 0 is goose's own.
std::vector<ForeignRow> read_goose(postgres::Connection& connection, const std::string& table) {
  std::vector<ForeignRow> all;
  const postgres::Result rows = connection.query(fmt::format(
      "SELECT version_id, tstamp::timestamptz FROM (SELECT DISTINCT ON (version_id) * "
      "FROM {} ORDER BY version_id, id DESC) latest WHERE is_applied AND version_id > 0 "
      "ORDER BY version_id",
      table));
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    all.push_back(applied(rows.text(row, 0), rows.text(row, 1)));
  return all;
}

// One row: the version that the database has reached.
std::vector<ForeignRow> read_golang_migrate(postgres::Connection& connection,
                                            const std::string& table) {
  const postgres::Result rows =
      connection.query(fmt::format("SELECT version, dirty FROM {}", table));
  if (rows.row_count() == 0) return {};
  if (rows.row_count() > 1)
    throw Error(errors::no_history,
                fmt::format("'{}' is not the history of golang-migrate: it has {} rows, not one",
                            table, rows.row_count()),
                "name the tool that wrote it with --from");
  if (rows.boolean(0, 1))
    refuse_dirty(Layout::golang_migrate, rows.text(0, 0),
                 "bring the database to a version by hand, note it with 'migrate force VERSION', "
                 "then run this again");
  ForeignRow reached = applied(rows.text(0, 0));
  reached.through = true;
  return {std::move(reached)};
}

std::vector<ForeignRow> read_diesel(postgres::Connection& connection, const std::string& table) {
  std::vector<ForeignRow> all;
  const postgres::Result rows = connection.query(
      fmt::format("SELECT version, run_on::timestamptz FROM {} ORDER BY version", table));
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    all.push_back(applied(rows.text(row, 0), rows.text(row, 1)));
  return all;
}

// The latest row of each version, or description, counts: it may say that it was undone.
std::vector<ForeignRow> read_flyway(postgres::Connection& connection, const std::string& table) {
  const postgres::Result rows = connection.query(fmt::format(
      "SELECT version, description, type, checksum, installed_by, installed_on::timestamptz, "
      "execution_time, success FROM {} ORDER BY installed_rank",
      table));
  std::vector<ForeignRow> all;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const bool repeatable = !rows.value(row, 0).has_value();
    const std::string type = rows.text(row, 2);
    ForeignRow each = applied(rows.text(row, repeatable ? 1 : 0), rows.text(row, 5));
    each.repeatable = repeatable;
    each.through = type.ends_with("BASELINE");
    each.applied_by = rows.text(row, 4);
    each.duration_ms = static_cast<double>(rows.integer(row, 6));
    if (!rows.boolean(row, 7))
      refuse_dirty(Layout::flyway, each.version,
                   "bring the database in order, run 'flyway repair', then run this again");
    if (type == "SCHEMA") continue;  // Flyway made the schema
    if (rows.value(row, 3)) each.checksum = static_cast<std::int32_t>(rows.integer(row, 3));
    const auto earlier = std::find_if(all.begin(), all.end(), [&](const ForeignRow& other) {
      return other.version == each.version && other.repeatable == repeatable;
    });
    if (earlier != all.end()) all.erase(earlier);
    if (!type.starts_with("UNDO") && type != "DELETE") all.push_back(std::move(each));
  }
  return all;
}

}  // namespace

ForeignHistory read_foreign_history(postgres::Connection& connection, config::Layout tool,
                                    const std::optional<std::string>& table) {
  static const std::map<Layout,
                        std::vector<ForeignRow> (*)(postgres::Connection&, const std::string&)>
      readers{{Layout::dbmate, read_dbmate},
              {Layout::goose, read_goose},
              {Layout::golang_migrate, read_golang_migrate},
              {Layout::flyway, read_flyway},
              {Layout::diesel, read_diesel}};
  const std::string name = written_name(tool, table);
  check_columns(connection, tool, name);
  return {name, readers.at(tool)(connection, name)};
}

}  // namespace host::migrations
