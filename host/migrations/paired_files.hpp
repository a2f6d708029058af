// SPDX-License-Identifier: MIT
// VERSION_NAME.up.sql with VERSION_NAME.down.sql, the names that confiture's own layout and
// golang-migrate's have in common, and with VERSION_NAME.verify.sql.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/migrations/layout.hpp"

namespace host::migrations {

struct PairName {
  enum class Part { up, down, verify };
  Version version;
  std::string name;
  Part part = Part::up;
};
// The part that the end of the name says, nothing for other names.
std::optional<PairName::Part> parse_pair_suffix(std::string_view file_name);
// Nothing for other names.
std::optional<PairName> parse_pair_name(std::string_view file_name);

void add_pair_file(const Entry& entry, const PairName& name, config::Layout layout, Found& found);

// Whether these names, which confiture's own layout claims, are more likely golang-migrate's:
// versions as its `create` makes them, six digits with a zero in front or the ten of a Unix time,
// and no sign of confiture in any file.
bool seems_golang_migrate(const std::vector<Entry>& entries);

// "add_users" as words: "add users".
std::string summary_of(std::string name);

}  // namespace host::migrations
