// SPDX-License-Identifier: MIT
#include "host/migrations/paired_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace host::migrations {

namespace {

using Part = PairName::Part;

// In the order of the enumeration.
constexpr std::array<std::string_view, 3> suffixes{".up.sql", ".down.sql", ".verify.sql"};

std::string_view suffix_of(Part part) {
  return suffixes[static_cast<std::size_t>(part)];
}

}  // namespace

std::optional<Part> parse_pair_suffix(std::string_view file_name) {
  for (std::size_t part = 0; part < suffixes.size(); ++part)
    if (file_name.ends_with(suffixes[part])) return static_cast<Part>(part);
  return std::nullopt;
}

std::optional<PairName> parse_pair_name(std::string_view file_name) {
  const std::optional<Part> part = parse_pair_suffix(file_name);
  if (!part) return std::nullopt;
  file_name.remove_suffix(suffix_of(*part).size());
  auto parts = split_stem(file_name);
  if (!parts) return std::nullopt;
  return PairName{parts->first, std::move(parts->second), *part};
}

void add_pair_file(const Entry& entry, const PairName& name, config::Layout layout, Found& found) {
  if (name.part != Part::up) {
    found.attached.push_back({name.version, name.name, whole_file(entry, layout),
                              name.part == Part::down ? &Migration::down : &Migration::verify});
    return;
  }
  const std::string stem =
      entry.shown_as.substr(0, entry.shown_as.size() - suffix_of(Part::up).size());
  found.migrations.push_back({name.version, name.name, whole_file(entry, layout), std::nullopt,
                              std::nullopt, fmt::format("'{}{}'", stem, suffix_of(Part::down))});
}

std::string summary_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace host::migrations
