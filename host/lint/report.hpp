// SPDX-License-Identifier: MIT
// Findings as a person reads them, and as a program does.
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/lint/finding.hpp"

namespace host::lint {

// Puts colour on a severity's word; empty: none.
using Paint = std::function<std::string(Severity severity, std::string_view text)>;

// One line of text each: "file:line:column: severity[rule]: message", the source line with carets
// below it, help. Then an empty line.
std::vector<std::string> text_lines(const Finding& finding, const Paint& paint = {});
// Fit to be shown, on one line whatever names the SQL has.
std::string one_line(std::string_view text);
// "3 findings (1 error, 2 warnings) in 4 files, 20 statements", and what was not judged.
std::vector<std::string> summary_lines(const Report& report);
// The latter alone, for formats that have no place for it.
std::vector<std::string> unjudged_lines(const Report& report);

// The fields of the JSON document: findings and summary.
boost::json::object json_fields(const Report& report);
boost::json::object json_of(const Finding& finding);

}  // namespace host::lint
