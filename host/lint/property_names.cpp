// SPDX-License-Identifier: MIT
#include "host/lint/property_names.hpp"

#include <confiture/schema.h>

#include <algorithm>
#include <utility>

namespace host::lint {
namespace {

using Kind = std::pair<std::string_view, std::uint32_t>;

constexpr Kind kinds[] = {
    {"schema", CONFITURE_NODE_SCHEMA},
    {"table", CONFITURE_NODE_TABLE},
    {"column", CONFITURE_NODE_COLUMN},
    {"index", CONFITURE_NODE_INDEX},
    {"constraint", CONFITURE_NODE_CONSTRAINT},
    {"view", CONFITURE_NODE_VIEW},
    {"enum_type", CONFITURE_NODE_ENUM_TYPE},
    {"function", CONFITURE_NODE_FUNCTION},
    {"trigger", CONFITURE_NODE_TRIGGER},
    {"policy", CONFITURE_NODE_POLICY},
    {"grant", CONFITURE_NODE_GRANT},
    {"extension", CONFITURE_NODE_EXTENSION},
    {"file", CONFITURE_NODE_FILE},
    {"statement", CONFITURE_NODE_STATEMENT},
    {"subcommand", CONFITURE_NODE_SUBCOMMAND},
    {"database", CONFITURE_NODE_DATABASE},
    {"sequence", CONFITURE_NODE_SEQUENCE},
    {"domain", CONFITURE_NODE_DOMAIN},
    {"composite_type", CONFITURE_NODE_COMPOSITE_TYPE},
    {"range_type", CONFITURE_NODE_RANGE_TYPE},
    {"rewrite_rule", CONFITURE_NODE_REWRITE_RULE},
    {"role", CONFITURE_NODE_ROLE},
    {"publication", CONFITURE_NODE_PUBLICATION},
    {"foreign_table", CONFITURE_NODE_FOREIGN_TABLE},
};

constexpr Property properties[] = {
    {"name", CONFITURE_PROP_NAME},
    {"qualified_name", CONFITURE_PROP_QUALIFIED_NAME},
    {"comment", CONFITURE_PROP_COMMENT},
    {"sql", CONFITURE_PROP_SQL},
    {"type", CONFITURE_PROP_TYPE_NAME},
    {"default", CONFITURE_PROP_DEFAULT_SQL},
    {"statement", CONFITURE_PROP_STATEMENT_TAG},
    {"version", CONFITURE_PROP_VERSION},
    {"schema", CONFITURE_PROP_SCHEMA_NAME},
    {"constraint_kind", CONFITURE_PROP_CONSTRAINT_KIND},
    {"access_method", CONFITURE_PROP_ACCESS_METHOD},
    {"predicate", CONFITURE_PROP_PREDICATE_SQL},
    {"expression", CONFITURE_PROP_EXPRESSION_SQL},
    {"subcommand", CONFITURE_PROP_SUBCOMMAND},
    {"behavior", CONFITURE_PROP_BEHAVIOR},
    {"on_delete", CONFITURE_PROP_ON_DELETE},
    {"on_update", CONFITURE_PROP_ON_UPDATE},
    {"written_name", CONFITURE_PROP_WRITTEN_NAME},
    {"new_name", CONFITURE_PROP_NEW_NAME},
    {"owner", CONFITURE_PROP_OWNER},
    {"language", CONFITURE_PROP_LANGUAGE},
    {"volatility", CONFITURE_PROP_VOLATILITY},
    {"parallel", CONFITURE_PROP_PARALLEL},
    {"signature", CONFITURE_PROP_SIGNATURE},
    {"return_type", CONFITURE_PROP_RETURN_TYPE},
    {"body", CONFITURE_PROP_BODY},
    {"body_error", CONFITURE_PROP_BODY_ERROR},
    {"privileges", CONFITURE_PROP_PRIVILEGES},
    {"grantee", CONFITURE_PROP_GRANTEE},
    {"object_type", CONFITURE_PROP_OBJECT_TYPE},
    {"command", CONFITURE_PROP_COMMAND},
    {"roles", CONFITURE_PROP_ROLES},
    {"using", CONFITURE_PROP_USING_SQL},
    {"check", CONFITURE_PROP_CHECK_SQL},
    {"timing", CONFITURE_PROP_TIMING},
    {"events", CONFITURE_PROP_EVENTS},
    {"function_name", CONFITURE_PROP_FUNCTION_NAME},
    {"when", CONFITURE_PROP_WHEN_SQL},
    {"partition_strategy", CONFITURE_PROP_PARTITION_STRATEGY},
    {"partition_key", CONFITURE_PROP_PARTITION_KEY_SQL},
    {"partition_bound", CONFITURE_PROP_PARTITION_BOUND_SQL},
    {"collation", CONFITURE_PROP_COLLATION},
    {"operator_class", CONFITURE_PROP_OPERATOR_CLASS},
    {"identity_kind", CONFITURE_PROP_IDENTITY_KIND},
    {"replica_identity", CONFITURE_PROP_REPLICA_IDENTITY},
    {"value", CONFITURE_PROP_VALUE},
    {"label", CONFITURE_PROP_LABEL},
    {"lock_mode", CONFITURE_PROP_LOCK_MODE},
    {"no_transaction_reason", CONFITURE_PROP_NO_TRANSACTION_REASON},
    {"using_index", CONFITURE_PROP_USING_INDEX},
    {"argument_mode", CONFITURE_PROP_ARGUMENT_MODE},
    {"referrer", CONFITURE_PROP_REFERRER},
    {"type_sql", CONFITURE_PROP_TYPE_SQL},
    {"tablespace", CONFITURE_PROP_TABLESPACE},
    {"referenced_name", CONFITURE_PROP_REFERENCED_NAME},
    {"nullable", CONFITURE_PROP_NULLABLE},
    {"unique", CONFITURE_PROP_UNIQUE},
    {"primary_key", CONFITURE_PROP_PRIMARY_KEY},
    {"max_length", CONFITURE_PROP_MAX_LENGTH},
    {"concurrently", CONFITURE_PROP_CONCURRENTLY},
    {"if_exists", CONFITURE_PROP_IF_EXISTS},
    {"if_not_exists", CONFITURE_PROP_IF_NOT_EXISTS},
    {"valid", CONFITURE_PROP_VALID},
    {"partitioned", CONFITURE_PROP_PARTITIONED},
    {"partition", CONFITURE_PROP_PARTITION},
    {"temporary", CONFITURE_PROP_TEMPORARY},
    {"unlogged", CONFITURE_PROP_UNLOGGED},
    {"generated", CONFITURE_PROP_GENERATED},
    {"identity", CONFITURE_PROP_IDENTITY},
    {"materialized", CONFITURE_PROP_MATERIALIZED},
    {"in_transaction", CONFITURE_PROP_IN_TRANSACTION},
    {"created_here", CONFITURE_PROP_CREATED_HERE},
    {"named", CONFITURE_PROP_NAMED},
    {"serial", CONFITURE_PROP_SERIAL},
    {"has_precision", CONFITURE_PROP_HAS_PRECISION},
    {"precision", CONFITURE_PROP_PRECISION},
    {"scale", CONFITURE_PROP_SCALE},
    {"array_dimensions", CONFITURE_PROP_ARRAY_DIMENSIONS},
    {"deferrable", CONFITURE_PROP_DEFERRABLE},
    {"initially_deferred", CONFITURE_PROP_INITIALLY_DEFERRED},
    {"nulls_not_distinct", CONFITURE_PROP_NULLS_NOT_DISTINCT},
    {"descending", CONFITURE_PROP_DESCENDING},
    {"nulls_first", CONFITURE_PROP_NULLS_FIRST},
    {"security_definer", CONFITURE_PROP_SECURITY_DEFINER},
    {"replace", CONFITURE_PROP_REPLACE},
    {"strict", CONFITURE_PROP_STRICT},
    {"leakproof", CONFITURE_PROP_LEAKPROOF},
    {"procedure", CONFITURE_PROP_PROCEDURE},
    {"public_execute", CONFITURE_PROP_PUBLIC_EXECUTE},
    {"row_security", CONFITURE_PROP_ROW_SECURITY},
    {"force_row_security", CONFITURE_PROP_FORCE_ROW_SECURITY},
    {"permissive", CONFITURE_PROP_PERMISSIVE},
    {"grant_option", CONFITURE_PROP_GRANT_OPTION},
    {"default_privilege", CONFITURE_PROP_DEFAULT_PRIVILEGE},
    {"security_invoker", CONFITURE_PROP_SECURITY_INVOKER},
    {"security_barrier", CONFITURE_PROP_SECURITY_BARRIER},
    {"for_each_row", CONFITURE_PROP_FOR_EACH_ROW},
    {"default_partition", CONFITURE_PROP_DEFAULT_PARTITION},
    {"assumed", CONFITURE_PROP_ASSUMED},
    {"has_where", CONFITURE_PROP_HAS_WHERE},
    {"dynamic", CONFITURE_PROP_DYNAMIC},
    {"in_body", CONFITURE_PROP_IN_BODY},
    {"lock_timeout", CONFITURE_PROP_LOCK_TIMEOUT},
    {"statement_timeout", CONFITURE_PROP_STATEMENT_TIMEOUT},
    {"idle_timeout", CONFITURE_PROP_IDLE_TIMEOUT},
    {"has_down", CONFITURE_PROP_HAS_DOWN},
    {"transaction_block", CONFITURE_PROP_TRANSACTION_BLOCK},
    {"transactional", CONFITURE_PROP_TRANSACTIONAL},
    {"enabled", CONFITURE_PROP_ENABLED},
    {"only", CONFITURE_PROP_ONLY},
    {"local", CONFITURE_PROP_LOCAL},
    {"all_tables", CONFITURE_PROP_ALL_TABLES},
    {"applied", CONFITURE_PROP_APPLIED},
    {"edited", CONFITURE_PROP_EDITED},
};

template <typename List, typename Name>
std::vector<std::string> names(const List& list, Name name) {
  std::vector<std::string> result;
  for (const auto& one : list) result.emplace_back(name(one));
  return result;
}

}  // namespace

std::optional<std::uint32_t> node_kind_named(std::string_view name) {
  for (const auto& [known, kind] : kinds)
    if (known == name) return kind;
  return std::nullopt;
}

std::vector<std::string> node_kind_names() {
  return names(kinds, [](const Kind& kind) { return kind.first; });
}

const Property* property_named(std::string_view name) {
  const auto found = std::find_if(std::begin(properties), std::end(properties),
                                  [name](const Property& one) { return one.name == name; });
  return found == std::end(properties) ? nullptr : &*found;
}

std::vector<std::string> property_names() {
  return names(properties, [](const Property& one) { return one.name; });
}

}  // namespace host::lint
