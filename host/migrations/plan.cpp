// SPDX-License-Identifier: MIT
#include "host/migrations/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/reading.hpp"
#include "host/migrations/statement_check.hpp"
#include "host/migrations/verification.hpp"

namespace host::migrations {
namespace {

[[noreturn]] void refuse_version(const Version& version, std::string_view what,
                                 const std::vector<std::string>& known) {
  throw Error(errors::unknown_version, fmt::format("no {} has version {}", what, version.text()),
              suggest_name(version.text(), known));
}

Step make_down_step(const Directory& directory, const Applied& applied) {
  const Migration* migration = directory.find(applied.version);
  if (migration == nullptr || !migration->down)
    throw Error(errors::irreversible, fmt::format("migration '{}' has no way back", applied.key()),
                fmt::format("write {}, or a new migration that undoes it",
                            migration != nullptr ? migration->way_back : "one"),
                migration == nullptr ? Place{} : Place{migration->up.shown_as, 0, 0});
  const File& file = *migration->down;
  if (const auto problem = edited_way_back(applied, *migration)) throw *problem;
  Step step = read_step(*migration, file);
  if (step.script.statements().empty())
    throw Error(errors::irreversible,
                fmt::format("the way back of migration '{}' has no statement", applied.key()),
                "write what undoes it; where nothing is to be undone, say so with SELECT 1;",
                Place{file.shown_as, 0, 0});
  return step;
}

// Whether it has run is one row in the ledger: there is no journal of its statements.
void check_repeatable(const Migration& migration, const Header& header) {
  if (!migration.repeatable() || header.transactional) return;
  throw Error(
      errors::bad_header,
      fmt::format("the repeatable migration '{}' cannot run without a transaction", migration.name),
      "make it a migration with a version", Place{migration.up.shown_as, 0, 0});
}

}  // namespace

std::optional<Error> edited_way_back(const Applied& applied, const Migration& migration) {
  if (!migration.down || !applied.down_checksum ||
      *applied.down_checksum == migration.down->checksum)
    return std::nullopt;
  return Error(errors::edited,
               fmt::format("the way back of migration '{}' was edited after it was applied on {}",
                           applied.key(), applied.applied_at),
               fmt::format("restore the text of that day (its sha256 starts with {})",
                           applied.down_checksum->substr(0, 12)),
               Place{migration.down->shown_as, 0, 0});
}

Step read_step(const Migration& migration, const File& file) {
  auto [script, header] = read_statements(file);
  check_repeatable(migration, header);
  check_statements(script, header.transactional, switch_off_hint(file));
  Step step;
  step.migration = &migration;
  step.script = std::move(script);
  step.header = std::move(header);
  step.risk = step.header.risk;
  return step;
}

std::string_view to_string(Direction direction) {
  return direction == Direction::up ? "up" : "down";
}

Plan plan_up(const Standing& standing, const std::optional<Version>& to) {
  if (!standing.problems.empty()) throw standing.problems.front();
  Plan plan;
  const auto is_target = [&](const auto& each) { return each.version == *to; };
  if (to && std::none_of(standing.applied.begin(), standing.applied.end(), is_target) &&
      std::none_of(standing.pending.begin(), standing.pending.end(),
                   [&](const Migration* each) { return is_target(*each); })) {
    std::vector<std::string> known;
    for (const Migration* each : standing.pending) known.push_back(each->version.text());
    refuse_version(*to, "migration", known);
  }
  for (const Migration* migration : standing.pending)
    if (!to || migration->version <= *to) {
      Step step = read_step(*migration, migration->up);
      if (migration->verify) step.verification = read_verification(*migration);
      plan.steps.push_back(std::move(step));
    }
  return plan;
}

Plan plan_down(const Directory& directory, const Standing& standing, const DownTarget& target) {
  if (!standing.problems.empty()) throw standing.problems.front();
  Plan plan;
  plan.direction = Direction::down;
  const auto& applied = standing.applied;
  if (target.to && !target.to->is_zero() &&
      std::none_of(applied.begin(), applied.end(),
                   [&](const Applied& each) { return each.version == *target.to; })) {
    std::vector<std::string> known;
    for (const Applied& each : applied) known.push_back(each.version.text());
    refuse_version(*target.to, "applied migration", known);
  }
  for (auto each = applied.rbegin(); each != applied.rend(); ++each) {
    if (target.to ? each->version <= *target.to : plan.steps.size() == target.steps) break;
    plan.steps.push_back(make_down_step(directory, *each));
  }
  return plan;
}

void check_requirements(const Plan& plan, const Standing& standing,
                        postgres::Connection& connection) {
  std::vector<Version> there;
  for (const Applied& each : standing.applied) there.push_back(each.version);
  for (const Step& step : plan.steps) {
    const std::string key = step.migration->key();
    for (const Version& needed : step.header.depends)
      if (std::find(there.begin(), there.end(), needed) == there.end())
        throw Error(errors::dependency,
                    fmt::format("migration '{}' depends on {}, which is not applied before it", key,
                                needed.text()),
                    "apply that one first, or correct '-- depends:'", step.header.depends_place);
    there.push_back(step.migration->version);
    if (!step.header.required_role) continue;
    const std::string& role = *step.header.required_role;
    const postgres::Parameter parameter = role;
    const postgres::Result has = connection.query(
        "SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = $1 AND "
        "pg_has_role(oid, 'USAGE'))",
        {&parameter, 1});
    if (!has.boolean(0, 1))
      throw Error(errors::missing_role,
                  fmt::format("migration '{}' requires the role '{}', which '{}' does not have",
                              key, role, has.text(0, 0)),
                  "connect as a member of that role", step.header.role_place);
  }
}

}  // namespace host::migrations
