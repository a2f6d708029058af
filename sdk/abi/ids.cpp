// SPDX-License-Identifier: MIT
// Every id string of the contract, compared when this is compiled. A change that is not an append
// gets the next number, and the old id stays.
#include <confiture/abi.h>

#include <string_view>

namespace {

constexpr bool same(std::string_view a, std::string_view b) {
  return a == b;
}

static_assert(same(CONFITURE_SERVICE_CONFIG, "confiture.config/1"));
static_assert(same(CONFITURE_SERVICE_SCHEMA, "confiture.schema/1"));
static_assert(same(CONFITURE_SERVICE_TREE, "confiture.tree/1"));
static_assert(same(CONFITURE_SERVICE_DB, "confiture.db/1"));
static_assert(same(CONFITURE_SERVICE_SECRET, "confiture.secret/1"));
static_assert(same(CONFITURE_SERVICE_CACHE, "confiture.cache/1"));
static_assert(same(CONFITURE_SERVICE_PROGRESS, "confiture.progress/1"));
static_assert(same(CONFITURE_SERVICE_METADATA, "confiture.metadata/1"));
static_assert(same(CONFITURE_METADATA_BACKUP, "backup.file"));
static_assert(same(CONFITURE_SERVICE_METADATA_V2, "confiture.metadata/2"));
static_assert(same(CONFITURE_KIND_ACTION, "confiture.action/1"));
static_assert(same(CONFITURE_KIND_STRATEGY, "confiture.strategy/1"));
static_assert(same(CONFITURE_KIND_RULE, "confiture.rule/1"));
static_assert(same(CONFITURE_KIND_CLASSIFIER, "confiture.classifier/1"));
static_assert(same(CONFITURE_SERVICE_RISK, "confiture.risk/1"));
static_assert(same(CONFITURE_SERVICE_LINT, "confiture.lint/1"));
static_assert(same(CONFITURE_SERVICE_LINTER, "confiture.linter/1"));

// The entry's name holds the major number.
static_assert(noexcept(confiture_plugin_v1(nullptr)));

}  // namespace
