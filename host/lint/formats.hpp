// SPDX-License-Identifier: MIT
// A report in the formats that other programs read. Lines and columns count from 1.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/lint/linter.hpp"

namespace host::lint {

enum class Format { concise, sarif, junit, github, gitlab, checkstyle, markdown };

// By the names of --format; nothing for text, json and what there is not.
std::optional<Format> format_named(std::string_view name);
const std::vector<std::string>& format_names();  // those of --format, text and json included

// The whole document, with a newline at its end.
std::string formatted(Format format, const Report& report, const std::vector<RuleInfo>& rules);

// One function a format, in the report_*.cpp files.
std::string concise_text(const Report& report);
std::string sarif_text(const Report& report, const std::vector<RuleInfo>& rules);
std::string junit_text(const Report& report);
std::string github_text(const Report& report);
std::string gitlab_text(const Report& report);
std::string checkstyle_text(const Report& report);
std::string markdown_text(const Report& report);

// Text in XML, in an attribute or an element.
std::string xml_escaped(std::string_view text);

}  // namespace host::lint
