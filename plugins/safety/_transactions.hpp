// SPDX-License-Identifier: MIT
// What a statement does to the transaction that it stands in.
#pragma once

#include "plugins/common/rule.hpp"

namespace plugins::safety {

enum class Control { none, opens, commits, rolls_back };

// Savepoints are none; PREPARE TRANSACTION commits.
inline Control control_of(const Node& statement, const Report& report) {
  const std::string_view tag = statement.statement_tag();
  if (statement.in_body()) return Control::none;
  if (tag == "BEGIN" || tag == "START TRANSACTION") return Control::opens;
  if (tag == "COMMIT" || tag == "PREPARE TRANSACTION") return Control::commits;
  const bool whole =
      tag == "ROLLBACK" && report.tree(statement).text("kind") == "TRANS_STMT_ROLLBACK";
  return whole ? Control::rolls_back : Control::none;
}

}  // namespace plugins::safety
