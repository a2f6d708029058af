// SPDX-License-Identifier: MIT
#include "plugins/action_common/event_json.hpp"

#include <array>
#include <utility>

#include "plugins/action_common/json.hpp"

namespace action_common {
namespace {

JsonObject migration_json(const confiture::Node& migration) {
  return JsonObject()
      .add("version", migration.version())
      .add("name", migration.name())
      .add("checksum", migration.checksum())
      .add("risk", migration.risk());
}

std::string full_migration_json(const confiture::Node& migration, Detail detail) {
  if (!migration) return "null";
  JsonObject json = migration_json(migration);
  json.add("summary", migration.summary()).add("author", migration.author());
  if (detail == Detail::whole) json.add("sql", migration.sql());
  return json.text();
}

}  // namespace

std::string_view phase_name(confiture::Phase phase) {
  using confiture::Phase;
  constexpr std::array<std::pair<Phase, std::string_view>, 14> names{{
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
      {Phase::approval_requested, "approval_requested"},
      {Phase::approved, "approved"},
      {Phase::scheduled, "scheduled"},
      {Phase::reminder, "reminder"},
  }};
  for (const auto& [known, name] : names)
    if (known == phase) return name;
  return "unknown";
}

std::string metadata_json(const confiture::Context& context) {
  JsonObject json;
  for (const auto& [key, value] : context.all_metadata())
    if (key != "delivery.key") json.add(key, value);  // of the delivery, not of the event
  return json.text();
}

std::string event_json(const confiture::Event& event, const confiture::Context& context,
                       Detail detail) {
  JsonList plan;
  for (const confiture::Node migration : event.plan().children())
    plan.add_raw(migration_json(migration).text());
  return JsonObject()
             .add("phase", phase_name(event.phase()))
             .add("environment", event.environment())
             .add("database", event.database())
             .add("status", event.status())
             .add("direction", event.direction())
             .add("error", event.error())
             .add_raw("dry_run", event.dry_run() ? "true" : "false")
             .add_raw("duration_ms", std::to_string(event.duration().count() / 1000))
             .add_raw("row_count", std::to_string(event.row_count()))
             .add_raw("metadata", metadata_json(context))
             .add_raw("migration", full_migration_json(event.migration(), detail))
             .add_raw("plan", plan.text())
             .text() +
         "\n";
}

}  // namespace action_common
