// SPDX-License-Identifier: MIT
// diesel: a folder a migration, VERSION_NAME/, with up.sql and down.sql; run_in_transaction = false
// in its metadata.toml switches the transaction of both off. The version may have hyphens between
// its digits, which do not count: 2020-01-01-000000.
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/layout.hpp"

namespace host::migrations {
namespace {

constexpr config::Layout id = config::Layout::diesel;
constexpr std::string_view up_file = "up.sql", down_file = "down.sql",
                           metadata_file = "metadata.toml";

// "2020-01-01-000000_add_users/up.sql", by its folder; nothing for other files.
std::optional<std::pair<Version, std::string>> parse_name(const Entry& entry) {
  const std::string_view file = entry.file_name();
  if (!entry.in_subfolder() || (file != up_file && file != down_file && file != metadata_file))
    return std::nullopt;
  const std::string_view folder =
      std::string_view(entry.name).substr(0, entry.name.size() - file.size() - 1);
  const std::size_t end = std::min(folder.find('_'), folder.size());
  std::string digits(folder.substr(0, end));
  digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
  const std::optional<Version> version = Version::parse(digits);
  if (!version || digits.find('.') != std::string::npos) return std::nullopt;
  return std::pair(*version, std::string(folder.substr(std::min(end + 1, folder.size()))));
}

bool claims(const Entry& entry) {
  return entry.file_name() == up_file && parse_name(entry);
}

// metadata.toml is KEY = VALUE as far as diesel reads it; other keys are the user's own.
bool has_transaction(const Entry& metadata) {
  bool transaction = true;
  std::uint32_t number = 0;
  for (const std::string& line : split_text(metadata.text(), '\n')) {
    ++number;
    const std::string_view content = trim(std::string_view(line).substr(0, line.find('#')));
    const std::size_t equals = std::min(content.find('='), content.size());
    if (trim(content.substr(0, equals)) != "run_in_transaction") continue;
    const std::string_view value = trim(content.substr(std::min(equals + 1, content.size())));
    if (value != "true" && value != "false")
      throw Error(errors::bad_section,
                  fmt::format("'run_in_transaction' is true or false, not '{}'", value), {},
                  Place{metadata.shown_as, number, 1});
    transaction = value == "true";
  }
  return transaction;
}

Found read(const std::vector<Entry>& entries) {
  Found found;
  // Sorted by name: down.sql, metadata.toml and up.sql of a folder follow one another.
  std::optional<std::string> switched_off;  // the folder whose metadata did that
  const auto folder_of = [](const Entry& entry) {
    return entry.name.substr(0, entry.name.rfind('/'));
  };
  for (const Entry& entry : entries) {
    const auto name = parse_name(entry);
    if (!name) {
      if (entry.is_sql()) found.warnings.push_back(stray(entry, id));
    } else if (entry.file_name() == metadata_file) {
      if (!has_transaction(entry)) switched_off = folder_of(entry);
    } else if (entry.file_name() == down_file) {
      found.attached.push_back({name->first, name->second, whole_file(entry, id)});
    } else {
      Migration migration{name->first,  name->second, whole_file(entry, id),
                          std::nullopt, std::nullopt, {}};
      const std::string folder = entry.shown_as.substr(0, entry.shown_as.rfind('/'));
      migration.way_back = fmt::format("'{}/{}'", folder, down_file);
      if (switched_off == folder_of(entry)) {
        migration.up.transaction = TransactionRule::off;
        Attached* last = found.attached.empty() ? nullptr : &found.attached.back();
        if (last != nullptr && last->version == name->first)
          last->file.transaction = TransactionRule::off;
      }
      found.migrations.push_back(std::move(migration));
    }
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> create(const Version& version,
                                                        const std::string& name) {
  std::string folder = stem_of(version, name);
  if (version.text().size() == std::string_view("yyyymmddhhmmss").size())
    for (const std::size_t at : {8, 6, 4}) folder.insert(at, 1, '-');
  return {{fmt::format("{}/{}", folder, up_file), ""},
          {fmt::format("{}/{}", folder, down_file), ""}};
}

}  // namespace

extern const Layout diesel_layout;
const Layout diesel_layout{id, claims, read, "'run_in_transaction = false' in its metadata.toml",
                           create};

}  // namespace host::migrations
