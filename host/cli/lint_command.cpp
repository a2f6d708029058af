// SPDX-License-Identifier: MIT
// confiture lint: judges the schema's files and the migrations.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <future>
#include <iostream>
#include <utility>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/lint_facts.hpp"
#include "host/cli/lint_inputs.hpp"
#include "host/cli/lint_live.hpp"
#include "host/cli/lint_mend.hpp"
#include "host/cli/lint_options.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/time.hpp"
#include "host/lint/formats.hpp"
#include "host/lint/report.hpp"
#include "host/lint/rule_pages.hpp"

namespace host::cli {
namespace {

namespace fs = std::filesystem;
using lint::Severity;

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
          {"risk", to_string(rule.risk)},
          {"fix", fix_word(rule).empty() ? "none" : fix_word(rule)},
          {"summary", rule.summary}};
}

Exit list_rules(Output& output, const lint::Linter& linter) {
  std::vector<std::vector<std::string>> rows{{"rule", "category", "severity", "meaning"}};
  boost::json::array rules;
  for (const lint::RuleInfo& rule : linter.rules()) {
    rows.push_back({rule.id, rule.category, std::string(to_string(rule.severity)), rule.summary});
    rules.push_back(json_of(rule));
  }
  if (output.format() == "markdown")
    output.text(lint::rule_reference(linter.rules()));
  else if (!output.json())
    output.text(format_table(rows));
  output.document(true, {{"rules", std::move(rules)}});
  return Exit::done;
}

Exit explain(Context& context, const lint::Linter& linter, const std::string& id) {
  for (const lint::RuleInfo& rule : linter.rules()) {
    if (rule.id != id) continue;
    Output& output = context.output();
    for (const std::string& line : lint::explanation(rule)) output.line(line);
    boost::json::object document = json_of(rule);
    document["doc"] = rule.doc;
    output.document(true, std::move(document));
    return Exit::done;
  }
  context.registry().require(extensions::Kind::rule, id, {});  // throws, with the nearest id
  return Exit::configuration;
}

void show(Output& output, const lint::Report& report, const lint::Linter& linter) {
  if (const auto format = lint::format_named(output.format())) {
    output.text(lint::formatted(*format, report, linter.rules()));
    if (*format != lint::Format::concise && *format != lint::Format::markdown)
      for (const std::string& line : lint::unjudged_lines(report)) output.message(line);
    return;
  }
  if (output.json()) return;
  const auto painted = [&](Severity severity, std::string_view word) {
    return paint(output, severity, word);
  };
  for (const lint::Finding& finding : report.findings)
    for (const std::string& line : lint::text_lines(finding, painted)) output.line(line);
  for (const std::string& line : lint::summary_lines(report)) output.line(line);
}

// The files of the index stand in for those of the working tree. One that is not there, too, has
// nothing to stand in for.
void use_staged(Context& context, std::vector<lint::Input>& inputs, const lint::Changes& changes) {
  for (lint::Input& input : inputs)
    if (changes.has(input.source.name()))
      input.source = sql::Source(input.source.name(), changes.staged_text(input.source.name()));
  const config::Project* project = context.project_or_null();
  const fs::path root = project != nullptr ? project->root : fs::current_path();
  for (const std::string& file : changes.files())
    if (file.ends_with(".sql") && !fs::exists(root / file))
      context.output().warning(
          fmt::format("'{}' is staged and no longer there: it is not judged", file));
}

std::vector<migrations::Applied> applied_migrations(Context& context, const Arguments& arguments,
                                                    const std::optional<LintFacts>& facts) {
  if (facts) return facts->applied;
  if (!arguments.flag("applied")) return {};
  const auto connection = context.connect(context.environment());
  return migrations::Ledger(*connection).applied();
}

Exit write_baseline(Context& context, const std::string& file, const lint::Report& report) {
  const lint::Baseline baseline(report.findings);
  write_file(file, baseline.text());
  Output& output = context.output();
  output.line(fmt::format("accepted {} finding{} in {}", baseline.size(),
                          baseline.size() == 1 ? "" : "s", file));
  output.document(true, {{"accepted", baseline.size()}, {"file", file}});
  return Exit::done;
}

