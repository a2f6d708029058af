// SPDX-License-Identifier: MIT
// What the rules share that want a timeout of the session to be set.
#pragma once

#include <string>
#include <string_view>

#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {

// Reports the first statement of a migration that runs without `setting`, and mends it by a SET to
// `usual` before it. `is_missing` says whether a statement lacks it.
template <typename IsMissing>
void require_timeout(const Node& file, const std::string& setting, const std::string& usual,
                     IsMissing is_missing, Report& report) {
  for (const Node& statement : file.statements()) {
    const std::string_view tag = statement.statement_tag();
    if (tag == "SET" || tag == "RESET" || control_of(statement, report) != Control::none) continue;
    if (!is_missing(statement)) continue;
    const std::string set = (statement.in_transaction() ? "SET LOCAL " : "SET ") + setting;
    Finding& finding = report.add(statement, text(tag) + " runs without " + setting);
    finding.hint(set + " before it");
    const std::uint64_t at = statement.location().offset;
    if (!statement.in_body()) finding.fix(at, at, set + " = '" + usual + "';\n");
    return;
  }
}

}  // namespace plugins::safety
