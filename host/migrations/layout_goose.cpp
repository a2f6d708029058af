// SPDX-License-Identifier: MIT
// goose: one file VERSION_NAME.sql, whose lines '-- +goose Up' and '-- +goose Down' begin its two
// ways. '-- +goose NO TRANSACTION', anywhere, switches the transaction of both off; '-- +goose
// ENVSUB ON' begins a part in which variables are replaced. Case does not matter.
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/paired_files.hpp"
#include "host/migrations/sections.hpp"

namespace host::migrations {
namespace {

constexpr config::Layout id = config::Layout::goose;
constexpr std::string_view mark = "+goose";

const std::vector<std::string> annotations{
    "Up", "Down", "StatementBegin", "StatementEnd", "NO TRANSACTION", "ENVSUB ON", "ENVSUB OFF"};

std::optional<std::pair<Version, std::string>> parse_name(const Entry& entry) {
  if (entry.in_subfolder() || !entry.is_sql()) return std::nullopt;
  std::string_view stem = entry.file_name();
  stem.remove_suffix(std::string_view(".sql").size());
  return split_stem(stem);
}

bool claims(const Entry& entry) {
  // Names that other layouts know are not worth a look into the file.
  return !parse_pair_suffix(entry.name) && parse_name(entry) &&
         has_marker(entry.text(), mark, "up");
}

struct Sections {
  std::optional<Marker> up, down;
  std::vector<Marker> statement_ends;
  std::vector<Region> replaced;
  bool transaction = true;
};

[[noreturn]] void refuse(const Marker& marker, std::string message, std::string hint) {
  throw Error(errors::bad_section, std::move(message), std::move(hint), marker.place);
}

class SectionFinder {
 public:
  explicit SectionFinder(std::uint64_t size) : size_(size) {}

  Sections run(const std::vector<Marker>& markers) {
    for (const Marker& marker : markers) see(marker);
    if (begun_) refuse(*begun_, "'-- +goose StatementBegin' has no end", "write StatementEnd");
    if (replacing_from_) close_region(size_);
    return std::move(sections_);
  }

 private:
  void see(const Marker& marker) {
    const std::string word = lower_ascii(join(marker.words));
    if (word == "up" || word == "down") {
      begin_section(marker, word == "up" ? sections_.up : sections_.down, word == "up");
    } else if (word == "statementbegin") {
      if (begun_) refuse(marker, "'-- +goose StatementBegin' within another", "end that one first");
      begun_ = marker;
    } else if (word == "statementend") {
      if (!begun_) refuse(marker, "'-- +goose StatementEnd' ends nothing", "write StatementBegin");
      begun_.reset();
      sections_.statement_ends.push_back(marker);
    } else if (word == "no transaction") {
      sections_.transaction = false;
    } else if (word == "envsub on") {
      if (!replacing_from_) replacing_from_ = marker.end_offset;
    } else if (word == "envsub off") {
      if (replacing_from_) close_region(marker.offset);
    } else {
      refuse(marker, fmt::format("unknown annotation '+goose {}'", marker.words),
             suggest_name(marker.words, annotations));
    }
  }

  void begin_section(const Marker& marker, std::optional<Marker>& section, bool up) {
    if (section)
      refuse(marker, fmt::format("'-- +goose {}' comes twice", up ? "Up" : "Down"), "keep one");
    if (!up && !sections_.up)
      refuse(marker, "'-- +goose Down' stands before '-- +goose Up'", "turn them round");
    if (begun_) refuse(*begun_, "'-- +goose StatementBegin' has no end", "write StatementEnd");
    section = marker;
  }

  void close_region(std::uint64_t end) {
    sections_.replaced.push_back({*replacing_from_, end});
    replacing_from_.reset();
  }

  // With single spaces between the words.
  static std::string join(std::string_view text) {
    std::string joined;
    for (const std::string& word : split_words(text)) joined += (joined.empty() ? "" : " ") + word;
    return joined;
  }

  std::uint64_t size_;
  Sections sections_;
  std::optional<Marker> begun_;
  std::optional<std::uint64_t> replacing_from_;
};

File load_way(const Entry& entry, const std::string& text, const Sections& sections,
              std::uint64_t begin, std::uint64_t end) {
  File file = load_section(entry, text, begin, end, id);
  if (!sections.transaction) file.transaction = TransactionRule::off;
  // A statement between StatementBegin and StatementEnd needs no semicolon.
  for (const Marker& marker : sections.statement_ends) {
    if (marker.offset < begin || marker.offset >= end) continue;
    file.text[marker.offset] = ';';
    for (std::uint64_t at = marker.offset + 1; at < marker.end_offset; ++at)
      if (file.text[at] != '\n') file.text[at] = ' ';
  }
  for (const Region& region : sections.replaced) {
    const Region part{std::max(region.offset, begin), std::min(region.end_offset, end)};
    if (part.offset < part.end_offset) file.regions.push_back(part);
  }
  if (!file.regions.empty()) file.substitution = VariableRule::regions;
  return file;
}

void read_file_of(const Entry& entry, std::pair<Version, std::string> name, Found& found) {
  const std::string text = entry.text();
  const Sections sections =
      SectionFinder(text.size()).run(find_markers(text, mark, entry.shown_as));
  if (!sections.up)
    throw Error(errors::bad_section, fmt::format("'{}' has no '-- +goose Up'", entry.shown_as),
                "write that line before its SQL, or move the file out of the folder",
                Place{entry.shown_as, 0, 0});
  refuse_sql_before(text, sections.up->offset, entry.shown_as, "-- +goose Up");
  const std::uint64_t up_end = sections.down ? sections.down->offset : text.size();
  Migration migration{name.first,
                      std::move(name.second),
                      load_way(entry, text, sections, 0, up_end),
                      std::nullopt,
                      std::nullopt,
                      fmt::format("the section '-- +goose Down' of '{}'", entry.shown_as)};
  if (sections.down)
    migration.down = load_way(entry, text, sections, sections.down->offset, text.size());
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
  return {{stem_of(version, name) + ".sql", "-- +goose Up\n\n\n-- +goose Down\n\n"}};
}

}  // namespace

extern const Layout goose_layout;
const Layout goose_layout{id, claims, read, "'-- +goose NO TRANSACTION' at its top", create};

}  // namespace host::migrations
