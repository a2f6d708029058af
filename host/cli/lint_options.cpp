// SPDX-License-Identifier: MIT
#include "host/cli/lint_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <system_error>

#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/lint/changes.hpp"

namespace host::cli {
namespace {

namespace fs = std::filesystem;
using lint::Severity;

// Ids as they are typed: several times, or with commas.
std::vector<std::string> ids(const Arguments& arguments, std::string_view option) {
  std::vector<std::string> result;
  for (const std::string& words : arguments.texts(option))
    for (const std::string& word : split_text(words, ','))
      if (!trim(word).empty()) result.emplace_back(trim(word));
  if (result.empty() && !arguments.texts(option).empty())
    throw Error(host::errors::usage, fmt::format("--{} names no rule", option),
                "give it ids or categories, such as naming,structure.require_primary_key");
  return result;
}

bool read_truth(const Arguments& arguments, std::string_view option, bool otherwise) {
  const auto given = arguments.text(option);
  if (!given) return otherwise;
  if (*given != "true" && *given != "false")
    throw Error(host::errors::usage, fmt::format("unknown value '{}' of --{}", *given, option),
                "known: true and false");
  return *given == "true";
}

fs::path root_of(Context& context) {
  const config::Project* project = context.project_or_null();
  return project != nullptr ? project->root : fs::current_path();
}

// Of a project that has migrations only.
bool has_no_schema(Context& context) {
  const config::Project* project = context.project_or_null();
  if (project == nullptr) return false;
  std::error_code none;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(project->schema_dir(), none))
    if (entry.path().extension() == ".sql") return false;
  return true;
}

}  // namespace

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

lint::Choice rule_choice(const Arguments& arguments) {
  return {ids(arguments, "select"), ids(arguments, "ignore")};
}

int server_version(const std::string& given) {
  const auto refuse = [&]() -> int {
    throw Error(host::errors::usage,
                fmt::format("--server-version takes a version of PostgreSQL, not '{}'", given),
                "such as 15 or 14.3");
  };
  int major = 0, minor = 0;
  const char* end = given.data() + given.size();
  const auto [dot, bad_major] = std::from_chars(given.data(), end, major);
  if (bad_major != std::errc() || major < 10 || major > 99) return refuse();
  if (dot == end) return major * 10000;
  if (*dot != '.') return refuse();
  const auto [rest, bad_minor] = std::from_chars(dot + 1, end, minor);
  if (bad_minor != std::errc() || rest != end || minor < 0) return refuse();
  return major * 10000 + minor;
}

sql::ModelOptions server_options(Context& context) {
  sql::ModelOptions server;
  if (context.project_or_null() == nullptr) return server;
  const config::Environment environment = context.environment_of_files();
  server.lock_timeout = environment.lock_timeout.count();
  server.statement_timeout = environment.statement_timeout.count();
  return server;
}

lint::RunOptions run_options(Context& context, const Arguments& arguments) {
  lint::RunOptions options;
  options.server = server_options(context);
  if (const auto given = arguments.text("server-version"))
    options.server.server_version = server_version(*given);
  options.server.in_transaction = read_truth(arguments, "in-transaction", true);
  options.chain_is_schema = has_no_schema(context);
  const config::Project* project = context.project_or_null();

  std::string baseline = arguments.text("baseline").value_or("");
  if (baseline.empty() && project != nullptr && !arguments.text("write-baseline"))
    baseline = project->linting.baseline;
  if (!baseline.empty())
    options.baseline = lint::Baseline::read(
        arguments.text("baseline") ? fs::path(baseline) : root_of(context) / baseline, baseline);

  const auto since = arguments.text("since");
  if (since && arguments.flag("staged"))
    throw Error(host::errors::usage, "--since and --staged do not go together", "choose one");
  if (since)
    options.changes =
        std::make_shared<lint::Changes>(lint::Changes::since(root_of(context), *since));
  if (arguments.flag("staged"))
    options.changes = std::make_shared<lint::Changes>(lint::Changes::staged(root_of(context)));
  return options;
}

}  // namespace host::cli
