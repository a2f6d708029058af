// SPDX-License-Identifier: MIT
// ALTER TABLE, and ALTER INDEX, VIEW, SEQUENCE, TYPE where the parser makes the same of them: each
// action is a form.
#include <array>
#include <utility>

#include "plugins/risk/reading.hpp"

namespace plugins::risk {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

template <std::size_t size>
std::string_view form_of(const std::array<Pair, size>& forms, std::string_view action) {
  for (const auto& [name, form] : forms)
    if (name == action) return form;
  return {};
}

}  // namespace

void Reader::alter_table() {
  about_ = name_of(tree_["relation"], statement_);
  const std::string_view object = tree_.text("objtype");
  const Node target = statement_.target();
  facts_ = object == "OBJECT_TYPE" ? nullptr : find(about_);
  about_made_ = made(target, about_);
  if (tree_.truth("missing_ok") && object != "OBJECT_TYPE" && missing(about_, target)) {
    say_other(Risk::low, about_.sql() + " is not there: nothing happens").noop = true;
    return;
  }
  const Tree commands = tree_["cmds"];
  std::size_t index = 0;
  for (const Node& sub : statement_.subcommands()) {
    const Tree command = commands.at(index++);
    const std::size_t first = readings_.size();
    if (object == "OBJECT_TYPE") {
      Reading& reading = say(command.text("subtype") == "AT_AddColumn" ? "type.composite_add_attr"
                                                                       : "type.drop_cascade");
      lock_all(reading, catalog_.tables_of_type(about_), "ACCESS EXCLUSIVE");
      continue;
    }
    alter(command, sub, object);
    for (std::size_t i = first; i < readings_.size(); ++i) {
      if (!readings_[i].about) readings_[i].about = about_;
      readings_[i].made = readings_[i].made || (about_made_ && *readings_[i].about == about_);
    }
  }
}

// One that is not listed stays without a form, and counts as unknown.
void Reader::alter(const Tree& command, const Node& sub, std::string_view object) {
  const std::string_view action = command.text("subtype");
  if (action == "AT_AddColumn") return add_column(command["def"], sub);
  if (action == "AT_DropColumn") return drop_column(command, sub);
  if (action == "AT_AlterColumnType") return column_type(command, sub);
  if (action == "AT_SetNotNull") return set_not_null(command);
  if (action == "AT_AttachPartition") return attach(command, sub);
  if (alter_column(action, command, sub) || alter_constraint(action, command, sub) ||
      alter_trigger(action) || alter_storage(action, command, object))
    return;
  Reading& reading = say_other(Risk::high, "an action that the table does not know");
  reading.guessed = false;
  reading.lock = "ACCESS EXCLUSIVE";
}

bool Reader::alter_column(std::string_view action, const Tree& command, const Node& sub) {
  constexpr std::array<Pair, 11> forms{{{"AT_DropNotNull", "col.drop_not_null"},
                                        {"AT_SetStatistics", "col.set_statistics"},
                                        {"AT_SetOptions", "col.set_options"},
                                        {"AT_ResetOptions", "col.set_options"},
                                        {"AT_SetStorage", "col.set_storage"},
                                        {"AT_SetCompression", "col.set_compression"},
                                        {"AT_AddIdentity", "col.add_generated_identity"},
                                        {"AT_SetIdentity", "col.set_generated"},
                                        {"AT_DropIdentity", "col.drop_identity"},
                                        {"AT_DropExpression", "col.drop_expression"},
                                        {"AT_SetExpression", "col.set_expression"}}};
  if (action == "AT_ColumnDefault") {
    say(command.has("def") ? "col.set_default" : "col.drop_default");
    return true;
  }
  std::string_view form = form_of(forms, action);
  if (form.empty()) return false;
  if (form == "col.set_statistics" && statement_.object_type() == "index")
    form = "idx.set_statistics";
  const bool mine = memory_.columns.count(about_.sql() + "." + std::string(sub.name())) > 0;
  say(form).made = mine && form == "col.set_statistics";
  return true;
}

bool Reader::alter_trigger(std::string_view action) {
  constexpr std::array<Pair, 12> forms{{{"AT_DisableTrig", "tab.disable_trigger"},
                                        {"AT_DisableTrigUser", "tab.disable_trigger"},
                                        {"AT_DisableTrigAll", "tab.disable_trigger_all"},
                                        {"AT_EnableTrig", "tab.enable_trigger"},
                                        {"AT_EnableTrigUser", "tab.enable_trigger"},
                                        {"AT_EnableTrigAll", "tab.enable_trigger"},
                                        {"AT_EnableAlwaysTrig", "tab.enable_always_trigger"},
                                        {"AT_EnableReplicaTrig", "tab.enable_always_trigger"},
                                        {"AT_DisableRule", "tab.disable_rule"},
                                        {"AT_EnableRule", "tab.disable_rule"},
                                        {"AT_EnableAlwaysRule", "tab.disable_rule"},
                                        {"AT_EnableReplicaRule", "tab.disable_rule"}}};
  constexpr std::array<Pair, 4> security{{{"AT_EnableRowSecurity", "tab.enable_rls"},
                                          {"AT_DisableRowSecurity", "tab.disable_rls"},
                                          {"AT_ForceRowSecurity", "tab.force_rls"},
                                          {"AT_NoForceRowSecurity", "tab.force_rls"}}};
  if (const std::string_view form = form_of(forms, action); !form.empty()) return say(form), true;
  const std::string_view form = form_of(security, action);
  if (form.empty()) return false;
  Reading& reading = say(form);
  reading.security = form == "tab.disable_rls" || action == "AT_NoForceRowSecurity";
  return true;
}

