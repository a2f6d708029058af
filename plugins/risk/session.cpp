// SPDX-License-Identifier: MIT
// Roles and rights, the cluster, and what a session sets for itself.
#include <charconv>
#include <utility>

#include "plugins/risk/reading.hpp"

namespace plugins::risk {
namespace {

struct Word {
  std::string_view type, form;
};

constexpr Word words[] = {
    {"GrantRoleStmt", "role.grant_role"},       {"AlterDefaultPrivilegesStmt", "priv.default"},
    {"DropRoleStmt", "role.drop"},              {"AlterRoleSetStmt", "db.alter_database_set"},
    {"CreatedbStmt", "db.create"},              {"DropdbStmt", "db.drop"},
    {"AlterSystemStmt", "db.alter_system"},     {"AlterDatabaseSetStmt", "db.alter_database_set"},
    {"AlterDatabaseStmt", "db.rename"},         {"CreateTableSpaceStmt", "db.create_tablespace"},
    {"DropTableSpaceStmt", "db.create_tablespace"},
    {"AlterTableSpaceOptionsStmt", "db.create_tablespace"},
    {"AlterTableMoveAllStmt", "tab.all_in_tablespace"}};

// Milliseconds of '5s', '500ms', '2min', 5000; 0 for 0 and for what cannot be read.
std::int64_t milliseconds(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return 0;
  std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  if (unit == "s") return value * 1000;
  if (unit == "min") return value * 60'000;
  return unit.empty() || unit == "ms" ? value : 0;
}

}  // namespace

bool Reader::read_access(std::string_view type) {
  const Name about = name_of(tree_["relation"], statement_);
  if (type == "GrantStmt") return grant(), true;
  if (type == "CreatePolicyStmt" || type == "AlterPolicyStmt") {
    const Name table = name_of(tree_["table"], statement_);
    say(type == "CreatePolicyStmt" ? "pol.create" : "pol.alter", table, statement_.target());
    return true;
  }
  if (type == "CreateRoleStmt" || type == "AlterRoleStmt") {
    bool power = false;
    for (const Tree& option : tree_["options"]) {
      const std::string_view name = option.text("defname");
      const bool listed = name == "superuser" || name == "bypassrls" || name == "createrole";
      power = power || (listed && option["arg"].truth("boolval"));
    }
    say(power ? "role.alter_superuser" : "role.create");
    return true;
  }
  if (type == "AlterOwnerStmt") {
    say(tree_.text("objectType") == "OBJECT_DATABASE" ? "db.rename" : "fn.owner");
    return true;
  }
  if (type == "AlterObjectSchemaStmt") {
    if (tree_.has("relation"))
      say("tab.set_schema", about, statement_.target());
    else
      say_other(Risk::high, "instant, but whoever uses the old name fails");
    return true;
  }
  if (type == "DropOwnedStmt" || type == "ReassignOwnedStmt") {
    Reading& reading = say(type == "DropOwnedStmt" ? "role.drop_owned" : "role.reassign_owned");
    for (const Tree& role : tree_["roles"])
      lock_all(reading, catalog_.tables_of_owner(role.text("rolename")), "ACCESS EXCLUSIVE");
    return true;
  }
  for (const auto& [name, form] : words)
    if (type == name) return say(form), true;
  return false;
}

void Reader::grant() {
  const bool gives = tree_.truth("is_grant");
  bool wide = gives && (!tree_.has("privileges") || tree_.truth("grant_option"));
  for (const Tree& role : tree_["grantees"])
    wide = wide || (gives && role.text("roletype") == "ROLESPEC_PUBLIC");
  const bool table = tree_.text("objtype") == "OBJECT_TABLE";
  Reading& reading = say(gives ? "tab.grant" : "tab.revoke");
  reading.security = true;
  if (!table || statement_.server_version() < 180000) reading.lock = "none";
  if (table && tree_.text("targtype") == "ACL_TARGET_OBJECT")
    reading.about = name_of(tree_["objects"].at(0), statement_);
  if (!wide) return;
  reading.risk = Risk::high;
  reading.reason = "it gives all rights, or to everybody, or the right to give them on";
}

bool Reader::read_session(std::string_view type) {
  if (type == "VariableSetStmt") return set_variable(), true;
  if (type == "TransactionStmt") {
    say(tree_.text("kind") == "TRANS_STMT_PREPARE" ? "sess.prepare_tx" : "sess.commit");
    return true;
  }
  if (type == "ConstraintsSetStmt" || type == "NotifyStmt" || type == "ListenStmt" ||
      type == "UnlistenStmt" || type == "VariableShowStmt" || type == "DeallocateStmt") {
    say_other(Risk::low, "of this session alone");
    return true;
  }
  if (type == "CheckPointStmt" || type == "DiscardStmt") {
    say_other(Risk::medium, "of the whole server, or of all that the session holds");
    return true;
  }
  return false;
}

void Reader::set_variable() {
  const std::string_view name = tree_.text("name");
  const bool sets = tree_.text("kind") == "VAR_SET_VALUE";
  const std::string value(statement_.value());
  if (name == "session_replication_role" && sets && value != "origin" && value != "local") {
    say("sess.replication_role").security = true;
  } else if (name == "role" || name == "session_authorization") {
    say("sess.set_role");
  } else if (name == "lock_timeout" || name == "statement_timeout") {
    const std::int64_t guard = name == "lock_timeout" ? statement_.lock_timeout()
                                                      : statement_.statement_timeout();
    const std::int64_t given = milliseconds(value);
    Reading& reading = say("sess.set_timeouts");
    if (sets && given > 0 && (guard == 0 || given <= guard)) {
      reading.risk = Risk::low;
      reading.reason = "no longer than the runner waits by itself";
    }
  } else if ((name == "row_security" || name == "search_path") && sets) {
    say("sess.set_security");
  } else {
    say_other(Risk::low, "a setting of this session");
  }
}

}  // namespace plugins::risk
