// SPDX-License-Identifier: MIT
#include "host/migrations/standing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "host/migrations/errors.hpp"

namespace host::migrations {
namespace {

Error missing(const Applied& applied, const Directory& directory) {
  return Error(errors::missing,
               fmt::format("migration '{}' is applied, but its file is missing", applied.key()),
               directory.layout == config::Layout::confiture
                   ? fmt::format("restore '{}/{}.up.sql' from version control", directory.shown_as,
                                 applied.key())
                   : fmt::format("restore it in '{}' from version control", directory.shown_as));
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
               fmt::format("give it a version after {}, as confiture migrate new does, or apply it "
                           "as it is: confiture migrate up --allow-out-of-order",
                           last.version.text()),
               Place{migration.up.shown_as, 0, 0});
}

// The repeatable ones that have not run, or not as they are now.
void add_repeatable(std::vector<Migration>::const_iterator file, const Directory& directory,
                    Standing& standing) {
  for (; file != directory.migrations.end(); ++file) {
    auto& rows = standing.repeated;
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Applied& each) {
      return each.version == file->version;
    });
    if (row != rows.end() && row->checksum == file->up.checksum) continue;
    if (row != rows.end()) rows.erase(row);
    standing.pending.push_back(&*file);
  }
}

}  // namespace

Standing compare(const Directory& directory, std::vector<Applied> applied) {
  Standing standing;
  const auto first_repeated = std::find_if(applied.begin(), applied.end(), [](const Applied& each) {
    return each.version.is_repeatable();
  });
  standing.repeated.assign(std::make_move_iterator(first_repeated),
                           std::make_move_iterator(applied.end()));
  applied.erase(first_repeated, applied.end());
  standing.applied = std::move(applied);
  // A merge of two sorted lists.
  auto file = directory.migrations.begin();
  const auto end = std::find_if(directory.migrations.begin(), directory.migrations.end(),
                                [](const Migration& migration) { return migration.repeatable(); });
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
  add_repeatable(end, directory, standing);
  return standing;
}

}  // namespace host::migrations
