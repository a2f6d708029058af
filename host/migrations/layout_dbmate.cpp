// SPDX-License-Identifier: MIT
// dbmate: one file VERSION_NAME.sql, whose lines '-- migrate:up' and '-- migrate:down' begin its
// two ways; the option transaction:false on such a line switches the transaction of that way off.
#include <fmt/format.h>

#include "host/migrations/errors.hpp"
#include "host/migrations/paired_files.hpp"
#include "host/migrations/sections.hpp"

namespace host::migrations {
namespace {

constexpr config::Layout id = config::Layout::dbmate;
constexpr std::string_view mark = "migrate:";

// "0042_add users.sql", and also "0042.sql": dbmate wants digits at the start and no more.
std::optional<std::pair<Version, std::string>> parse_name(const Entry& entry) {
  if (entry.in_subfolder() || !entry.is_sql()) return std::nullopt;
  std::string_view stem = entry.file_name();
  stem.remove_suffix(std::string_view(".sql").size());
  const std::size_t digits = std::min(stem.find_first_not_of("0123456789"), stem.size());
  const std::optional<Version> version = Version::parse(stem.substr(0, digits));
  if (!version) return std::nullopt;
  std::string_view name = stem.substr(digits);
  if (name.starts_with('_')) name.remove_prefix(1);
  return std::pair(*version, std::string(name));
}

bool claims(const Entry& entry) {
  // Names that other layouts know are not worth a look into the file.
  return !parse_pair_suffix(entry.name) && parse_name(entry) &&
         has_marker(entry.text(), mark, "up");
}

struct Sections {
  std::optional<Marker> up, down;
};

[[noreturn]] void refuse(const Marker& marker, std::string message, std::string hint) {
  throw Error(errors::bad_section, std::move(message), std::move(hint), marker.place);
}

// The options of a marker line; transaction is all that dbmate knows.
TransactionRule read_options(const Marker& marker) {
  TransactionRule rule = TransactionRule::header;
  const std::vector<std::string> words = split_words(marker.words);
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "transaction:false") {
      rule = TransactionRule::off;
    } else if (words[i] != "transaction:true") {
      refuse(marker, fmt::format("unknown option '{}' of '-- migrate:{}'", words[i], words[0]),
             "transaction:false is the one that there is");
    }
  }
  return rule;
}

Sections find_sections(const std::vector<Marker>& markers) {
  Sections sections;
  for (const Marker& marker : markers) {
    const std::vector<std::string> words = split_words(marker.words);
    const std::string word = words.empty() ? "" : words.front();
    if (word != "up" && word != "down") continue;  // a comment
    std::optional<Marker>& section = word == "up" ? sections.up : sections.down;
    if (section)
      refuse(marker, fmt::format("'-- migrate:{}' comes twice", word),
             "keep one: dbmate reads no more");
    if (word == "up" && sections.down)
      refuse(marker, "'-- migrate:down' stands before '-- migrate:up'", "turn them round");
    section = marker;
  }
  return sections;
}

void read_file_of(const Entry& entry, std::pair<Version, std::string> name, Found& found) {
  const std::string text = entry.text();
  const Sections sections = find_sections(find_markers(text, mark, entry.shown_as));
  if (!sections.up)
    throw Error(errors::bad_section, fmt::format("'{}' has no '-- migrate:up'", entry.shown_as),
                "write that line before its SQL, or move the file out of the folder",
                Place{entry.shown_as, 0, 0});
  refuse_sql_before(text, sections.up->offset, entry.shown_as, "-- migrate:up");
  const std::uint64_t up_end = sections.down ? sections.down->offset : text.size();
  // What stands above the markers is a comment on the way up.
  Migration migration{name.first,
                      std::move(name.second),
                      load_section(entry, text, 0, up_end, id),
                      std::nullopt,
                      std::nullopt,
                      fmt::format("the section '-- migrate:down' of '{}'", entry.shown_as)};
  migration.up.transaction = read_options(*sections.up);
  if (sections.down) {
    migration.down = load_section(entry, text, sections.down->offset, text.size(), id);
    migration.down->transaction = read_options(*sections.down);
  }
  found.migrations.push_back(std::move(migration));
}

Found read(const std::vector<Entry>& entries) {
  Found found;
  for (const Entry& entry : entries) {
    if (auto name = parse_name(entry)) {
      read_file_of(entry, std::move(*name), found);
    } else if (entry.is_sql()) {
      found.warnings.push_back(stray(entry, id));
    }
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> create(const Version& version,
                                                        const std::string& name) {
  return {{stem_of(version, name) + ".sql", "-- migrate:up\n\n\n-- migrate:down\n\n"}};
}

}  // namespace

extern const Layout dbmate_layout;
const Layout dbmate_layout{id, claims, read, "transaction:false behind its '-- migrate:up'",
                           create};

}  // namespace host::migrations