Exit run(Context& context, const Arguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  const Severity level = fail_level(arguments);
  const config::Project* project = context.project_or_null();
  const config::Linting unconfigured;
  const std::vector<std::string>& paths = arguments.positionals();
  const bool reads_stdin = std::find(paths.begin(), paths.end(), "-") != paths.end();
  if (arguments.text("stdin-name") && !reads_stdin)
    throw Error(host::errors::usage, "--stdin-name speaks of standard input, which is not read",
                "add '-' to the paths");
  std::optional<LiveDatabase> live;
  if (arguments.flag("live")) live.emplace(context, arguments);
  const bool asks =
      arguments.flag("list-rules") || arguments.text("explain");  // and judges nothing
  lint::RunOptions options = run_options(context, arguments);
  const std::shared_ptr<lint::Changes> changes = options.changes;
  if (live) {
    options.live = &live->connection();
    if (!arguments.text("server-version"))
      options.server.server_version = live->connection().server_version();
  }
  std::optional<LintFacts> facts = asks ? std::nullopt : lint_facts(context, arguments);
  if (facts) {
    options.facts = facts->connection.get();
    if (!arguments.text("server-version"))
      options.server.server_version = facts->connection->server_version();
  }
  // Read while the plugins are loaded; standard input is waited for once all else is well.
  LintInputs wanted{arguments.positionals(), arguments.text("kind"), arguments.text("stdin-name")};
  if (!asks && !live) wanted.applied = applied_migrations(context, arguments, facts);
  const bool later = asks || live || reads_stdin;
  std::future<ReadInputs> reading =
      std::async(later ? std::launch::deferred : std::launch::async,
                 [&context, &wanted] { return lint_inputs(context, wanted); });
  lint::Linter linter(context.registry(), project != nullptr ? project->linting : unconfigured,
                      context.session(), rule_choice(arguments), std::move(options));
  Output& output = context.output();
  if (arguments.flag("list-rules")) return list_rules(output, linter);
  if (const auto id = arguments.text("explain")) return explain(context, linter, *id);

  ReadInputs read = live ? ReadInputs{live->inputs(), {}} : reading.get();
  for (const std::string& warning : read.warnings) output.warning(warning);
  std::vector<lint::Input> inputs = std::move(read.inputs);
  if (facts && facts->schema) inputs.push_back(std::move(*facts->schema));
  if (arguments.flag("staged")) use_staged(context, inputs, *changes);
  Mended mended;
  if (mends(arguments))
    mended = mend(context, arguments, linter, std::move(inputs));
  else
    mended.report = linter.run(std::move(inputs));
  const lint::Report& report = mended.report;
  output.text(mended.diff);
  if (const auto file = arguments.text("write-baseline"))
    return write_baseline(context, *file, report);
  show(output, report, linter);
  bool failed = false;
  for (const lint::Finding& finding : report.findings) failed = failed || finding.severity >= level;
  if (output.json()) {
    boost::json::object fields = lint::json_fields(report);
    if (arguments.flag("diff")) fields["diff"] = mended.diff;
    fields["duration_ms"] = elapsed_ms(start);
    output.document(!failed, std::move(fields));
  }
  return failed ? Exit::findings : Exit::done;
}

}  // namespace

extern const Command lint_command{
    .name = "lint",
    .arguments = "[PATH...]",
    .summary = "judge the schema's files and the migrations",
    .options =
        {{"kind", "KIND",
          "what the paths are, or without any what of the project: schema or migration"},
         {"stdin-name", "PATH", "the file that standard input (-) stands for"},
         {"live", "", "judge the environment's database, by its catalog and its statistics"},
         {"strict", "", "fail on warnings too"},
         {"fail-level", "LEVEL", "fail from this severity on: info, warning, error or critical"},
         {"select", "IDS", "only these rules or categories, also those that are off", true},
         {"ignore", "IDS", "all but these rules or categories", true},
         {"server-version", "N", "the PostgreSQL that the migrations are for, 15 by default"},
         {"in-transaction", "TRUTH", "whether a migration runs in a transaction, true by default"},
         {"applied", "", "read from the database which migrations are applied"},
         {"offline", "", "take an environment's timeouts only, and do not ask its database"},
         {"since", "REF", "only findings in what changed since a commit or branch of git"},
         {"staged", "", "only findings in what is staged for the next commit, as it is staged"},
         {"baseline", "FILE", "accept the findings that are in this file"},
         {"write-baseline", "FILE", "write all findings there, to be accepted from now on"},
         {"fix", "", "mend what can be mended safely"},
         {"unsafe-fixes", "", "mend also what changes the meaning of the SQL"},
         {"diff", "", "show what would be mended, and write nothing"},
         {"list-rules", "", "the rules that there are, instead of judging"},
         {"explain", "ID", "what a rule means, with a bad and a good example"}},
    .least_positionals = 0,
    .most_positionals = static_cast<std::size_t>(-1),
    .run = run,
    .formats = {"concise", "sarif", "junit", "github", "gitlab", "checkstyle", "markdown"}};

}  // namespace host::cli
