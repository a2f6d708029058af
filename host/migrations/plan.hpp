// SPDX-License-Identifier: MIT
// What a run is going to do: the migrations in their order, each read, parsed and checked, so that
// what can be known to fail fails before anything runs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/migrations/header.hpp"
#include "host/migrations/standing.hpp"
#include "host/sql/statement.hpp"

namespace host::migrations {

enum class Direction { up, down };
std::string_view to_string(Direction direction);

struct Step {
  const Migration* migration = nullptr;  // lives with the Directory
  sql::Script script;                    // of the .up.sql or the .down.sql
  Header header;
  std::optional<sql::Script> verification;  // of the .verify.sql, on the way up
  std::string risk;  // none, low, medium, high or critical: for hooks; whoever knows it sets it
  std::string note;  // of whoever agreed to it, for the audit
};

struct Plan {
  Direction direction = Direction::up;
  std::vector<Step> steps;
};

// How far down: so many, or everything after a version (0: everything).
struct DownTarget {
  std::size_t steps = 1;
  std::optional<Version> to;
};

// migration.edited where the way back is not what it was when its migration was applied.
std::optional<Error> edited_way_back(const Applied& applied, const Migration& migration);

// Reads, parses and checks one file of a migration.
Step read_step(const Migration& migration, const File& file);

// The pending migrations up to and with `to`. Throws the first problem of the standing,
// migration.unknown_version, what parse_header throws, and for statements: migration.syntax,
// statement.transaction_control, statement.outside_transaction, statement.copy_without_file.
Plan plan_up(const Standing& standing, const std::optional<Version>& to);

// The applied migrations to take back, latest first. Throws also migration.irreversible, and
// migration.edited for a .down.sql that is not what it was when its migration was applied.
Plan plan_down(const Directory& directory, const Standing& standing, const DownTarget& target);

// What the files ask of the database: `-- depends:` and `-- requires-role:`. Throws
// migration.dependency, migration.missing_role.
void check_requirements(const Plan& plan, const Standing& standing,
                        postgres::Connection& connection);

}  // namespace host::migrations
