// SPDX-License-Identifier: MIT
#include "host/hooks/packed_event.hpp"

#include <confiture/schema.h>

#include <array>
#include <boost/json.hpp>
#include <utility>

namespace host::hooks {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<const char*, std::uint32_t>, 6> kept{
    {{"version", CONFITURE_PROP_VERSION},
     {"name", CONFITURE_PROP_NAME},
     {"checksum", CONFITURE_PROP_CHECKSUM},
     {"risk", CONFITURE_PROP_RISK},
     {"author", CONFITURE_PROP_AUTHOR},
     {"summary", CONFITURE_PROP_SUMMARY}}};

json::object pack(const sql::Node& migration, bool with_sql) {
  json::object packed;
  for (const auto& [key, property] : kept)
    if (const std::string_view text = migration.text(property); text.data() != nullptr)
      packed[key] = text;
  if (with_sql)
    if (const std::string_view sql = migration.text(CONFITURE_PROP_SQL); sql.data() != nullptr)
      packed["sql"] = sql;
  return packed;
}

const sql::Node& unpack(const json::object& packed, sql::Arena& arena) {
  sql::Node& node = arena.add(CONFITURE_NODE_MIGRATION);
  const auto set = [&](const char* key, std::uint32_t property) {
    if (const json::value* value = packed.if_contains(key))
      node.set(property, arena.keep(value->as_string()));
  };
  for (const auto& [key, property] : kept) set(key, property);
  set("sql", CONFITURE_PROP_SQL);
  return node;
}

}  // namespace

std::string pack_event(const Event& event, const Metadata& metadata) {
  json::object packed{{"status", event.status},       {"direction", event.direction},
                      {"error", event.error},         {"duration_us", event.duration.count()},
                      {"row_count", event.row_count}, {"migration_key", event.migration_key}};
  json::object left;
  for (const auto& [key, value] : metadata) left[key] = value;
  packed["metadata"] = std::move(left);
  if (event.migration != nullptr) packed["migration"] = pack(*event.migration, true);
  json::array plan;
  if (event.plan != nullptr)
    for (const sql::Node* migration : event.plan->list(CONFITURE_LIST_CHILDREN))
      plan.push_back(pack(*migration, false));
  packed["plan"] = std::move(plan);
  return json::serialize(packed);
}

PackedEvent::PackedEvent(Phase phase, const std::string& text) {
  const json::value value = json::parse(text);
  const json::object& packed = value.as_object();
  const auto keep = [&](const char* key) { return arena_.keep(packed.at(key).as_string()); };
  event_.phase = phase;
  event_.part = Part::outside;
  event_.status = keep("status");
  event_.direction = keep("direction");
  event_.error = keep("error");
  event_.migration_key = keep("migration_key");
  event_.duration = std::chrono::microseconds(packed.at("duration_us").to_number<std::int64_t>());
  event_.row_count = packed.at("row_count").to_number<std::uint64_t>();
  for (const auto& member : packed.at("metadata").as_object())
    metadata_[std::string(member.key())] = std::string(member.value().as_string());
  sql::Node& plan = arena_.add(CONFITURE_NODE_PLAN);
  for (const json::value& migration : packed.at("plan").as_array())
    plan.append(CONFITURE_LIST_CHILDREN, &unpack(migration.as_object(), arena_));
  event_.plan = &plan;
  if (const json::value* migration = packed.if_contains("migration"))
    event_.migration = &unpack(migration->as_object(), arena_);
}

}  // namespace host::hooks
