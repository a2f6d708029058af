// SPDX-License-Identifier: MIT
#include "host/hooks/condition.hpp"

#include <confiture/schema.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "host/foundation/text.hpp"

namespace host::hooks {
namespace {

std::size_t rank(std::string_view risk) {
  constexpr std::array<std::string_view, 5> risks{"none", "low", "medium", "high", "critical"};
  const auto found = std::find(risks.begin(), risks.end(), risk);
  return found == risks.end() ? 0 : static_cast<std::size_t>(found - risks.begin());
}

bool holds_for(const config::HookCondition& when, const sql::Node& migration) {
  if (!when.risk.empty() && rank(migration.text(CONFITURE_PROP_RISK)) < rank(when.risk))
    return false;
  if (when.statements.empty()) return true;
  const auto& statements = migration.list(CONFITURE_LIST_STATEMENTS);
  return std::any_of(statements.begin(), statements.end(), [&](const sql::Node* statement) {
    const std::string tag = lower_ascii(statement->text(CONFITURE_PROP_STATEMENT_TAG));
    return std::any_of(
        when.statements.begin(), when.statements.end(),
        [&](const std::string& pattern) { return matches_glob(tag, lower_ascii(pattern)); });
  });
}

bool holds(const config::HookCondition& when, const Event& event) {
  if (!when.direction.empty() && when.direction != event.direction) return false;
  if (when.risk.empty() && when.statements.empty()) return true;
  if (event.migration != nullptr) return holds_for(when, *event.migration);
  if (event.plan == nullptr) return false;
  const auto& plan = event.plan->list(CONFITURE_LIST_CHILDREN);
  return std::any_of(plan.begin(), plan.end(),
                     [&](const sql::Node* migration) { return holds_for(when, *migration); });
}

}  // namespace

bool takes_part(const Hook& hook, const Event& event) {
  if (hook.phase != event.phase) return false;
  if (event.part != Part::all && (event.part == Part::outside) != hook.outside()) return false;
  if (!event.migration_key.empty() && !matches_glob(event.migration_key, hook.migrations))
    return false;
  return holds(hook.when, event);
}

}  // namespace host::hooks
