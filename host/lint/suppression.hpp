// SPDX-License-Identifier: MIT
// Comments that accept a finding where it is, with a reason:
//
//   -- confiture: ignore safety.drop_table the rows were moved in 0041
//   -- confiture: ignore naming, structure.require_primary_key until 2027-01-31 renamed in 2.0
//   -- confiture: ignore-begin RULE reason ... -- confiture: ignore-end
//   -- confiture: ignore-file RULE reason
//
// The first speaks of the statement that it stands in, or ends the line of, or else of the next.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/sql/statement.hpp"

namespace host::lint {

struct Suppression {
  struct Rule {
    std::string word;  // an id or a category
    std::uint64_t offset = 0, end_offset = 0;
    bool used = false;
  };
  std::vector<Rule> rules;                   // none after a date that is none
  std::string reason;                        // may be empty
  std::string until;                         // "2027-01-31", or empty
  std::uint64_t offset = 0, end_offset = 0;  // of the comment
  std::uint64_t from = 0, to = 0;            // of what it covers
};

// What is wrong with a comment that addresses confiture and cannot be understood.
struct BadSuppression {
  std::string message, hint;
  std::uint64_t offset = 0, end_offset = 0;
};

struct Suppressions {
  std::vector<Suppression> all;
  std::vector<BadSuppression> bad;
};

// Of one file; its trees are not needed.
Suppressions read_suppressions(const sql::Script& script);

}  // namespace host::lint
