// SPDX-License-Identifier: MIT
// confiture lint: judges the schema's files and the migrations.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <utility>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/lint_inputs.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/lint/linter.hpp"
#include "host/lint/report.hpp"

namespace host::cli {
namespace {

using lint::Severity;

// Ids as they are typed: several times, or with commas.
std::vector<std::string> ids(const Arguments& arguments, std::string_view option) {
  std::vector<std::string> result;
  for (const std::string& words : arguments.texts(option))
    for (const std::string& word : split_text(words, ','))
      if (!trim(word).empty()) result.emplace_back(trim(word));
  return result;
}

Severity fail_level(const Arguments& arguments) {
  const std::string given = arguments.text("fail-level").value_or("error");
  const auto level = lint::parse_severity(given);
  if (!level) {
    const std::vector<std::string> known{"info", "warning", "error", "critical"};
    throw Error(host::errors::usage, fmt::format("unknown level '{}' of --fail-level", given),
                suggest_name(given, known));
  }
  return arguments.flag("strict") ? std::min(*level, Severity::warning) : *level;
}

std::string paint(const Output& output, Severity severity, std::string_view word) {
  const Style style = severity >= Severity::error     ? Style::red
                      : severity == Severity::warning ? Style::yellow
                                                      : Style::blue;
  return styled(output.color_results(), style, word);
}

boost::json::object json_of(const lint::RuleInfo& rule) {
  return {{"id", rule.id},
          {"category", rule.category},
          {"default_severity", to_string(rule.default_severity)},
          {"severity", to_string(rule.severity)},
          {"summary", rule.summary}};
}

Exit list_rules(Output& output, const lint::Linter& linter) {
  std::vector<std::vector<std::string>> rows{{"rule", "category", "severity", "meaning"}};
  boost::json::array rules;
  for (const lint::RuleInfo& rule : linter.rules()) {
    rows.push_back({rule.id, rule.category, std::string(to_string(rule.severity)), rule.summary});
    rules.push_back(json_of(rule));
  }
  if (!output.json()) output.text(format_table(rows));
  output.document(true, {{"rules", std::move(rules)}});
  return Exit::done;
}

Exit explain(Context& context, const lint::Linter& linter, const std::string& id) {
  for (const lint::RuleInfo& rule : linter.rules()) {
    if (rule.id != id) continue;
    Output& output = context.output();
    output.line(fmt::format("{}: {}", rule.id, rule.summary));
    output.line(fmt::format("severity {}, by default {}", to_string(rule.severity),
                            to_string(rule.default_severity)));
    output.line("");
    for (const std::string& line : split_text(rule.doc, '\n')) output.line(line);
    if (rule.extension != nullptr && !rule.extension->parameters.empty())
      output.line("Parameters:");
    if (rule.extension != nullptr)
      for (const config::ParameterSpec& parameter : rule.extension->parameters)
        output.line(fmt::format("  {}: {} (default: {})", parameter.name, parameter.doc,
                                parameter.default_yaml.value_or("none")));
    boost::json::object document = json_of(rule);
    document["doc"] = rule.doc;
    output.document(true, std::move(document));
    return Exit::done;
  }
  context.registry().require(extensions::Kind::rule, id, {});  // throws, with the nearest id
  return Exit::configuration;
}

Exit run(Context& context, const Arguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  const Severity level = fail_level(arguments);
  const config::Project* project = context.project_or_null();
  const config::Linting unconfigured;
  lint::Linter linter(context.registry(), project != nullptr ? project->linting : unconfigured,
                      context.session(), {ids(arguments, "select"), ids(arguments, "ignore")});
  Output& output = context.output();
  if (arguments.flag("list-rules")) return list_rules(output, linter);
  if (const auto id = arguments.text("explain")) return explain(context, linter, *id);

  const lint::Report report =
      linter.run(lint_inputs(context, arguments.positionals(), arguments.text("kind")));
  bool failed = false;
  for (const lint::Finding& finding : report.findings) {
    failed = failed || finding.severity >= level;
    if (output.json()) continue;
    const auto painted = [&](Severity severity, std::string_view word) {
      return paint(output, severity, word);
    };
    for (const std::string& line : lint::text_lines(finding, painted)) output.line(line);
  }
  for (const std::string& line : lint::summary_lines(report)) output.line(line);
  boost::json::object fields = lint::json_fields(report);
  fields["duration_ms"] = elapsed_ms(start);
  output.document(!failed, std::move(fields));
  return failed ? Exit::findings : Exit::done;
}

}  // namespace

extern const Command lint_command{
    .name = "lint",
    .arguments = "[PATH...]",
    .summary = "judge the schema's files and the migrations",
    .options = {{"kind", "KIND", "what the paths are: schema or migration"},
                {"strict", "", "fail on warnings too"},
                {"fail-level", "LEVEL",
                 "fail from this severity on: info, warning, error or critical"},
                {"select", "IDS", "only these rules or categories, also those that are off", true},
                {"ignore", "IDS", "all but these rules or categories", true},
                {"list-rules", "", "the rules that there are, instead of judging"},
                {"explain", "ID", "what a rule means, with a bad and a good example"}},
    .least_positionals = 0,
    .most_positionals = static_cast<std::size_t>(-1),
    .run = run};

}  // namespace host::cli
