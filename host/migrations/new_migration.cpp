// SPDX-License-Identifier: MIT
#include "host/migrations/new_migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/layout.hpp"

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

// The latest that has a version, or nullptr.
const Version* latest(const Directory& directory) {
  for (auto each = directory.migrations.rbegin(); each != directory.migrations.rend(); ++each)
    if (!each->repeatable()) return &each->version;
  return nullptr;
}

// One more than the first part: 0042 after 0041.3.
Version one_more(const Version& version) {
  return *Version::parse(add_one(version.text().substr(0, version.text().find('.'))));
}

Version next_version(const Directory& directory, std::chrono::system_clock::time_point now) {
  constexpr std::size_t longest_count = 9;  // digits; what is longer is a moment
  const Version* last = latest(directory);
  const bool own = directory.layout == config::Layout::confiture;
  if (last != nullptr && !own &&
      std::min(last->text().find('.'), last->text().size()) <= longest_count)
    return one_more(*last);
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  const std::string moment =
      fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                  parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
  const Version version = *Version::parse(moment);
  return last == nullptr || *last < version ? version : one_more(*last);
}

}  // namespace

NewMigration create_migration(const config::Project& project,
                              const config::Environment& environment, std::string_view name,
                              std::chrono::system_clock::time_point now) {
  const std::string slug = file_name(name);
  const std::filesystem::path folder = project.migrations_dir();
  const Directory directory = read_directory(project, environment);
  const Version version = next_version(directory, now);
  const auto files = layout(directory.layout).create(version, slug);
  for (const auto& [file, text] : files) {
    std::filesystem::create_directories((folder / file).parent_path());
    write_file(folder / file, text);
  }
  return {version, slug, folder / files.front().first, folder / files.back().first};
}

}  // namespace host::migrations
