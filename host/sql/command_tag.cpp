// SPDX-License-Identifier: MIT
#include "host/sql/command_tag.hpp"

#include <map>
#include <string>

#include "host/sql/tree.hpp"

namespace host::sql {
namespace {

using Names = std::map<std::string_view, std::string_view>;

const Names& plain_tags() {
  static const Names names{
      {"InsertStmt", "INSERT"},
      {"UpdateStmt", "UPDATE"},
      {"DeleteStmt", "DELETE"},
      {"MergeStmt", "MERGE"},
      {"CreateStmt", "CREATE TABLE"},
      {"CreateForeignTableStmt", "CREATE FOREIGN TABLE"},
      {"CreateSchemaStmt", "CREATE SCHEMA"},
      {"CreateTableSpaceStmt", "CREATE TABLESPACE"},
      {"DropTableSpaceStmt", "DROP TABLESPACE"},
      {"AlterTableSpaceOptionsStmt", "ALTER TABLESPACE"},
      {"AlterTableMoveAllStmt", "ALTER TABLESPACE"},
      {"CreateExtensionStmt", "CREATE EXTENSION"},
      {"AlterExtensionStmt", "ALTER EXTENSION"},
      {"AlterExtensionContentsStmt", "ALTER EXTENSION"},
      {"CreateFdwStmt", "CREATE FOREIGN DATA WRAPPER"},
      {"AlterFdwStmt", "ALTER FOREIGN DATA WRAPPER"},
      {"CreateForeignServerStmt", "CREATE SERVER"},
      {"AlterForeignServerStmt", "ALTER SERVER"},
      {"CreateUserMappingStmt", "CREATE USER MAPPING"},
      {"AlterUserMappingStmt", "ALTER USER MAPPING"},
      {"DropUserMappingStmt", "DROP USER MAPPING"},
      {"ImportForeignSchemaStmt", "IMPORT FOREIGN SCHEMA"},
      {"CreateDomainStmt", "CREATE DOMAIN"},
      {"AlterDomainStmt", "ALTER DOMAIN"},
      {"CompositeTypeStmt", "CREATE TYPE"},
      {"CreateEnumStmt", "CREATE TYPE"},
      {"CreateRangeStmt", "CREATE TYPE"},
      {"AlterEnumStmt", "ALTER TYPE"},
      {"AlterTypeStmt", "ALTER TYPE"},
      {"ViewStmt", "CREATE VIEW"},
      {"IndexStmt", "CREATE INDEX"},
      {"RuleStmt", "CREATE RULE"},
      {"CreateSeqStmt", "CREATE SEQUENCE"},
      {"AlterSeqStmt", "ALTER SEQUENCE"},
      {"DoStmt", "DO"},
      {"CallStmt", "CALL"},
      {"CreatedbStmt", "CREATE DATABASE"},
      {"AlterDatabaseStmt", "ALTER DATABASE"},
      {"AlterDatabaseRefreshCollStmt", "ALTER DATABASE"},
      {"AlterDatabaseSetStmt", "ALTER DATABASE"},
      {"DropdbStmt", "DROP DATABASE"},
      {"NotifyStmt", "NOTIFY"},
      {"ListenStmt", "LISTEN"},
      {"UnlistenStmt", "UNLISTEN"},
      {"LoadStmt", "LOAD"},
      {"CopyStmt", "COPY"},
      {"CommentStmt", "COMMENT"},
      {"SecLabelStmt", "SECURITY LABEL"},
      {"AlterDefaultPrivilegesStmt", "ALTER DEFAULT PRIVILEGES"},
      {"TruncateStmt", "TRUNCATE TABLE"},
      {"ClusterStmt", "CLUSTER"},
      {"ExplainStmt", "EXPLAIN"},
      {"RefreshMatViewStmt", "REFRESH MATERIALIZED VIEW"},
      {"AlterSystemStmt", "ALTER SYSTEM"},
      {"VariableShowStmt", "SHOW"},
      {"CreateTrigStmt", "CREATE TRIGGER"},
      {"CreateEventTrigStmt", "CREATE EVENT TRIGGER"},
      {"AlterEventTrigStmt", "ALTER EVENT TRIGGER"},
      {"CreatePLangStmt", "CREATE LANGUAGE"},
      {"CreateRoleStmt", "CREATE ROLE"},
      {"AlterRoleStmt", "ALTER ROLE"},
      {"AlterRoleSetStmt", "ALTER ROLE"},
      {"DropRoleStmt", "DROP ROLE"},
      {"DropOwnedStmt", "DROP OWNED"},
      {"ReassignOwnedStmt", "REASSIGN OWNED"},
      {"LockStmt", "LOCK TABLE"},
      {"ConstraintsSetStmt", "SET CONSTRAINTS"},
      {"CheckPointStmt", "CHECKPOINT"},
      {"ReindexStmt", "REINDEX"},
      {"CreateConversionStmt", "CREATE CONVERSION"},
      {"CreateCastStmt", "CREATE CAST"},
      {"CreateOpClassStmt", "CREATE OPERATOR CLASS"},
      {"CreateOpFamilyStmt", "CREATE OPERATOR FAMILY"},
      {"AlterOpFamilyStmt", "ALTER OPERATOR FAMILY"},
      {"AlterOperatorStmt", "ALTER OPERATOR"},
      {"AlterTSDictionaryStmt", "ALTER TEXT SEARCH DICTIONARY"},
      {"AlterTSConfigurationStmt", "ALTER TEXT SEARCH CONFIGURATION"},
      {"CreatePolicyStmt", "CREATE POLICY"},
      {"AlterPolicyStmt", "ALTER POLICY"},
      {"CreateAmStmt", "CREATE ACCESS METHOD"},
      {"CreateTransformStmt", "CREATE TRANSFORM"},
      {"CreatePublicationStmt", "CREATE PUBLICATION"},
      {"AlterPublicationStmt", "ALTER PUBLICATION"},
      {"CreateSubscriptionStmt", "CREATE SUBSCRIPTION"},
      {"AlterSubscriptionStmt", "ALTER SUBSCRIPTION"},
      {"DropSubscriptionStmt", "DROP SUBSCRIPTION"},
      {"CreateStatsStmt", "CREATE STATISTICS"},
      {"AlterStatsStmt", "ALTER STATISTICS"},
      {"AlterCollationStmt", "ALTER COLLATION"},
      {"PrepareStmt", "PREPARE"},
      {"ExecuteStmt", "EXECUTE"},
      {"DeclareCursorStmt", "DECLARE CURSOR"},
  };
  return names;
}

// What DROP and ALTER call the kind of an object.
std::string_view object_word(std::string_view object_type) {
  static const Names names{
      {"OBJECT_ACCESS_METHOD", "ACCESS METHOD"},
      {"OBJECT_AGGREGATE", "AGGREGATE"},
      {"OBJECT_ATTRIBUTE", "TYPE"},
      {"OBJECT_CAST", "CAST"},
      {"OBJECT_COLLATION", "COLLATION"},
      {"OBJECT_COLUMN", "TABLE"},
      {"OBJECT_CONVERSION", "CONVERSION"},
      {"OBJECT_DATABASE", "DATABASE"},
      {"OBJECT_DOMAIN", "DOMAIN"},
      {"OBJECT_DOMCONSTRAINT", "DOMAIN"},
      {"OBJECT_EVENT_TRIGGER", "EVENT TRIGGER"},
      {"OBJECT_EXTENSION", "EXTENSION"},
      {"OBJECT_FDW", "FOREIGN DATA WRAPPER"},
      {"OBJECT_FOREIGN_SERVER", "SERVER"},
      {"OBJECT_FOREIGN_TABLE", "FOREIGN TABLE"},
      {"OBJECT_FUNCTION", "FUNCTION"},
      {"OBJECT_INDEX", "INDEX"},
      {"OBJECT_LANGUAGE", "LANGUAGE"},
      {"OBJECT_LARGEOBJECT", "LARGE OBJECT"},
      {"OBJECT_MATVIEW", "MATERIALIZED VIEW"},
      {"OBJECT_OPCLASS", "OPERATOR CLASS"},
      {"OBJECT_OPERATOR", "OPERATOR"},
      {"OBJECT_OPFAMILY", "OPERATOR FAMILY"},
      {"OBJECT_POLICY", "POLICY"},
      {"OBJECT_PROCEDURE", "PROCEDURE"},
      {"OBJECT_PUBLICATION", "PUBLICATION"},
      {"OBJECT_ROLE", "ROLE"},
      {"OBJECT_ROUTINE", "ROUTINE"},
      {"OBJECT_RULE", "RULE"},
      {"OBJECT_SCHEMA", "SCHEMA"},
      {"OBJECT_SEQUENCE", "SEQUENCE"},
      {"OBJECT_STATISTIC_EXT", "STATISTICS"},
      {"OBJECT_SUBSCRIPTION", "SUBSCRIPTION"},
      {"OBJECT_TABCONSTRAINT", "TABLE"},
      {"OBJECT_TABLE", "TABLE"},
      {"OBJECT_TABLESPACE", "TABLESPACE"},
      {"OBJECT_TRANSFORM", "TRANSFORM"},
      {"OBJECT_TRIGGER", "TRIGGER"},
      {"OBJECT_TSCONFIGURATION", "TEXT SEARCH CONFIGURATION"},
      {"OBJECT_TSDICTIONARY", "TEXT SEARCH DICTIONARY"},
      {"OBJECT_TSPARSER", "TEXT SEARCH PARSER"},
      {"OBJECT_TSTEMPLATE", "TEXT SEARCH TEMPLATE"},
      {"OBJECT_TYPE", "TYPE"},
      {"OBJECT_VIEW", "VIEW"},
  };
  const auto found = names.find(object_type);
  return found == names.end() ? std::string_view("OBJECT") : found->second;
}

std::string with_object(std::string_view verb, std::string_view object_type) {
  return std::string(verb).append(" ").append(object_word(object_type));
}

std::string transaction_tag(std::string_view kind) {
  static const Names names{
      {"TRANS_STMT_BEGIN", "BEGIN"},
      {"TRANS_STMT_START", "START TRANSACTION"},
      {"TRANS_STMT_COMMIT", "COMMIT"},
      {"TRANS_STMT_ROLLBACK", "ROLLBACK"},
      {"TRANS_STMT_ROLLBACK_TO", "ROLLBACK"},
      {"TRANS_STMT_SAVEPOINT", "SAVEPOINT"},
      {"TRANS_STMT_RELEASE", "RELEASE"},
      {"TRANS_STMT_PREPARE", "PREPARE TRANSACTION"},
      {"TRANS_STMT_COMMIT_PREPARED", "COMMIT PREPARED"},
      {"TRANS_STMT_ROLLBACK_PREPARED", "ROLLBACK PREPARED"},
  };
  const auto found = names.find(kind);
  return found == names.end() ? std::string() : std::string(found->second);
}

// The tag of a node whose fields decide it; empty for any other.
std::string decided_tag(std::string_view type, const tree::Object& node) {
  const auto has = [&](std::string_view key) { return tree::find(node, key) != nullptr; };
  if (type == "TransactionStmt") return transaction_tag(tree::text(node, "kind"));
  if (type == "SelectStmt") return has("intoClause") ? "SELECT INTO" : "SELECT";
  if (type == "AlterTableStmt") return with_object("ALTER", tree::text(node, "objtype"));
  if (type == "DropStmt") return with_object("DROP", tree::text(node, "removeType"));
  if (type == "DefineStmt") return with_object("CREATE", tree::text(node, "kind"));
  if (type == "AlterFunctionStmt") return with_object("ALTER", tree::text(node, "objtype"));
  if (type == "RenameStmt") {
    const std::string_view renamed = tree::text(node, "renameType");
    return with_object("ALTER",
                       renamed == "OBJECT_COLUMN" ? tree::text(node, "relationType") : renamed);
  }
  if (type == "AlterObjectSchemaStmt" || type == "AlterOwnerStmt" ||
      type == "AlterObjectDependsStmt")
    return with_object("ALTER", tree::text(node, "objectType"));
  if (type == "CreateTableAsStmt") {
    if (tree::text(node, "objtype") == "OBJECT_MATVIEW") return "CREATE MATERIALIZED VIEW";
    return tree::truth(node, "is_select_into") ? "SELECT INTO" : "CREATE TABLE AS";
  }
  if (type == "CreateFunctionStmt")
    return tree::truth(node, "is_procedure") ? "CREATE PROCEDURE" : "CREATE FUNCTION";
  if (type == "VariableSetStmt")
    return tree::text(node, "kind").starts_with("VAR_RESET") ? "RESET" : "SET";
  if (type == "DiscardStmt")
    return "DISCARD " + std::string(tree::text(node, "target").substr(sizeof("DISCARD_") - 1));
  if (type == "VacuumStmt") return tree::truth(node, "is_vacuumcmd") ? "VACUUM" : "ANALYZE";
  if (type == "GrantStmt") return tree::truth(node, "is_grant") ? "GRANT" : "REVOKE";
  if (type == "GrantRoleStmt") return tree::truth(node, "is_grant") ? "GRANT ROLE" : "REVOKE ROLE";
  if (type == "FetchStmt") return tree::truth(node, "ismove") ? "MOVE" : "FETCH";
  if (type == "ClosePortalStmt") return has("portalname") ? "CLOSE CURSOR" : "CLOSE CURSOR ALL";
  if (type == "DeallocateStmt") return has("name") ? "DEALLOCATE" : "DEALLOCATE ALL";
  return {};
}

// An option of a list of DefElem; nullptr when it is not there.
const tree::Object* option(const tree::Array& options, std::string_view name) {
  for (const tree::Value& item : options) {
    const tree::Object& element = tree::body(item, "DefElem");
    if (tree::text(element, "defname") == name) return &element;
  }
  return nullptr;
}

// A truth as options write it: nothing, true, on, 1, ...
bool option_truth(const tree::Array& options, std::string_view name, bool otherwise) {
  const tree::Object* element = option(options, name);
  if (element == nullptr) return otherwise;
  const tree::Value* value = tree::find(*element, "arg");
  if (value == nullptr) return true;
  const std::string_view type = tree::type(*value);
  if (type == "Boolean") return tree::truth(tree::body(*value), "boolval");
  if (type == "Integer") return tree::number(tree::body(*value), "ival") != 0;
  const std::string_view word = tree::string_value(*value);
  return word != "false" && word != "off" && word != "0" && word != "no";
}

std::string subscription_reason(std::string_view type, const tree::Object& node) {
  const tree::Array& options = tree::array(node, "options");
  if (type == "CreateSubscriptionStmt") {
    const bool connects = option_truth(options, "connect", true);
    return option_truth(options, "create_slot", connects) ? "CREATE SUBSCRIPTION with a slot" : "";
  }
  const std::string_view kind = tree::text(node, "kind");
  const bool publications = kind == "ALTER_SUBSCRIPTION_SET_PUBLICATION" ||
                            kind == "ALTER_SUBSCRIPTION_ADD_PUBLICATION" ||
                            kind == "ALTER_SUBSCRIPTION_DROP_PUBLICATION";
  if (kind == "ALTER_SUBSCRIPTION_REFRESH" ||
      (publications && option_truth(options, "refresh", true)))
    return "ALTER SUBSCRIPTION with a refresh";
  return {};
}

std::string no_transaction_reason(std::string_view type, const tree::Object& node,
                                  const std::string& tag) {
  if (type == "IndexStmt" && tree::truth(node, "concurrent")) return "CREATE INDEX CONCURRENTLY";
  if (type == "DropStmt" && tree::truth(node, "concurrent")) return "DROP INDEX CONCURRENTLY";
  if (type == "ReindexStmt") {
    if (option_truth(tree::array(node, "params"), "concurrently", false))
      return "REINDEX CONCURRENTLY";
    const std::string_view kind = tree::text(node, "kind").substr(sizeof("REINDEX_OBJECT_") - 1);
    return kind == "SCHEMA" || kind == "SYSTEM" || kind == "DATABASE"
               ? "REINDEX " + std::string(kind)
               : "";
  }
  if (type == "AlterTableStmt")
    for (const tree::Value& item : tree::array(node, "cmds")) {
      const tree::Value* definition = tree::find(tree::body(item), "def");
      if (definition != nullptr &&
          tree::truth(tree::body(*definition, "PartitionCmd"), "concurrent"))
        return "ALTER TABLE ... DETACH PARTITION CONCURRENTLY";
    }
  if (type == "AlterDatabaseStmt" && option(tree::array(node, "options"), "tablespace") != nullptr)
    return "ALTER DATABASE SET TABLESPACE";
  if (type == "ClusterStmt" && tree::find(node, "relation") == nullptr) return "CLUSTER";
  if (type == "CreateSubscriptionStmt" || type == "AlterSubscriptionStmt")
    return subscription_reason(type, node);
  for (const std::string_view other :
       {"VACUUM", "CREATE DATABASE", "DROP DATABASE", "CREATE TABLESPACE", "DROP TABLESPACE",
        "ALTER SYSTEM", "DISCARD ALL", "COMMIT PREPARED", "ROLLBACK PREPARED"})
    if (tag == other) return tag;
  return {};
}

}  // namespace

StatementFacts statement_facts(const tree::Value& statement) {
  const std::string_view type = tree::type(statement);
  const tree::Object& node = tree::body(statement);
  StatementFacts facts;
  facts.transaction_control = type == "TransactionStmt";
  const auto plain = plain_tags().find(type);
  facts.tag = plain != plain_tags().end() ? std::string(plain->second) : decided_tag(type, node);
  facts.no_transaction_reason = no_transaction_reason(type, node, facts.tag);
  return facts;
}

}  // namespace host::sql
