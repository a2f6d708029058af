// SPDX-License-Identifier: MIT
#include "host/cli/lint_inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <unordered_set>

#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/reading.hpp"
#include "host/sql/schema_files.hpp"

namespace host::cli {
namespace {

namespace fs = std::filesystem;
using lint::SourceKind;

bool is_below(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

// With its variables replaced. What is wrong with these, or with its header, stops a migration and
// not the linter, which then takes the file as it stands.
sql::Source source_of(const migrations::File& file) {
  try {
    return migrations::read_source(file);
  } catch (const Error&) {
    return sql::Source(file.shown_as, file.text);
  }
}

// Whether it runs in a transaction, where its layout says so elsewhere than in a header comment.
std::optional<bool> transactional(const migrations::File& file) {
  if (file.transaction == migrations::TransactionRule::header) return std::nullopt;
  try {
    return migrations::read_statements(file).header.transactional;
  } catch (const Error&) {
    return std::nullopt;
  }
}

class Inputs {
 public:
  Inputs(Context& context, const LintInputs& wanted)
      : context_(context), project_(context.project_or_null()), stdin_name_(wanted.stdin_name) {
    for (const migrations::Applied& each : wanted.applied)
      applied_.emplace(each.version.number(), each);
    const std::optional<std::string>& kind = wanted.kind;
    if (!kind) return;
    const std::vector<std::string> known{"schema", "migration"};
    if (std::find(known.begin(), known.end(), *kind) == known.end())
      throw Error(host::errors::usage, fmt::format("unknown kind '{}' of --kind", *kind),
                  suggest_name(*kind, known));
    kind_ = *kind == "schema" ? SourceKind::schema : SourceKind::migration;
  }

  // All of it, or what is of the kind.
  void add_project() {
    const config::Project& project = context_.project();
    if (kind_ != SourceKind::migration) add_schema();
    if (kind_ != SourceKind::schema && fs::is_directory(project.migrations_dir()))
      add_path(project.migrations_dir());
  }

  void add_path(const fs::path& path) {
    if (path == "-") {
      std::string text{std::istreambuf_iterator<char>(std::cin), {}};
      if (!stdin_name_) {
        inputs_.push_back({sql::Source("<stdin>", std::move(text)),
                           kind_.value_or(SourceKind::schema), alone("<stdin>")});
        return;
      }
      const fs::path absolute = fs::weakly_canonical(*stdin_name_);
      const fs::path base = project_ != nullptr ? project_->root : fs::current_path();
      if (!seen_.insert(absolute.native()).second) return;
      inputs_.push_back({sql::Source(display_path(absolute, base), std::move(text)),
                         kind_of(absolute), alone(absolute)});
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

  std::size_t size() const { return inputs_.size(); }

  // What a part of the project is judged with: a file of the schema with the others, a migration
  // with those before it and after it.
  void add_context() {
    if (project_ == nullptr || kind_) return;
    const std::size_t given = inputs_.size();
    const auto some = [&](auto test) { return std::any_of(inputs_.begin(), inputs_.end(), test); };
    const bool migrations =
        some([](const lint::Input& one) { return one.kind != SourceKind::schema; });
    const bool schema = some([&](const lint::Input& one) {
      return one.kind == SourceKind::schema &&
             is_below(project_->root / one.source.name(), project_->schema_dir());
    });
    if (schema) add_schema();
    if (migrations) add_path(project_->migrations_dir());
    for (std::size_t i = given; i < inputs_.size(); ++i) inputs_[i].context = true;
  }

  void warn(std::string text) { warnings_.push_back(std::move(text)); }

  ReadInputs take() { return {std::move(inputs_), std::move(warnings_)}; }

 private:
  void add_schema() {
    const config::Project& project = context_.project();
    if (!fs::is_directory(project.schema_dir())) return;
    for (const sql::SchemaFile& file : sql::schema_files(project, context_.environment_of_files()))
      add_file(file.path, SourceKind::schema);
  }

  SourceKind kind_of(const fs::path& path) const {
    const bool migration = kind_
                               ? *kind_ == SourceKind::migration
                               : project_ != nullptr && is_below(path, project_->migrations_dir());
    if (!migration) return SourceKind::schema;
    return path.string().ends_with(".down.sql") ? SourceKind::unjudged : SourceKind::migration;
  }

  void add_file(const fs::path& path, SourceKind kind) {
    if (!seen_.insert(path.native()).second) return;
    const fs::path base = project_ != nullptr ? project_->root : fs::current_path();
    const std::string name = display_path(path, base);
    if (kind != SourceKind::schema && add_migration(name)) return;
    inputs_.push_back({sql::Source(name, read_file(path)), kind, alone(path)});
  }

  // Of a file that is not of the project's migrations: only a NAME.up.sql asks for a way down.
  static sql::MigrationFacts alone(const fs::path& path) {
    const std::string name = path.string();
    sql::MigrationFacts facts;
    facts.has_down =
        !name.ends_with(".up.sql") || fs::exists(sql::SchemaModel::stem(name) + ".down.sql");
    return facts;
  }

  // A file of the project's migrations as their layout has it: dbmate's holds both ways.
  bool add_migration(const std::string& name) {
    if (project_ == nullptr) return false;
    if (!ways_) read_ways();
    const auto [first, last] = ways_->equal_range(name);
    for (auto each = first; each != last; ++each) inputs_.push_back(each->second);
    return first != last;
  }

  void read_ways() {
    ways_.emplace();
    const auto add = [this](const migrations::File& file, SourceKind kind,
                            sql::MigrationFacts facts = {}) {
      ways_->emplace(file.shown_as, lint::Input{source_of(file), kind, std::move(facts)});
    };
    try {
      const migrations::Directory directory =
          migrations::read_directory(*project_, context_.environment_of_files());
      for (const migrations::Migration& each : directory.migrations) {
        sql::MigrationFacts facts = facts_of(each);
        const auto row = applied_.find(each.version.number());
        facts.applied = row != applied_.end() && !each.repeatable();
        facts.edited = facts.applied && row->second.checksum != each.up.checksum;
        add(each.up, SourceKind::migration, std::move(facts));
        if (each.down) add(*each.down, SourceKind::unjudged);
      }
    } catch (const Error& error) {
      warn(error.what());
      ways_->clear();
    }
  }

  Context& context_;
  const config::Project* project_;
  std::optional<std::string> stdin_name_;
  std::optional<SourceKind> kind_;
  std::unordered_set<std::string> seen_;
  std::map<std::string, migrations::Applied> applied_;           // by the numbers of their versions
  std::optional<std::multimap<std::string, lint::Input>> ways_;  // by the names of their files
  std::vector<lint::Input> inputs_;
  std::vector<std::string> warnings_;
};

}  // namespace

ReadInputs lint_inputs(Context& context, const LintInputs& wanted) {
  Inputs inputs(context, wanted);
  if (wanted.paths.empty()) inputs.add_project();
  for (const std::string& path : wanted.paths) {
    const std::size_t before = inputs.size();
    inputs.add_path(path);
    if (inputs.size() == before && wanted.paths.size() == 1)
      inputs.warn(fmt::format("no file of '{}' ends in .sql", path));
  }
  if (!wanted.paths.empty()) inputs.add_context();
  return inputs.take();
}

sql::MigrationFacts facts_of(const migrations::Migration& migration) {
  sql::MigrationFacts facts;
  facts.transactional = transactional(migration.up);
  facts.version = migration.repeatable() ? "" : migration.version.text();
  // Flyway's files seldom have one, and a repeatable one never has.
  facts.has_down = migration.down.has_value() || migration.repeatable() ||
                   migration.up.layout == config::Layout::flyway;
  return facts;
}

}  // namespace host::cli
