// SPDX-License-Identifier: MIT
#include "host/sync/load_record.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/foundation/json.hpp"
#include "host/postgres/quote.hpp"

namespace host::sync {
namespace {

namespace json = boost::json;

constexpr std::string_view tables_sql = R"(
CREATE SCHEMA confiture_load;
CREATE TABLE confiture_load.run (fingerprint text NOT NULL);
CREATE TABLE confiture_load.arrived (schema text, name text, report jsonb NOT NULL,
  PRIMARY KEY (schema, name)))";

std::string to_text(const TableReport& report) {
  json::array counts;
  for (const MaskCounts& mask : report.mask_counts)
    counts.push_back(json::array{mask.values, mask.unchanged});
  return to_json(json::object{
      {"rows", report.rows}, {"masks", std::move(counts)}, {"ms", report.duration_ms}});
}

TableReport from_text(const std::string& text, const TablePlan& table) {
  const json::object told = json::parse(text).as_object();
  TableReport report;
  report.table = table.name;
  report.rows = told.at("rows").to_number<std::uint64_t>();
  report.duration_ms = told.at("ms").to_number<double>();
  const json::array& counts = told.at("masks").as_array();
  for (std::size_t mask = 0; mask < table.masked.size(); ++mask) {
    const json::array& pair = counts.at(mask).as_array();
    report.masked_columns.push_back(table.masked[mask].name);
    report.mask_counts.push_back(
        {pair.at(0).to_number<std::uint64_t>(), pair.at(1).to_number<std::uint64_t>()});
    report.unchanged_cells += report.mask_counts.back().unchanged;
  }
  return report;
}

}  // namespace

void LoadRecord::begin(const std::string& fingerprint) {
  staging_.execute(
      fmt::format("BEGIN; DROP SCHEMA IF EXISTS confiture_load CASCADE; {};"
                  " INSERT INTO confiture_load.run VALUES ({}); COMMIT",
                  tables_sql, postgres::quote_literal(fingerprint)));
}

std::optional<std::string> LoadRecord::fingerprint() {
  if (!staging_.query("SELECT to_regclass('confiture_load.run') IS NOT NULL").boolean(0, 0))
    return std::nullopt;
  return staging_.query("SELECT fingerprint FROM confiture_load.run").text(0, 0);
}

void LoadRecord::add(const TableReport& report) {
  const std::vector<postgres::Parameter> values{report.table.schema, report.table.name,
                                                to_text(report)};
  staging_.query("INSERT INTO confiture_load.arrived VALUES ($1, $2, $3)", values);
  ++count_;
}

std::vector<std::optional<TableReport>> LoadRecord::read(const Plan& plan) {
  const postgres::Result rows =
      staging_.query("SELECT schema, name, report FROM confiture_load.arrived");
  std::vector<std::optional<TableReport>> reports(plan.tables.size());
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    for (std::size_t number = 0; number < plan.tables.size(); ++number)
      if (plan.tables[number].name == TableName{rows.text(row, 0), rows.text(row, 1)})
        reports[number] = from_text(rows.text(row, 2), plan.tables[number]);
  count_ = rows.row_count();
  return reports;
}

void LoadRecord::set_aside() {
  const postgres::Result told = staging_.query(
      "SELECT pg_catalog.quote_ident(d.datname), pg_catalog.split_part(coalesce("
      "  pg_catalog.shobj_description(d.oid, 'pg_database'), ''), E'\\n', 1) || E'\\n' ||"
      "  pg_catalog.jsonb_build_object('fingerprint', r.fingerprint, 'arrived', (SELECT"
      "  coalesce(pg_catalog.jsonb_agg(a), '[]') FROM confiture_load.arrived a))::text"
      " FROM pg_catalog.pg_database d, confiture_load.run r WHERE d.datname = current_database()");
  staging_.execute(fmt::format("COMMENT ON DATABASE {} IS {}; DROP SCHEMA confiture_load CASCADE",
                               told.text(0, 0), postgres::quote_literal(told.text(0, 1))));
}

void LoadRecord::take_up() {
  if (fingerprint()) return;
  const postgres::Result told = staging_.query(
      "SELECT pg_catalog.substr(c, pg_catalog.strpos(c, E'\\n') + 1) FROM (SELECT"
      "  pg_catalog.shobj_description(oid, 'pg_database') AS c FROM pg_catalog.pg_database"
      "  WHERE datname = current_database()) d WHERE pg_catalog.strpos(c, E'\\n') > 0");
  if (told.row_count() == 0) return;
  const std::string record = postgres::quote_literal(told.text(0, 0));
  staging_.execute(fmt::format(
      "BEGIN; {0}; INSERT INTO confiture_load.run SELECT {1}::jsonb ->> 'fingerprint';"
      " INSERT INTO confiture_load.arrived SELECT * FROM pg_catalog.jsonb_to_recordset({1}::jsonb"
      " -> 'arrived') AS a(schema text, name text, report jsonb); COMMIT",
      tables_sql, record));
}

}  // namespace host::sync
