// SPDX-License-Identifier: MIT
// Flyway: V1.2__NAME.sql, U1.2__NAME.sql to undo it and the repeatable R__NAME.sql, in the folder
// and in those below it. A file FILE.conf beside one may say executeInTransaction and
// placeholderReplacement; without a word a statement that cannot run in a transaction switches it
// off, and ${name} is replaced.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/paired_files.hpp"

namespace host::migrations {
namespace {

constexpr config::Layout id = config::Layout::flyway;
constexpr std::string_view separator = "__", suffix = ".sql", conf_suffix = ".conf";

struct Name {
  char kind = 'V';
  std::optional<Version> version;  // not of R
  std::string name;
};

std::optional<Name> parse_name(std::string_view file) {
  if (!file.ends_with(suffix)) return std::nullopt;
  file.remove_suffix(suffix.size());
  if (file.empty() || std::string_view("VUR").find(file[0]) == std::string_view::npos)
    return std::nullopt;
  const char kind = file[0];
  file.remove_prefix(1);
  const std::size_t end = file.find(separator);
  if (kind == 'R') {
    if (end != 0 || file.size() == separator.size()) return std::nullopt;
    return Name{kind, std::nullopt, std::string(file.substr(separator.size()))};
  }
  // 1_2 is 1.2; a version alone has no name.
  std::string digits(file.substr(0, end));
  std::replace(digits.begin(), digits.end(), '_', '.');
  const std::optional<Version> version = Version::parse(digits);
  if (!version) return std::nullopt;
  return Name{
      kind, version,
      std::string(end == std::string_view::npos ? "" : file.substr(end + separator.size()))};
}

bool claims(const Entry& entry) {
  return parse_name(entry.file_name()).has_value();
}

bool read_truth(std::string_view value, const std::string& key, const Place& place) {
  const std::string text = lower_ascii(value);
  if (text == "true" || text == "false") return text == "true";
  throw Error(errors::bad_section, fmt::format("'{}' is true or false, not '{}'", key, value), {},
              place);
}

// FILE.conf: lines KEY=VALUE; comments begin with #.
void apply_conf(const Entry& conf, File& file) {
  const std::string text = conf.text();
  std::uint32_t number = 0;
  for (const std::string& line : split_text(text, '\n')) {
    const Place place{conf.shown_as, ++number, 1};
    const std::string_view content = trim(line);
    if (content.empty() || content.starts_with('#')) continue;
    const std::size_t equals = std::min(content.find('='), content.size());
    std::string key(trim(content.substr(0, equals)));
    if (key.starts_with("flyway.")) key.erase(0, std::string_view("flyway.").size());
    const std::string_view value = trim(content.substr(std::min(equals + 1, content.size())));
    if (key == "executeInTransaction") {
      file.transaction =
          read_truth(value, key, place) ? TransactionRule::header : TransactionRule::off;
    } else if (key == "placeholderReplacement") {
      file.substitution =
          read_truth(value, key, place) ? VariableRule::everywhere : VariableRule::nowhere;
    } else if (key == "encoding") {
      if (lower_ascii(value) != "utf-8")
        throw Error(errors::bad_section, fmt::format("the encoding '{}' is not read", value),
                    "convert the file to UTF-8", place);
    } else {
      const std::vector<std::string> known{"executeInTransaction", "placeholderReplacement",
                                           "encoding"};
      throw Error(errors::bad_section, fmt::format("'{}' is nothing that confiture knows", key),
                  suggest_name(key, known), place);
    }
  }
}

void read_file_of(const Entry& entry, const Entry* conf, Name name, Found& found) {
  File file = whole_file(entry, id);
  file.transaction = TransactionRule::detected;
  file.substitution = VariableRule::everywhere;
  if (conf != nullptr) apply_conf(*conf, file);
  if (name.kind == 'U') {
    // Its description is its own: only the version says what it undoes.
    found.attached.push_back({*name.version, {}, std::move(file)});
    return;
  }
  std::string way_back;
  if (name.kind == 'V') {
    way_back = fmt::format("'{}'", entry.shown_as);
    way_back[way_back.size() - entry.file_name().size() - 1] = 'U';
  }
  const Version version = name.kind == 'R' ? Version::repeatable(name.name) : *name.version;
  found.migrations.push_back({version, std::move(name.name), std::move(file), std::nullopt,
                              std::nullopt, std::move(way_back)});
}

Found read(const std::vector<Entry>& entries) {
  std::map<std::string, const Entry*, std::less<>> confs;
  for (const Entry& entry : entries)
    if (entry.name.ends_with(conf_suffix)) confs.emplace(entry.name, &entry);
  Found found;
  for (const Entry& entry : entries) {
    if (auto name = parse_name(entry.file_name())) {
      const auto conf = confs.find(entry.name + std::string(conf_suffix));
      read_file_of(entry, conf == confs.end() ? nullptr : conf->second, std::move(*name), found);
    } else if (entry.is_sql()) {
      found.warnings.push_back(stray(entry, id));
    }
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> create(const Version& version,
                                                        const std::string& name) {
  const std::string stem = version.text() + std::string(separator) + name + std::string(suffix);
  return {{"V" + stem, ""}, {"U" + stem, ""}};
}

}  // namespace

extern const Layout flyway_layout;
const Layout flyway_layout{id, claims, read,
                           "'executeInTransaction=false' in a file FILE.conf beside it", create};

}  // namespace host::migrations
