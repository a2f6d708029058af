// SPDX-License-Identifier: MIT
#include "host/postgres/transaction.hpp"
#include "host/sync/compliance.hpp"
#include "host/sync/session_settings.hpp"

namespace host::sync {

std::string suggest_for(const Selection& selection, const config::Anonymization& anonymization,
                        const extensions::Registry& registry, postgres::Connection& source) {
  postgres::Transaction reading(source, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  pin_settings(source, std::chrono::milliseconds(2'000));
  const Catalog catalog = read_catalog(source);
  const StrategyBook book(anonymization.strategies, registry);
  const Decisions decisions(catalog, anonymization.tables, {}, book);
  return suggest_decisions(catalog, select_tables(catalog, selection), decisions, registry, source);
}

}  // namespace host::sync
