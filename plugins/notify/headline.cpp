// SPDX-License-Identifier: MIT
#include "plugins/notify/headline.hpp"

#include "plugins/action_common/event_json.hpp"

namespace notify {
namespace {

using confiture::Phase;

std::string subject(const confiture::Event& event) {
  if (event.direction() == "sync") return "sync";
  if (const confiture::Node migration = event.migration())
    return "migration " + std::string(migration.version()) + "_" + std::string(migration.name());
  const std::size_t count = event.plan().children().size();
  if (count == 0) return "a plan";
  return std::to_string(count) + (count == 1 ? " migration" : " migrations");
}

std::string outcome(const confiture::Event& event) {
  switch (event.phase()) {
    case Phase::approval_requested:
      return "waits for approval";
    case Phase::approved:
      return "approved";
    case Phase::scheduled:
      return "scheduled";
    case Phase::reminder:
      return "is due soon";
    default:
      break;
  }
  if (event.status() == "error") return "failed";
  if (event.status() == "rolled_back") return "rolled back";
  return std::string(event.status());
}

std::string seconds(std::chrono::microseconds duration) {
  const auto tenths = duration.count() / 100'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

}  // namespace

std::string headline(const confiture::Event& event) {
  const std::string became = outcome(event);
  return std::string(event.environment()) + ": " + subject(event) +
         (became.empty() ? "" : " " + became);
}

std::vector<std::pair<std::string, std::string>> facts(const confiture::Event& event,
                                                       const confiture::Context& context) {
  std::vector<std::pair<std::string, std::string>> found;
  const auto add = [&](const char* name, std::string_view value) {
    if (!value.empty()) found.emplace_back(name, value);
  };
  add("Error", event.error());
  add("Summary", event.migration().summary());
  add("Risk", event.migration().risk());
  add("Author", event.migration().author());
  add("Database", event.database());
  add("Phase", action_common::phase_name(event.phase()));
  if (event.duration().count() > 0) add("Duration", seconds(event.duration()));
  if (event.row_count() > 0) add("Rows", std::to_string(event.row_count()));
  if (const auto head = context.metadata("chain.head")) add("Audit ends", *head);
  return found;
}

}  // namespace notify
