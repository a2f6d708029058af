// SPDX-License-Identifier: MIT
#include "host/cli/schema_build.hpp"

#include <fmt/format.h>

#include "host/cli/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/sql/schema_files.hpp"
#include "host/sql/tree.hpp"

namespace host::cli {
namespace {

constexpr std::string_view one_transaction = "a schema is built in one transaction";

// A statement's tree where it is of that kind, else nullptr.
const sql::tree::Object* tree_of(const sql::Statement& statement, std::string_view kind) {
  return statement.tree == nullptr ? nullptr : statement.tree->if_contains(kind);
}

bool copies_from_client(const sql::Statement& statement) {
  const sql::tree::Object* copy = tree_of(statement, "CopyStmt");
  return copy != nullptr && copy->contains("is_from") && !copy->contains("filename");
}

void check(const sql::Statement& statement) {
  const auto refuse = [&](std::string message, std::string_view hint, const Place& place) {
    throw Error(errors::not_buildable, std::move(message), std::string(hint), place);
  };
  using Kind = sql::ParseError::Kind;
  if (statement.error && statement.error->kind == Kind::bad_bytes)
    refuse(statement.error->message, "save the file as UTF-8 text, without NUL bytes",
           statement.error->place);
  if (statement.error && statement.error->kind != Kind::syntax)
    refuse(statement.error->message, "take it out of the schema's files", statement.error->place);
  if (copies_from_client(statement))
    refuse("COPY from standard input, which only psql can serve", "use INSERT instead",
           statement.place);
  if (statement.transaction_control ||
      (statement.error && sql::has_transaction_control(statement.text)))
    refuse(fmt::format("'{}' would end or open a transaction",
                       statement.tag.empty() ? split_text(statement.text, '\n')[0] : statement.tag),
           fmt::format("take it out: {}", one_transaction), statement.place);
  if (statement.outside_transaction)
    refuse(fmt::format("{} cannot run inside a transaction", statement.no_transaction_reason),
           fmt::format("{}: write the form that can", one_transaction), statement.place);
}

// Whether whatever follows the text would be a statement of its own.
bool ends_its_last_statement(const sql::Script& script) {
  if (script.statements().empty()) return true;
  const std::string text(script.source().text());
  if (trim(text).ends_with(';')) return true;
  const sql::Script longer = sql::parse_script(sql::Source("", text + "\nSELECT 1"));
  return longer.statements().size() == script.statements().size() + 1;
}

// Where the server found the error: its line and column count within the statement.
Place place_within(const sql::Statement& statement, const postgres::SqlError& error) {
  Place place = statement.place;
  if (error.line() == 0) return place;
  place.column = error.line() == 1 ? place.column + error.column() - 1 : error.column();
  place.line += error.line() - 1;
  return place;
}

}  // namespace

SchemaBuild read_schema(const config::Project& project, const config::Environment& environment) {
  const std::vector<sql::SchemaFile> files = sql::schema_files(project, environment);
  if (files.empty())
    throw Error(
        errors::no_files, "no file in db/schema belongs to the schema",
        fmt::format("add one; the patterns are {}", join_words(environment.schema_include)));
  std::vector<sql::Source> sources;
  sources.reserve(files.size());
  for (const sql::SchemaFile& file : files) sources.emplace_back(file.name, read_file(file.path));

  SchemaBuild build;
  sql::parse_scripts(std::move(sources), [&](sql::Script script) {
    build.statement_count += script.statements().size();
    for (const sql::Statement& statement : script.statements()) {
      check(statement);
      if (statement.error) build.unread.push_back(*statement.error);
    }
    build.scripts.push_back(std::move(script));
  });
  return build;
}

std::string one_file(const SchemaBuild& build) {
  std::string text;
  for (const sql::Script& script : build.scripts) {
    if (!text.empty()) text += '\n';
    text += fmt::format("-- {}\n{}", script.source().name(), script.source().text());
    if (!text.ends_with('\n')) text += '\n';
    if (!ends_its_last_statement(script)) text += ";\n";
  }
  return text;
}

void run_schema(const SchemaBuild& build, postgres::Connection& connection) {
  for (const sql::Script& script : build.scripts) {
    for (const sql::Statement& statement : script.statements()) {
      try {
        connection.execute(statement.text);
      } catch (const postgres::SqlError& error) {
        throw error.at(place_within(statement, error));
      }
    }
  }
}

std::vector<std::string> created_extensions(const SchemaBuild& build) {
  std::vector<std::string> names;
  for (const sql::Script& script : build.scripts) {
    for (const sql::Statement& statement : script.statements()) {
      const sql::tree::Object* tree = tree_of(statement, "CreateExtensionStmt");
      if (tree != nullptr && !tree->contains("if_not_exists"))
        names.emplace_back(sql::tree::text(*tree, "extname"));
    }
  }
  return names;
}

}  // namespace host::cli
