// SPDX-License-Identifier: MIT
#include "plugins/exec/event_json.hpp"

#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

namespace exec {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 7> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
      out += escape.data();
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  if (out.back() != '{') out += ',';
  append_quoted(out, name);
  out += ':';
  append_quoted(out, value);
}

void append_raw(std::string& out, std::string_view name, std::string_view value) {
  if (out.back() != '{') out += ',';
  append_quoted(out, name);
  out += ':';
  out += value;
}

std::string migration_json(const confiture::Node& migration, bool whole) {
  std::string out = "{";
  append_field(out, "version", migration.version());
  append_field(out, "name", migration.name());
  append_field(out, "checksum", migration.checksum());
  append_field(out, "risk", migration.risk());
  if (whole) {
    append_field(out, "summary", migration.summary());
    append_field(out, "author", migration.author());
    append_field(out, "sql", migration.sql());
  }
  return out + "}";
}

std::string_view phase_name(confiture::Phase phase) {
  using confiture::Phase;
  constexpr std::array<std::pair<Phase, std::string_view>, 10> names{{
      {Phase::pre_validate, "pre_validate"},
      {Phase::post_validate, "post_validate"},
      {Phase::pre_execute, "pre_execute"},
      {Phase::post_execute, "post_execute"},
      {Phase::post_complete, "post_complete"},
      {Phase::pre_rollback, "pre_rollback"},
      {Phase::post_rollback, "post_rollback"},
      {Phase::on_error, "on_error"},
      {Phase::pre_sync, "pre_sync"},
      {Phase::post_sync, "post_sync"},
  }};
  for (const auto& [known, name] : names)
    if (known == phase) return name;
  return "unknown";
}

}  // namespace

std::string event_json(const confiture::Event& event) {
  std::string out = "{";
  append_field(out, "phase", phase_name(event.phase()));
  append_field(out, "environment", event.environment());
  append_field(out, "database", event.database());
  append_field(out, "status", event.status());
  append_field(out, "direction", event.direction());
  append_field(out, "error", event.error());
  append_raw(out, "dry_run", event.dry_run() ? "true" : "false");
  append_raw(out, "duration_ms", std::to_string(event.duration().count() / 1000));
  append_raw(out, "row_count", std::to_string(event.row_count()));
  append_raw(out, "migration",
             event.migration() ? migration_json(event.migration(), true) : "null");
  std::string plan = "[";
  for (const confiture::Node migration : event.plan().children()) {
    if (plan.size() > 1) plan += ',';
    plan += migration_json(migration, false);
  }
  append_raw(out, "plan", plan + "]");
  return out + "}\n";
}

}  // namespace exec
