// SPDX-License-Identifier: MIT
#include "host/migrations/new_migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/directory.hpp"

namespace host::migrations {
namespace {

bool is_odd(char c) {
  return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-');
}

std::string file_name(std::string_view name) {
  std::string result(trim(name));
  std::replace(result.begin(), result.end(), ' ', '_');
  if (result.empty())
    throw Error(host::errors::usage, "the migration needs a name",
                "confiture migrate new add_email_to_customers");
  if (const auto odd = std::find_if(result.begin(), result.end(), is_odd); odd != result.end())
    throw Error(host::errors::usage, fmt::format("'{}' is no name for a migration", name),
                "use letters, digits, '_' and '-'");
  return result;
}

std::string add_one(std::string digits) {
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return digits;
    }
    *digit = '0';
  }
  return "1" + digits;
}

Version next_version(const Directory& directory, std::chrono::system_clock::time_point now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  const std::string moment =
      fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                  parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
  const Version version = *Version::parse(moment);
  if (directory.migrations.empty() || directory.migrations.back().version < version) return version;
  return *Version::parse(add_one(directory.migrations.back().version.text()));
}

}  // namespace

NewMigration create_migration(const config::Project& project, std::string_view name,
                              std::chrono::system_clock::time_point now) {
  const std::string slug = file_name(name);
  const std::filesystem::path folder = project.migrations_dir();
  const Version version = next_version(read_directory(folder, project.root), now);
  std::string summary = slug;
  std::replace(summary.begin(), summary.end(), '_', ' ');

  NewMigration created{version, slug, folder / fmt::format("{}_{}.up.sql", version.text(), slug),
                       folder / fmt::format("{}_{}.down.sql", version.text(), slug)};
  std::filesystem::create_directories(folder);
  write_file(created.up, fmt::format("-- summary: {}\n\n", summary));
  write_file(created.down, fmt::format("-- summary: undo {}\n\n", summary));
  return created;
}

}  // namespace host::migrations
