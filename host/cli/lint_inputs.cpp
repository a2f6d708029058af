// SPDX-License-Identifier: MIT
#include "host/cli/lint_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <set>

#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/sql/schema_files.hpp"

namespace host::cli {
namespace {

namespace fs = std::filesystem;
using lint::SourceKind;

bool is_below(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

// Linting reads the environment's choice of files and never its database, whose address may be
// unknown here. Without a file for the default environment every schema file counts.
config::Environment environment_of(Context& context, const config::Project& project) {
  const std::string& name = context.globals().environment;
  const std::vector<std::string> known = config::environment_names(project);
  const bool there = std::find(known.begin(), known.end(), name) != known.end();
  if (!there && name != Globals{}.environment) return context.environment(name);  // says why not
  return config::load_environment(project, name, std::string("postgresql:///"));
}

class Inputs {
 public:
  Inputs(Context& context, const std::optional<std::string>& kind)
      : context_(context), project_(context.project_or_null()) {
    if (!kind) return;
    const std::vector<std::string> known{"schema", "migration"};
    if (std::find(known.begin(), known.end(), *kind) == known.end())
      throw Error(host::errors::usage, fmt::format("unknown kind '{}' of --kind", *kind),
                  suggest_name(*kind, known));
    kind_ = *kind == "schema" ? SourceKind::schema : SourceKind::migration;
  }

  void add_project() {
    const config::Project& project = context_.project();
    if (fs::is_directory(project.schema_dir()))
      for (const sql::SchemaFile& file :
           sql::schema_files(project, environment_of(context_, project)))
        add_file(file.path, kind_.value_or(SourceKind::schema));
    if (fs::is_directory(project.migrations_dir())) add_path(project.migrations_dir());
  }

  void add_path(const fs::path& path) {
    if (path == "-") {
      std::string text{std::istreambuf_iterator<char>(std::cin), {}};
      inputs_.push_back(
          {sql::Source("<stdin>", std::move(text)), kind_.value_or(SourceKind::schema)});
      return;
    }
    std::error_code ignored;
    fs::path absolute = fs::weakly_canonical(path, ignored);
    if (absolute.empty()) absolute = fs::absolute(path);
    if (!fs::is_directory(absolute)) return add_file(absolute, kind_of(absolute));
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(absolute))
      if (entry.is_regular_file() && entry.path().extension() == ".sql")
        add_file(entry.path(), kind_of(entry.path()));
  }

  std::vector<lint::Input> take() { return std::move(inputs_); }

 private:
  SourceKind kind_of(const fs::path& path) const {
    const bool migration = kind_
                               ? *kind_ == SourceKind::migration
                               : project_ != nullptr && is_below(path, project_->migrations_dir());
    if (!migration) return SourceKind::schema;
    return path.string().ends_with(".down.sql") ? SourceKind::unjudged : SourceKind::migration;
  }

  void add_file(const fs::path& path, SourceKind kind) {
    if (!seen_.insert(path).second) return;
    const fs::path base = project_ != nullptr ? project_->root : fs::current_path();
    inputs_.push_back({sql::Source(display_path(path, base), read_file(path)), kind});
  }

  Context& context_;
  const config::Project* project_;
  std::optional<SourceKind> kind_;
  std::set<fs::path> seen_;
  std::vector<lint::Input> inputs_;
};

}  // namespace

std::vector<lint::Input> lint_inputs(Context& context, const std::vector<std::string>& paths,
                                     const std::optional<std::string>& kind) {
  Inputs inputs(context, kind);
  if (paths.empty()) inputs.add_project();
  for (const std::string& path : paths) inputs.add_path(path);
  return inputs.take();
}

}  // namespace host::cli
