// SPDX-License-Identifier: MIT
// db/owners.yaml: teams, and which objects they look after.
#include <fmt/format.h>

#include <algorithm>

#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/config/sections.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

Team read_team(const Value& name, const Value& value) {
  Team team;
  team.name = name.text;
  team.place = name.place;
  Reader reader(value, fmt::format("team '{}'", printable(name.text)));
  team.roles = reader.texts("roles");
  if (team.roles.empty())
    throw Error(errors::wrong_type, fmt::format("team '{}' has no roles", printable(name.text)),
                "write roles: [ROLE], as the people of review have them", name.place);
  if (const Value* count = reader.value("approvals")) {
    const std::int64_t number = as_integer(*count, reader.name_of("approvals"));
    if (number < 1)
      throw Error(errors::out_of_range,
                  fmt::format("{} must be at least 1, not {}", reader.name_of("approvals"), number),
                  "leave it out for one", count->place);
    team.approvals = static_cast<std::size_t>(number);
  }
  reader.finish();
  return team;
}

}  // namespace

void read_owners(const Value& document, Review& review) {
  Reader reader(document, "");
  std::vector<std::string> names;
  if (const Value* teams = reader.value("teams"))
    for (const auto& [name, value] : as_map(*teams, "'teams' of db/owners.yaml")) {
      review.teams.push_back(read_team(name, value));
      names.push_back(name.text);
    }
  if (const Value* owners = reader.value("owners"))
    for (const auto& [pattern, value] : as_map(*owners, "'owners' of db/owners.yaml")) {
      const std::string team =
          as_text(value, fmt::format("the owner of '{}'", printable(pattern.text)));
      if (std::find(names.begin(), names.end(), team) == names.end())
        throw Error(errors::unknown_key,
                    fmt::format("'{}' belongs to '{}', which is no team", printable(pattern.text),
                                printable(team)),
                    suggest_name(team, names), value.place);
      if (pattern.text.find_first_of("./") == std::string::npos)
        throw Error(errors::wrong_type,
                    fmt::format("'{}' is neither schema.name nor a path", printable(pattern.text)),
                    "write \"billing.*\" or \"db/migrations/*billing*\"", pattern.place);
      review.owners.push_back({pattern.text, team, pattern.place});
    }
  reader.finish();
}

const Team* Review::owner_of(std::string_view name) const {
  const bool is_file = name.find('/') != std::string_view::npos;
  for (auto owner = owners.rbegin(); owner != owners.rend(); ++owner) {
    const bool for_files = owner->pattern.find('/') != std::string::npos;
    if (is_file != for_files || !matches_glob(name, owner->pattern, is_file)) continue;
    for (const Team& team : teams)
      if (team.name == owner->team) return &team;
  }
  return nullptr;
}

}  // namespace host::config
