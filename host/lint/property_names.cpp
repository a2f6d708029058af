// SPDX-License-Identifier: MIT
#include "host/lint/property_names.hpp"

#include <confiture/schema.h>

#include <algorithm>
#include <utility>

#include "host/foundation/text.hpp"

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
    {"index_key", CONFITURE_NODE_INDEX_KEY},
    {"setting", CONFITURE_NODE_SETTING},
    {"argument", CONFITURE_NODE_ARGUMENT},
    {"enum_value", CONFITURE_NODE_ENUM_VALUE},
    {"reference", CONFITURE_NODE_REFERENCE},
};

constexpr Property properties[] = {
    {"name", CONFITURE_PROP_NAME},
    {"qualified_name", CONFITURE_PROP_QUALIFIED_NAME},
    {"comment", CONFITURE_PROP_COMMENT},
    {"sql", CONFITURE_PROP_SQL},
    {"type", CONFITURE_PROP_TYPE_NAME, "column sequence domain argument"},
    {"default", CONFITURE_PROP_DEFAULT_SQL, "column domain argument"},
    {"statement", CONFITURE_PROP_STATEMENT_TAG, "statement"},
    {"version", CONFITURE_PROP_VERSION, "file extension"},
    {"schema", CONFITURE_PROP_SCHEMA_NAME},
    {"constraint_kind", CONFITURE_PROP_CONSTRAINT_KIND, "constraint"},
    {"access_method", CONFITURE_PROP_ACCESS_METHOD, "index constraint table view"},
    {"predicate", CONFITURE_PROP_PREDICATE_SQL, "index constraint"},
    {"expression", CONFITURE_PROP_EXPRESSION_SQL, "column constraint index_key domain"},
    {"subcommand", CONFITURE_PROP_SUBCOMMAND, "subcommand"},
    {"behavior", CONFITURE_PROP_BEHAVIOR, "statement subcommand"},
    {"on_delete", CONFITURE_PROP_ON_DELETE, "constraint"},
    {"on_update", CONFITURE_PROP_ON_UPDATE, "constraint"},
    {"written_name", CONFITURE_PROP_WRITTEN_NAME},
    {"new_name", CONFITURE_PROP_NEW_NAME, "statement subcommand"},
    {"owner", CONFITURE_PROP_OWNER},
    {"language", CONFITURE_PROP_LANGUAGE, "function statement"},
    {"volatility", CONFITURE_PROP_VOLATILITY, "function"},
    {"parallel", CONFITURE_PROP_PARALLEL, "function"},
    {"signature", CONFITURE_PROP_SIGNATURE, "function"},
    {"return_type", CONFITURE_PROP_RETURN_TYPE, "function"},
    {"body", CONFITURE_PROP_BODY, "function statement"},
    {"body_error", CONFITURE_PROP_BODY_ERROR, "function statement"},
    {"privileges", CONFITURE_PROP_PRIVILEGES, "grant"},
    {"grantee", CONFITURE_PROP_GRANTEE, "grant"},
    {"object_type", CONFITURE_PROP_OBJECT_TYPE},
    {"command", CONFITURE_PROP_COMMAND, "policy rewrite_rule"},
    {"roles", CONFITURE_PROP_ROLES, "policy"},
    {"using", CONFITURE_PROP_USING_SQL, "policy subcommand"},
    {"check", CONFITURE_PROP_CHECK_SQL, "policy"},
    {"timing", CONFITURE_PROP_TIMING, "trigger"},
    {"events", CONFITURE_PROP_EVENTS, "trigger"},
    {"function_name", CONFITURE_PROP_FUNCTION_NAME, "trigger"},
    {"when", CONFITURE_PROP_WHEN_SQL, "trigger rewrite_rule"},
    {"partition_strategy", CONFITURE_PROP_PARTITION_STRATEGY, "table"},
    {"partition_key", CONFITURE_PROP_PARTITION_KEY_SQL, "table"},
    {"partition_bound", CONFITURE_PROP_PARTITION_BOUND_SQL, "table foreign_table"},
    {"collation", CONFITURE_PROP_COLLATION, "column domain index_key composite_type"},
    {"operator_class", CONFITURE_PROP_OPERATOR_CLASS, "index_key"},
    {"identity_kind", CONFITURE_PROP_IDENTITY_KIND, "column"},
    {"replica_identity", CONFITURE_PROP_REPLICA_IDENTITY, "table"},
    {"value", CONFITURE_PROP_VALUE, "statement setting"},
    {"label", CONFITURE_PROP_LABEL},
    {"lock_mode", CONFITURE_PROP_LOCK_MODE, "statement subcommand"},
    {"no_transaction_reason", CONFITURE_PROP_NO_TRANSACTION_REASON, "statement"},
    {"using_index", CONFITURE_PROP_USING_INDEX, "constraint"},
    {"argument_mode", CONFITURE_PROP_ARGUMENT_MODE, "argument"},
    {"referrer", CONFITURE_PROP_REFERRER, "reference"},
    {"type_sql", CONFITURE_PROP_TYPE_SQL, "column domain argument"},
    {"tablespace", CONFITURE_PROP_TABLESPACE},
    {"referenced_name", CONFITURE_PROP_REFERENCED_NAME, "constraint"},
    {"nullable", CONFITURE_PROP_NULLABLE, "column domain"},
    {"unique", CONFITURE_PROP_UNIQUE, "column index"},
    {"primary_key", CONFITURE_PROP_PRIMARY_KEY, "column"},
    {"max_length", CONFITURE_PROP_MAX_LENGTH, "column domain argument"},
    {"concurrently", CONFITURE_PROP_CONCURRENTLY, "index statement subcommand"},
    {"if_exists", CONFITURE_PROP_IF_EXISTS, "statement subcommand"},
    {"if_not_exists", CONFITURE_PROP_IF_NOT_EXISTS,
     "table index view sequence schema extension foreign_table statement subcommand"},
    {"valid", CONFITURE_PROP_VALID, "constraint statement subcommand"},
    {"partitioned", CONFITURE_PROP_PARTITIONED, "table"},
    {"partition", CONFITURE_PROP_PARTITION, "table foreign_table"},
    {"temporary", CONFITURE_PROP_TEMPORARY, "table view sequence foreign_table"},
    {"unlogged", CONFITURE_PROP_UNLOGGED, "table sequence foreign_table"},
    {"generated", CONFITURE_PROP_GENERATED, "column"},
    {"identity", CONFITURE_PROP_IDENTITY, "column"},
    {"materialized", CONFITURE_PROP_MATERIALIZED, "view"},
    {"in_transaction", CONFITURE_PROP_IN_TRANSACTION, "statement"},
    {"created_here", CONFITURE_PROP_CREATED_HERE, "statement subcommand"},
    {"named", CONFITURE_PROP_NAMED, "index constraint"},
    {"serial", CONFITURE_PROP_SERIAL, "column"},
    {"has_precision", CONFITURE_PROP_HAS_PRECISION, "column domain argument"},
    {"precision", CONFITURE_PROP_PRECISION, "column domain argument"},
    {"scale", CONFITURE_PROP_SCALE, "column domain argument"},
    {"array_dimensions", CONFITURE_PROP_ARRAY_DIMENSIONS, "column domain argument"},
    {"deferrable", CONFITURE_PROP_DEFERRABLE, "constraint trigger"},
    {"initially_deferred", CONFITURE_PROP_INITIALLY_DEFERRED, "constraint trigger"},
    {"nulls_not_distinct", CONFITURE_PROP_NULLS_NOT_DISTINCT, "index constraint"},
    {"descending", CONFITURE_PROP_DESCENDING, "index_key"},
    {"nulls_first", CONFITURE_PROP_NULLS_FIRST, "index_key"},
    {"security_definer", CONFITURE_PROP_SECURITY_DEFINER, "function"},
    {"replace", CONFITURE_PROP_REPLACE, "view function trigger rewrite_rule statement"},
    {"strict", CONFITURE_PROP_STRICT, "function"},
    {"leakproof", CONFITURE_PROP_LEAKPROOF, "function"},
    {"procedure", CONFITURE_PROP_PROCEDURE, "function"},
    {"public_execute", CONFITURE_PROP_PUBLIC_EXECUTE, "function"},
    {"row_security", CONFITURE_PROP_ROW_SECURITY, "table"},
    {"force_row_security", CONFITURE_PROP_FORCE_ROW_SECURITY, "table"},
    {"permissive", CONFITURE_PROP_PERMISSIVE, "policy"},
    {"grant_option", CONFITURE_PROP_GRANT_OPTION, "grant"},
    {"default_privilege", CONFITURE_PROP_DEFAULT_PRIVILEGE, "grant"},
    {"security_invoker", CONFITURE_PROP_SECURITY_INVOKER, "view"},
    {"security_barrier", CONFITURE_PROP_SECURITY_BARRIER, "view"},
    {"for_each_row", CONFITURE_PROP_FOR_EACH_ROW, "trigger"},
    {"default_partition", CONFITURE_PROP_DEFAULT_PARTITION, "table foreign_table"},
    {"assumed", CONFITURE_PROP_ASSUMED, "table"},
    {"has_where", CONFITURE_PROP_HAS_WHERE, "statement"},
    {"dynamic", CONFITURE_PROP_DYNAMIC, "statement"},
    {"in_body", CONFITURE_PROP_IN_BODY, "statement"},
    {"lock_timeout", CONFITURE_PROP_LOCK_TIMEOUT, "statement"},
    {"statement_timeout", CONFITURE_PROP_STATEMENT_TIMEOUT, "statement"},
    {"idle_timeout", CONFITURE_PROP_IDLE_TIMEOUT, "statement"},
    {"has_down", CONFITURE_PROP_HAS_DOWN, "file"},
    {"transaction_block", CONFITURE_PROP_TRANSACTION_BLOCK, "statement"},
    {"transactional", CONFITURE_PROP_TRANSACTIONAL, "file"},
    {"enabled", CONFITURE_PROP_ENABLED, "trigger"},
    {"only", CONFITURE_PROP_ONLY, "statement"},
    {"local", CONFITURE_PROP_LOCAL, "statement"},
    {"all_tables", CONFITURE_PROP_ALL_TABLES, "publication"},
    {"applied", CONFITURE_PROP_APPLIED, "file"},
    {"edited", CONFITURE_PROP_EDITED, "file"},
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

bool Property::is_of(std::string_view kind) const {
  if (kinds.empty()) return true;
  const std::vector<std::string> words = split_text(kinds, ' ');
  return std::find(words.begin(), words.end(), kind) != words.end();
}

std::vector<std::string> property_names(std::string_view kind) {
  std::vector<std::string> result;
  for (const Property& one : properties)
    if (one.is_of(kind)) result.emplace_back(one.name);
  return result;
}

}  // namespace host::lint
