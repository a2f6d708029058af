// SPDX-License-Identifier: MIT
// confiture's own: VERSION_NAME.up.sql, VERSION_NAME.down.sql, VERSION_NAME.verify.sql and the
// repeatable R_NAME.sql, side by side in one folder. Any other .sql file there is a mistake: it
// would never run.
#include <fmt/format.h>

#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/paired_files.hpp"

namespace host::migrations {
namespace {

constexpr std::string_view repeatable_prefix = "R_";

bool is_repeatable(const Entry& entry) {
  const std::string_view name = entry.file_name();
  return name.starts_with(repeatable_prefix) && !name.starts_with("R__") && entry.is_sql();
}

// R_NAME.sql alone says nothing: where no file shows a layout, it is this one.
bool claims(const Entry& entry) {
  return !entry.in_subfolder() && parse_pair_name(entry.file_name());
}

[[noreturn]] void refuse(const Entry& entry, std::string_view why) {
  throw Error(errors::bad_name, fmt::format("'{}' {}", entry.file_name(), why),
              "migrations are named VERSION_NAME.up.sql and VERSION_NAME.down.sql, VERSION in "
              "digits, and R_NAME.sql; move other files out of the folder",
              Place{entry.shown_as, 0, 0});
}

void read_file_of(const Entry& entry, Found& found) {
  const std::string_view name = entry.file_name();
  if (is_repeatable(entry)) {
    const std::string own_name(name.substr(repeatable_prefix.size(), name.size() - 6));
    if (own_name.empty()) refuse(entry, "has no name after its 'R_'");
    found.migrations.push_back({Version::repeatable(own_name),
                                own_name,
                                whole_file(entry, config::Layout::confiture),
                                std::nullopt,
                                std::nullopt,
                                {}});
    return;
  }
  if (!parse_pair_suffix(name)) refuse(entry, "ends in neither .up.sql nor .down.sql");
  const auto parts = parse_pair_name(name);
  if (!parts)
    refuse(entry, name.find_first_not_of("0123456789") == 0
                      ? "has no version of digits before its first '_'"
                      : "has no name after its version");
  add_pair_file(entry, *parts, config::Layout::confiture, found);
}

Found read(const std::vector<Entry>& entries) {
  Found found;
  found.migrations.reserve(entries.size());
  std::string folder;  // the last that was warned of
  for (const Entry& entry : entries) {
    if (!entry.in_subfolder()) {
      if (lower_ascii(entry.name).ends_with(".sql")) read_file_of(entry, found);
      continue;
    }
    const std::string first =
        entry.shown_as.substr(0, entry.shown_as.size() - entry.name.size() + entry.name.find('/'));
    if (first == folder) continue;
    folder = first;
    found.warnings.push_back(fmt::format("the folder '{}' is not read", folder));
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> create(const Version& version,
                                                        const std::string& name) {
  const std::string stem = stem_of(version, name);
  const std::string words = summary_of(name);
  return {{stem + ".up.sql", fmt::format("-- summary: {}\n\n", words)},
          {stem + ".down.sql", fmt::format("-- summary: undo {}\n\n", words)}};
}

}  // namespace

extern const Layout confiture_layout;
const Layout confiture_layout{config::Layout::confiture, claims, read,
                              "'-- transaction: off' at its top", create};

}  // namespace host::migrations
