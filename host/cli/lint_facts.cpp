// SPDX-License-Identifier: MIT
#include "host/cli/lint_facts.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "host/cli/context.hpp"
#include "host/cli/facts.hpp"
#include "host/postgres/embedded_server.hpp"
#include "host/postgres/transaction.hpp"
#include "host/sql/live_schema.hpp"

namespace host::cli {
namespace {

// Functions of the catalog that tell what a view is wait for whoever holds its tables.
lint::Input schema_of(postgres::Connection& connection) {
  postgres::Transaction transaction(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  std::string ddl;
  for (const sql::Source& source : sql::read_live_schema(connection)) ddl += source.text();
  transaction.commit();
  return {sql::Source("database", std::move(ddl)), lint::SourceKind::database, {}, true};
}

// Nothing is started for the sake of a look at it.
bool is_embedded_and_stopped(Context& context) {
  return context.environment().database.kind == config::Database::Kind::embedded &&
         !postgres::EmbeddedServer(context.project().root).status().running;
}

}  // namespace

std::optional<LintFacts> lint_facts(Context& context, const Arguments& arguments) {
  if (!context.globals().names_database || arguments.flag("live") || arguments.flag("offline") ||
      context.project_or_null() == nullptr)
    return std::nullopt;
  const auto warn = [&](std::string_view of, std::string_view why) {
    context.output().warning(
        fmt::format("migrations are judged without {} environment '{}', which does not answer: {}",
                    of, context.globals().environment, why));
  };
  std::optional<LintFacts> facts;
  try {
    if (is_embedded_and_stopped(context)) {
      warn("the database of", "the embedded server is not running");
      return std::nullopt;
    }
    auto connection = connect_for_facts(context);
    std::vector<migrations::Applied> applied = migrations::Ledger(*connection).applied();
    facts = LintFacts{std::move(connection), std::move(applied), std::nullopt};
    facts->schema = schema_of(*facts->connection);
  } catch (const Error& error) {
    warn(facts ? "the objects in the database of" : "the database of", error.message());
  }
  return facts;
}

}  // namespace host::cli
