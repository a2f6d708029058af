// SPDX-License-Identifier: MIT
#include "host/config/environment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/config/database.hpp"
#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".yaml";

bool is_variable_name(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
  });
}

std::map<std::string, std::string> read_variables(const Value& section) {
  std::map<std::string, std::string> variables;
  for (const auto& [name, value] : as_map(section, "'variables'")) {
    if (!is_variable_name(name.text))
      throw Error(errors::wrong_type,
                  fmt::format("'{}' cannot name a variable", printable(name.text)),
                  "use letters, digits, '_', '.', '-' and ':', and a letter or '_' first", name.place);
    variables[name.text] = as_text(value, fmt::format("variable '{}'", name.text));
  }
  return variables;
}

void read_schema(const Value& section, Environment& environment) {
  Reader reader(section, "schema");
  if (reader.value("include") != nullptr) environment.schema_include = reader.texts("include");
  environment.schema_exclude = reader.texts("exclude");
  reader.finish();
}

void read_document(const Value& document, const fs::path& folder, bool has_url,
                   Environment& environment) {
  Reader reader(document, "");
  if (has_url) {
    reader.value("database");
  } else {
    environment.database = read_database(reader.required("database"), folder);
  }
  environment.protected_ = reader.boolean("protected").value_or(environment.protected_);
  environment.lock_timeout = reader.duration("lock_timeout").value_or(environment.lock_timeout);
  environment.lock_retry = reader.duration("lock_retry").value_or(environment.lock_retry);
  environment.statement_timeout =
      reader.duration("statement_timeout").value_or(environment.statement_timeout);
  environment.old_transaction =
      reader.duration("old_transaction").value_or(environment.old_transaction);
  if (const Value* schema = reader.value("schema")) read_schema(*schema, environment);
  if (const Value* variables = reader.value("variables"))
    environment.variables = read_variables(*variables);
  if (const auto layout = reader.choice("layout", layout_names()))
    environment.layout = parse_layout(*layout);
  reader.finish();
}

}  // namespace

std::vector<std::string> environment_names(const Project& project) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(project.environments_dir(), none))
    if (entry.path().extension() == suffix) names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

Environment load_environment(const Project& project, const std::string& name,
                             const std::optional<std::string>& database_url) {
  Environment environment;
  environment.name = name;
  const auto known = environment_names(project);
  const bool there = std::find(known.begin(), known.end(), name) != known.end();
  if (!there && !database_url)
    throw Error(errors::unknown_environment,
                fmt::format("unknown environment '{}'", printable(name)),
                known.empty() ? "add a file db/environments/" + printable(name) + ".yaml"
                              : suggest_name(name, known));
  if (database_url) environment.database = database_of_url(*database_url, "--database-url", {});
  if (there) {
    environment.file = project.environments_dir() / (name + std::string(suffix));
    const std::string shown = display_path(environment.file, project.root);
    read_document(parse_yaml(read_file(environment.file), shown), environment.file.parent_path(),
                  database_url.has_value(), environment);
  }
  return environment;
}

}  // namespace host::config
