// SPDX-License-Identifier: MIT
#include "host/migrations/standing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/migrations/errors.hpp"

namespace host::migrations {
namespace {

Error missing(const Applied& applied, const Directory& directory) {
  return Error(errors::missing,
               fmt::format("migration '{}' is applied, but its file is missing", applied.key()),
               fmt::format("restore '{}/{}.up.sql' from version control", directory.shown_as,
                           applied.key()));
}

Error edited(const Applied& applied, const Migration& migration) {
  return Error(errors::edited,
               fmt::format("migration '{}' was edited after it was applied on {}", applied.key(),
                           applied.applied_at),
               fmt::format("restore the text that was applied (its sha256 starts with {}), and "
                           "write the change as a new migration",
                           applied.checksum.substr(0, 12)),
               Place{migration.up.shown_as, 0, 0});
}

Error out_of_order(const Migration& migration, const Applied& last) {
  return Error(errors::out_of_order,
               fmt::format("migration '{}' is pending, but the later '{}' is applied already",
                           migration.key(), last.key()),
               fmt::format("give it a version after {}: confiture migrate new makes one",
                           last.version.text()),
               Place{migration.up.shown_as, 0, 0});
}

}  // namespace

Standing compare(const Directory& directory, std::vector<Applied> applied) {
  Standing standing;
  standing.applied = std::move(applied);
  // A merge of two sorted lists.
  auto file = directory.migrations.begin();
  const auto end = directory.migrations.end();
  const auto take_pending = [&] {
    standing.problems.push_back(out_of_order(*file, standing.applied.back()));
    standing.pending.push_back(&*file++);
  };
  for (const Applied& row : standing.applied) {
    while (file != end && file->version < row.version) take_pending();
    if (file == end || file->version != row.version) {
      standing.problems.push_back(missing(row, directory));
      continue;
    }
    if (file->up.checksum != row.checksum) standing.problems.push_back(edited(row, *file));
    ++file;
  }
  for (; file != end; ++file) standing.pending.push_back(&*file);
  return standing;
}

}  // namespace host::migrations
