// SPDX-License-Identifier: MIT
// What a migration says about itself in comments at its top.
//
//   -- summary: give customers an e-mail address
//   -- transaction: off
//
// The leading comments are the lines before the first statement that are blank or start with "--".
// A line "-- key: value" among them with a known key is a header comment. In the first block of
// them, up to a blank line, every line of that form with a lower-case word before the colon is
// meant as one, so an unknown key there is an error; elsewhere it is prose, as is a line with a
// capital letter or more than one word before its colon. In the files of another tool's layout an
// unknown key is always prose.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/migrations/variables.hpp"
#include "host/migrations/version.hpp"
#include "host/sql/source.hpp"

namespace host::migrations {

// -- precondition: SELECT ...: a query whose one value has to be true before the migration runs.
struct Precondition {
  std::string sql;  // one SELECT, without its semicolon
  Place place;
};

struct Header {
  std::string summary, author;
  bool transactional = true;
  std::optional<VariableUse> variables;  // -- variables: on, everywhere or off
  std::vector<Precondition> preconditions;
  std::optional<std::string> required_role;
  Place role_place;
  std::vector<Version> depends;
  Place depends_place;
  std::string risk;  // low, medium, high or critical; empty: not declared
  std::string risk_reason;

  bool empty() const;  // says nothing
};

// Throws migration.unknown_header with the nearest key, migration.bad_header for a value that makes
// no sense or a key that comes twice (a precondition may). `strict`: unknown keys are errors.
Header parse_header(const sql::Source& source, bool strict = true);

}  // namespace host::migrations
