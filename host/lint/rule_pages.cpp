// SPDX-License-Identifier: MIT
#include "host/lint/rule_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "host/foundation/text.hpp"
#include "host/lint/built_in.hpp"
#include "host/lint/property_names.hpp"

namespace host::lint {
namespace {

std::string parameter_line(const config::ParameterSpec& parameter) {
  return fmt::format("{}: {} (default: {})", parameter.name, parameter.doc,
                     parameter.default_yaml.value_or("none"));
}

// What an object holds follows it, by its whole name: sizes, sizes.small_rows.
void add_parameters(const std::vector<config::ParameterSpec>& specs, const std::string& prefix,
                    std::vector<config::ParameterSpec>& all) {
  for (config::ParameterSpec spec : specs) {
    spec.name = prefix + spec.name;
    if (!spec.fields.empty() && !spec.default_yaml) spec.default_yaml = "{}";
    all.push_back(spec);
    add_parameters(spec.fields, spec.name + ".", all);
  }
}

// The words that rules in YAML are written with.
std::string own_rules() {
  std::string page =
      "## Rules of your own\n\nUnder `linting.custom`: `id`, `for` a kind, `where` and `require` "
      "with "
      "properties of it, `message`, and if you\nlike `severity`, `category`, `summary` and "
      "`suggestion`. A text is compared with `*` and `?` for any characters; a\nlist is any of its "
      "texts; `{ is: ..., not: ... }` says which it may and may not be. `true` and `false` ask "
      "whether\nthere is one. A number is that number, `{ min: 1, max: 9 }` a range. `{property}` "
      "in "
      "a message or a suggestion stands\nfor its value, `{table}` for the table that the object is "
      "of. Statements and subcommands are those of migrations,\neverything else is of the "
      "schema.\n\n";
  const std::vector<std::string> all = property_names({});
  page +=
      fmt::format("Of every kind: {}.\n\n| kind | its properties |\n|---|---|\n", join_words(all));
  for (const std::string& kind : node_kind_names()) {
    std::vector<std::string> own;
    for (const std::string& name : property_names(kind))
      if (std::find(all.begin(), all.end(), name) == all.end()) own.push_back(name);
    page += fmt::format("| {} | {} |\n", kind, fmt::join(own, ", "));
  }
  return page;
}

std::vector<config::ParameterSpec> parameters_of(const RuleInfo& rule) {
  std::vector<config::ParameterSpec> all;
  if (rule.extension != nullptr) add_parameters(rule.extension->parameters, {}, all);
  return all;
}

}  // namespace

std::string fix_word(const RuleInfo& rule) {
  if (rule.id == unknown_suppression || rule.id == unused_suppression) return "safe";
  if (rule.extension == nullptr || rule.extension->rule.fix == CONFITURE_FIX_NONE) return {};
  return rule.extension->rule.fix == CONFITURE_FIX_UNSAFE ? "unsafe" : "safe";
}

std::vector<std::string> explanation(const RuleInfo& rule) {
  std::vector<std::string> lines{fmt::format("{}: {}", rule.id, rule.summary),
                                 fmt::format("severity {}, by default {}", to_string(rule.severity),
                                             to_string(rule.default_severity))};
  if (rule.risk != Risk::none)
    lines.back() += fmt::format("; risk of a migration: {}", to_string(rule.risk));
  if (const std::string fix = fix_word(rule); !fix.empty())
    lines.back() += fmt::format("; fix: {}", fix);
  if (is_live(rule)) lines.back() += "; runs with --live";
  lines.emplace_back();
  for (const std::string& line : split_text(rule.doc, '\n')) lines.push_back(line);
  const std::vector<config::ParameterSpec> parameters = parameters_of(rule);
  if (!parameters.empty()) lines.emplace_back("Parameters:");
  for (const config::ParameterSpec& parameter : parameters)
    lines.push_back("  " + parameter_line(parameter));
  return lines;
}

std::string rule_reference(const std::vector<RuleInfo>& rules) {
  std::map<std::string, std::string> chapters;
  for (const RuleInfo& rule : rules) {
    std::string& text = chapters[rule.category];
    text += fmt::format("### {}\n\n{}. Severity: {}.", rule.id, rule.summary,
                        to_string(rule.default_severity));
    if (rule.risk != Risk::none) text += fmt::format(" Risk: {}.", to_string(rule.risk));
    if (const std::string fix = fix_word(rule); !fix.empty()) text += fmt::format(" Fix: {}.", fix);
    if (is_live(rule)) text += " Runs with `--live`.";
    text += fmt::format("\n\n{}", rule.doc);
    const std::vector<config::ParameterSpec> parameters = parameters_of(rule);
    if (!parameters.empty()) text += "\nParameters:\n\n";
    for (const config::ParameterSpec& parameter : parameters)
      text += fmt::format("- `{}`: {}. Default: `{}`\n", parameter.name, parameter.doc,
                          parameter.default_yaml.value_or("none"));
    text += "\n";
  }
  std::string page =
      "# Rules\n\nWritten by `confiture lint --list-rules --format markdown` from the rules' own "
      "records.\nA rule whose severity is `off` runs when it is selected or configured.\n\n";
  for (const auto& [category, text] : chapters) page += fmt::format("## {}\n\n{}", category, text);
  return page + own_rules();
}

}  // namespace host::lint
