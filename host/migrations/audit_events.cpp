// SPDX-License-Identifier: MIT
#include "host/migrations/audit_events.hpp"

#include "host/audit/trail.hpp"

namespace host::migrations {

namespace json = boost::json;

json::array ToldHooks::rest() {
  const std::size_t end = hooks_.outcomes().size();
  json::array all;
  std::size_t from = 0;
  told_.emplace_back(end, end);
  for (const auto& [begin, told_end] : told_) {
    for (json::value& each : since(from, begin)) all.push_back(std::move(each));
    from = told_end;
  }
  told_ = {{0, end}};
  return all;
}

json::array ToldHooks::since(std::size_t from, std::size_t to) const {
  json::array list;
  for (std::size_t i = from; i < to; ++i) list.push_back(hooks::to_object(hooks_.outcomes()[i]));
  return list;
}

json::object migration_facts(const Step& step, Direction direction) {
  const Migration& migration = *step.migration;
  const bool up = direction == Direction::up;
  json::object facts{{"version", migration.version.text()},
                     {"name", migration.name},
                     {"direction", to_string(direction)},
                     {"checksum", up ? migration.up.checksum : migration.down->checksum},
                     {"transaction", step.header.transactional}};
  if (!step.risk.empty()) facts["risk"] = step.risk;
  if (!step.note.empty()) facts["note"] = step.note;
  return facts;
}

std::string done_entry(const Execution& run, std::size_t index, double duration_ms) {
  json::object facts = migration_facts(run.step(index), run.plan.direction);
  facts["duration_ms"] = duration_ms;
  facts["verified"] = run.step(index).verification.has_value();
  facts["hooks"] = run.told.current();
  return (run.closing ? run.closing(duration_ms) : std::string()) +
         run.trail.sql(run.up() ? "migration.applied" : "migration.rolled_back", facts);
}

json::object error_facts(const Error& error) {
  json::object facts{{"code", error.code().id}, {"message", error.message()}};
  if (!error.hint().empty()) facts["hint"] = error.hint();
  if (error.place().known()) facts["place"] = to_string(error.place());
  return facts;
}

}  // namespace host::migrations
