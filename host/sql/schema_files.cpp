// SPDX-License-Identifier: MIT
#include "host/sql/schema_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"

namespace host::sql {
namespace {

namespace fs = std::filesystem;

bool matches_any(std::string_view path, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches_glob(path, pattern, true); });
}

[[noreturn]] void fail_reading(const fs::path& folder, const config::Project& project,
                               const std::error_code& error) {
  const std::string name = display_path(folder, project.root);
  if (error == std::errc::no_such_file_or_directory)
    throw Error(errors::file_not_found, fmt::format("there is no folder '{}'", name),
                "put the schema's files there");
  throw Error(errors::file_not_readable,
              fmt::format("cannot read '{}': {}", name, error.message()));
}

}  // namespace

std::vector<SchemaFile> schema_files(const config::Project& project,
                                     const config::Environment& environment) {
  const fs::path folder = project.schema_dir();
  std::vector<std::pair<std::string, fs::path>> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->path().filename().string().starts_with('.')) {
      entry.disable_recursion_pending();
      continue;
    }
    std::error_code dangling;  // a link that leads nowhere is for whoever reads it to refuse
    if (entry->is_directory(dangling)) continue;
    const std::string relative = entry->path().lexically_relative(folder).generic_string();
    if (matches_any(relative, environment.schema_include) &&
        !matches_any(relative, environment.schema_exclude))
      found.emplace_back(relative, entry->path());
  }
  if (error) fail_reading(folder, project, error);

  std::sort(found.begin(), found.end());
  std::vector<SchemaFile> files;
  files.reserve(found.size());
  for (auto& [relative, path] : found) files.push_back({std::move(path), "db/schema/" + relative});
  return files;
}

}  // namespace host::sql
