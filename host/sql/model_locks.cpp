// SPDX-License-Identifier: MIT
// Which lock a statement takes on the relation it is about, as it was measured on PostgreSQL 12 to
// 18, and what a transaction holds.
#include <algorithm>
#include <array>
#include <utility>

#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

constexpr std::array<std::string_view, 8> modes{
    "access_share", "row_share",           "row_exclusive", "share_update_exclusive",
    "share",        "share_row_exclusive", "exclusive",     "access_exclusive"};

std::size_t rank(std::string_view mode) {
  return static_cast<std::size_t>(std::find(modes.begin(), modes.end(), mode) - modes.begin());
}

using Rules = std::pair<std::string_view, std::string_view>;

// Actions of ALTER TABLE that take less than the strongest lock.
std::string_view lock_of_action(const Node& sub) {
  constexpr Rules weaker[] = {{"set_statistics", "share_update_exclusive"},
                              {"set_options", "share_update_exclusive"},
                              {"reset_options", "share_update_exclusive"},
                              {"set_rel_options", "share_update_exclusive"},
                              {"reset_rel_options", "share_update_exclusive"},
                              {"validate_constraint", "share_update_exclusive"},
                              {"attach_partition", "share_update_exclusive"},
                              {"detach_partition_finalize", "share_update_exclusive"},
                              {"cluster_on", "share_update_exclusive"},
                              {"drop_cluster", "share_update_exclusive"}};
  const std::string_view action = sub.text(CONFITURE_PROP_SUBCOMMAND);
  for (const auto& [name, mode] : weaker)
    if (action == name) return mode;
  if (action.find("_trig") != std::string_view::npos) return "share_row_exclusive";
  if (action == "detach_partition" && sub.integer(CONFITURE_PROP_CONCURRENTLY) != 0)
    return "share_update_exclusive";
  const Node* result = sub.link(CONFITURE_LINK_RESULT);
  if (action == "add_constraint" && result != nullptr &&
      result->text(CONFITURE_PROP_CONSTRAINT_KIND) == "foreign_key")
    return "share_row_exclusive";
  return "access_exclusive";
}

bool has_option(const tree::Object& node, std::string_view list, std::string_view name) {
  for (const tree::Value& item : tree::array(node, list))
    if (tree::text(tree::body(item), "defname") == name) return true;
  return false;
}

std::string_view lock_of_drop(std::string_view action, bool concurrently) {
  if (action == "drop_index") return concurrently ? "share_update_exclusive" : "access_exclusive";
  for (const std::string_view kind : {"table", "view", "materialized_view", "foreign_table",
                                      "sequence", "trigger", "rule", "policy"})
    if (action == "drop_" + std::string(kind)) return "access_exclusive";
  return {};
}

std::string_view lock_of(std::string_view type, const tree::Object& node) {
  const bool concurrently = tree::truth(node, "concurrent");
  constexpr Rules fixed[] = {
      {"TruncateStmt", "access_exclusive"},      {"ClusterStmt", "access_exclusive"},
      {"CreateTrigStmt", "share_row_exclusive"}, {"RuleStmt", "access_exclusive"},
      {"CreatePolicyStmt", "access_exclusive"},  {"AlterPolicyStmt", "access_exclusive"},
      {"AlterSeqStmt", "share_row_exclusive"},   {"CreateStatsStmt", "share_update_exclusive"},
      {"InsertStmt", "row_exclusive"},           {"UpdateStmt", "row_exclusive"},
      {"DeleteStmt", "row_exclusive"},           {"MergeStmt", "row_exclusive"}};
  for (const auto& [name, mode] : fixed)
    if (type == name) return mode;
  if (type == "IndexStmt") return concurrently ? "share_update_exclusive" : "share";
  if (type == "RefreshMatViewStmt") return concurrently ? "exclusive" : "access_exclusive";
  if (type == "VacuumStmt")
    return has_option(node, "options", "full") ? "access_exclusive" : "share_update_exclusive";
  if (type == "ReindexStmt")
    return has_option(node, "params", "concurrently") ? "share_update_exclusive" : "share";
  if (type == "LockStmt") return modes[static_cast<std::size_t>(tree::number(node, "mode", 8) - 1)];
  if (type == "CopyStmt" && tree::truth(node, "is_from")) return "row_exclusive";
  if (type == "RenameStmt")
    return tree::object(node, "relation").empty()             ? ""
           : tree::text(node, "renameType") == "OBJECT_INDEX" ? "share_update_exclusive"
                                                              : "access_exclusive";
  if (type == "AlterObjectSchemaStmt" && !tree::object(node, "relation").empty())
    return "access_exclusive";
  return {};
}

}  // namespace

void ModelState::note_lock(Node& statement, std::string_view type, const tree::Object& node) {
  std::string_view strongest = lock_of(type, node);
  for (const Node* one : statement.list(CONFITURE_LIST_SUBCOMMANDS)) {
    Node& sub = *mutable_node(one);
    const std::string_view action = sub.text(CONFITURE_PROP_SUBCOMMAND);
    std::string_view mode = strongest;
    if (type == "AlterTableStmt") mode = lock_of_action(sub);
    if (type == "DropStmt")
      mode = lock_of_drop(action, sub.integer(CONFITURE_PROP_CONCURRENTLY) != 0);
    if (mode.empty()) continue;
    sub.set(CONFITURE_PROP_LOCK_MODE, mode);
    if (strongest.empty() || rank(mode) > rank(strongest)) strongest = mode;
  }
  if (!strongest.empty()) statement.set(CONFITURE_PROP_LOCK_MODE, strongest);
}

// After the statement: its locks stay to the end of the transaction. What the file itself made
// nobody else can wait for.
void ModelState::hold_locks(const Node& statement) {
  if (!options_.migrations || statement.integer(CONFITURE_PROP_IN_TRANSACTION) == 0) return;
  const auto hold = [&](const Node& taker) {
    const std::string_view mode = taker.text(CONFITURE_PROP_LOCK_MODE);
    const std::string_view name = taker.text(CONFITURE_PROP_QUALIFIED_NAME);
    if (mode.empty() || name.empty() || taker.integer(CONFITURE_PROP_CREATED_HERE) != 0) return;
    for (const Node* held : locks_)
      if (held->text(CONFITURE_PROP_QUALIFIED_NAME) == name &&
          rank(held->text(CONFITURE_PROP_LOCK_MODE)) >= rank(mode))
        return;
    Node& lock = arena_.add(CONFITURE_NODE_LOCK);
    locate(lock, {taker.offset, taker.end_offset});
    lock.set(CONFITURE_PROP_QUALIFIED_NAME, name);
    lock.set(CONFITURE_PROP_LOCK_MODE, mode);
    if (const Node* target = taker.link(CONFITURE_LINK_TARGET))
      lock.set_link(CONFITURE_LINK_TARGET, target);
    lock.set_link(CONFITURE_LINK_STATEMENT, &statement);
    locks_.push_back(&lock);
  };
  const Node::List& subs = statement.list(CONFITURE_LIST_SUBCOMMANDS);
  const bool several = !subs.empty() && statement.text(CONFITURE_PROP_QUALIFIED_NAME).empty();
  const bool drops = !subs.empty() &&
                     subs[0]->text(CONFITURE_PROP_SUBCOMMAND).starts_with("drop_") &&
                     statement.text(CONFITURE_PROP_STATEMENT_TAG).starts_with("DROP");
  if (several || drops)
    for (const Node* sub : subs) hold(*sub);
  else
    hold(statement);
}

}  // namespace host::sql
