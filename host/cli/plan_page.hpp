// SPDX-License-Identifier: MIT
// A plan as one page of HTML for whoever has to decide on it: it needs no script, nothing from
// elsewhere and no access to the database, and reads the same on paper.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/review/card.hpp"
#include "host/review/decide.hpp"

namespace host::cli {

struct PlanPage {
  struct Statement {
    std::uint32_t line = 0;
    std::string tag;   // ALTER TABLE, or empty
    std::string sql;   // with the comments before it, so that all of the file is on the page
    std::string risk;  // empty: not known
    std::vector<std::string> effects;  // "takes ACCESS EXCLUSIVE on public.orders"
    std::string reason, safer;         // may be empty
  };
  struct Migration {
    std::string key, risk;
    std::vector<std::string> reasons;
    std::vector<review::Fact> facts;
    std::vector<Statement> statements;
    std::string rest;                     // of the file, behind its last statement
    std::optional<std::string> way_back;  // its SQL
    std::vector<std::string> hooks;       // "post_execute no-null-emails (sql.assert)"
  };
  struct Approvals {
    bool allowed = false;
    std::vector<std::string> needed, missing, given;  // given: and why they count, or do not
  };
  std::string environment, risk, hash;
  std::vector<review::Fact> facts;
  std::vector<Migration> migrations;
  std::vector<std::string> proven, unproven;  // what another environment says, where it is asked
  std::vector<std::string> hooks;      // of the whole run, all that the plan's hash covers
  std::optional<Approvals> approvals;  // nothing: the environment has no policy
  std::string written_at;
};

// `page` has at least one migration.
std::string to_html(const PlanPage& page);

}  // namespace host::cli