bool Reader::alter_storage(std::string_view action, const Tree& command, std::string_view object) {
  constexpr std::array<Pair, 11> forms{{{"AT_SetUnLogged", "tab.set_unlogged"},
                                        {"AT_SetLogged", "tab.set_logged"},
                                        {"AT_SetAccessMethod", "tab.set_access_method"},
                                        {"AT_ClusterOn", "tab.cluster_on"},
                                        {"AT_DropCluster", "tab.set_without_cluster"},
                                        {"AT_ReplicaIdentity", "tab.replica_identity"},
                                        {"AT_AddInherit", "tab.inherit"},
                                        {"AT_DropInherit", "tab.no_inherit"},
                                        {"AT_AddOf", "tab.of_type"},
                                        {"AT_DropOf", "tab.of_type"},
                                        {"AT_ChangeOwner", "tab.owner"}}};
  const bool index = object == "OBJECT_INDEX";
  if (action == "AT_SetTableSpace")
    return say(index ? "idx.set_tablespace" : "tab.set_tablespace"), true;
  if (action == "AT_DetachPartition" || action == "AT_DetachPartitionFinalize") {
    const bool concurrently = command["def"].truth("concurrent");
    say(action != "AT_DetachPartition" ? "part.detach_finalize"
        : concurrently                 ? "part.detach_conc"
                                       : "part.detach")
        .others.push_back({name_of(command["def"]["name"]), "ACCESS EXCLUSIVE"});
    return true;
  }
  if (action == "AT_SetRelOptions" || action == "AT_ResetRelOptions") {
    for (const Tree& option : command["def"]["items"]) {
      const std::string_view name = option.text("defname");
      Reading& reading = say(index                                ? "idx.set_fillfactor"
                             : object == "OBJECT_VIEW"            ? "view.set_security_invoker"
                             : name.substr(0, 10) == "autovacuum" ? "tab.set_autovacuum"
                             : name == "user_catalog_table"       ? "tab.set_user_catalog_table"
                             : name == "parallel_workers"         ? "tab.set_parallel_workers"
                             : name == "toast_tuple_target"       ? "tab.set_toast_tuple_target"
                                                                  : "tab.set_fillfactor");
      reading.security = name == "security_invoker";
    }
    return true;
  }
  const std::string_view form = form_of(forms, action);
  if (form.empty()) return false;
  Reading& reading = say(form);
  if (action == "AT_AddInherit" || action == "AT_DropInherit")
    reading.others.push_back({name_of(command["def"]), action == "AT_AddInherit"
                                                           ? "SHARE UPDATE EXCLUSIVE"
                                                           : "ACCESS SHARE"});
  return true;
}

void Reader::drop_column(const Tree& command, const Node& sub) {
  const std::string column(sub.name());
  const std::string key = about_.sql() + "." + column;
  const auto there = facts_ != nullptr ? catalog_.column(*facts_, column) : std::nullopt;
  if (command.truth("missing_ok") && facts_ != nullptr && !catalog_.failed() && !there &&
      memory_.columns.count(key) == 0) {
    say("col.drop_if_exists_missing").noop = true;
    return;
  }
  std::vector<Name> referenced;
  if (there) referenced = catalog_.foreign_keys_over(*facts_, column);
  Reading& reading = say(sub.behavior() == "cascade" ? "col.drop_cascade"
                         : !referenced.empty()       ? "col.drop_fk_column"
                         : there && there->indexed   ? "col.drop_indexed"
                                                     : "col.drop");
  for (const Name& name : referenced) reading.others.push_back({name, "ACCESS EXCLUSIVE"});
  // What this plan added holds nothing that was there before it.
  reading.made = memory_.columns.count(key) > 0 && !there && (facts_ == nullptr || !catalog_.failed());
}

void Reader::set_not_null(const Tree& command) {
  const std::string column(command.text("name"));
  const bool partitioned =
      facts_ != nullptr ? facts_->partitioned() : statement_.target().is_partitioned();
  if (partitioned) {
    Reading& reading = say("part.set_not_null");
    if (facts_ != nullptr)
      for (const Name& partition : facts_->partitions)
        reading.others.push_back({partition, "ACCESS EXCLUSIVE"});
    return;
  }
  if (facts_ == nullptr) {
    say("col.set_not_null").guessed = !catalog_.online();
    return;
  }
  const auto there = catalog_.column(*facts_, column);
  if (there && there->not_null)
    say("col.set_not_null_with_check").reason = "the column has no NULL already";
  else if (catalog_.has_valid_not_null_check(*facts_, column))
    say("col.set_not_null_with_check");
  else
    say("col.set_not_null");
}

}  // namespace plugins::risk
