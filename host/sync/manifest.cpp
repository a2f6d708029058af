// SPDX-License-Identifier: MIT
#include "host/sync/manifest.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <set>

#include "host/audit/schema.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/json.hpp"
#include "host/foundation/time.hpp"

namespace host::sync {
namespace {

namespace json = boost::json;

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

json::object describe(const Decision& decision, json::array& waivers, const std::string& column) {
  json::object told;
  if (decision.kind == Decision::Kind::drop) {
    told["drop"] = true;
  } else if (decision.kind == Decision::Kind::keep) {
    told["keep"] = decision.reason;
  } else {
    told["strategy"] = decision.strategy.name;
    told["fingerprint"] = sha256_hex(decision.strategy.fingerprint()).substr(0, 32);
    if (!decision.domain.empty()) told["domain"] = decision.domain;
  }
  if (decision.waived_until)
    waivers.push_back(json::object{
        {"column", column}, {"reason", decision.reason}, {"until", *decision.waived_until}});
  return told;
}

// The plugins that strategies of the plan come from, by id.
std::map<std::string, const extensions::Plugin*> plugins_of(const Plan& plan) {
  std::map<std::string, const extensions::Plugin*> plugins;
  for (const TablePlan& table : plan.tables)
    for (const MaskedColumn& column : table.masked)
      column.strategy.each_plugin([&](const Strategy& part) {
        plugins.emplace(part.extension->plugin->id, part.extension->plugin);
      });
  return plugins;
}

json::array describe_plugins(const Plan& plan) {
  json::array list;
  for (const auto& [id, plugin] : plugins_of(plan))
    list.push_back(json::object{
        {"id", id}, {"version", plugin->version}, {"sha256", sha256_hex(read_file(plugin->file))}});
  return list;
}

}  // namespace

// Of a constant under the key.
std::string fingerprint_of(const Secret& key) {
  std::string bytes(16, '\0');
  derive_key(key, "confiture/1|fingerprint",
             {reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
  return hex(bytes);
}

std::map<std::string, std::string> plugin_digests(const Plan& plan) {
  std::map<std::string, std::string> digests;
  for (const auto& [id, plugin] : plugins_of(plan))
    digests[id] = sha256_hex(read_file(plugin->file));
  return digests;
}

json::object make_manifest(const ManifestInput& input, const Report& report) {
  json::object manifest{{"format", 1},
                        {"source", input.source},
                        {"target", input.target},
                        {"strict", input.strict},
                        {"finished_at", format_utc(std::chrono::system_clock::now())}};
  json::object tables;
  json::array waivers;
  std::string configuration, catalog;
  for (const TableReport& table : report.tables) {
    const Table& source = *input.catalog.find(table.table);
    json::object columns;
    for (const Column& column : source.columns) {
      const std::string name = table.table.sql() + "." + postgres::quote_identifier(column.name);
      json::object told{{"type", column.sql_type}};
      if (const Decision* decision = input.decisions.find(table.table, column.name)) {
        told["decision"] = describe(*decision, waivers, name);
        configuration += name + json::serialize(told["decision"]) + "\n";
      }
      catalog += fmt::format("{} {} {}\n", name, column.sql_type, column.not_null);
      columns[column.name] = std::move(told);
    }
    tables[table.table.sql()] = json::object{{"rows", table.rows},
                                             {"unchanged_cells", table.unchanged_cells},
                                             {"columns", std::move(columns)}};
    if (const TablePlan* plan = input.plan.find(table.table); !plan->where.empty())
      configuration += plan->where + "\n";
  }
  json::array checks;
  for (const Check& check : report.checks)
    checks.push_back(
        json::object{{"name", check.name}, {"status", check.status}, {"detail", check.detail}});
  manifest["configuration_sha256"] = sha256_hex(configuration);
  manifest["catalog_sha256"] = sha256_hex(catalog);
  if (input.key != nullptr) manifest["key_fingerprint"] = fingerprint_of(*input.key);
  manifest["plugins"] = describe_plugins(input.plan);
  manifest["rows"] = report.rows;
  manifest["checks"] = std::move(checks);
  manifest["waivers"] = std::move(waivers);
  manifest["tables"] = std::move(tables);
  return manifest;
}

ColumnTypes last_types(postgres::Connection& target) {
  ColumnTypes types;
  if (!audit::exists(target)) return types;
  const std::array<postgres::Parameter, 1> event{std::string(published)};
  const postgres::Result rows = target.query(
      "SELECT DISTINCT ON (t.key, c.key) t.key, c.key, c.value ->> 'type'"
      " FROM confiture.audit a, jsonb_each(a.payload::jsonb -> 'tables') t,"
      " jsonb_each(t.value -> 'columns') c WHERE a.event = $1 ORDER BY t.key, c.key, a.seq DESC",
      event);
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    if (const auto table = postgres::parse_table_name(rows.text(row, 0)))
      types[*table][rows.text(row, 1)] = rows.text(row, 2);
  return types;
}

}  // namespace host::sync
