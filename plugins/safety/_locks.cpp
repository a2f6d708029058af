// SPDX-License-Identifier: MIT
#include "plugins/safety/_locks.hpp"

#include <algorithm>
#include <utility>

namespace plugins::safety {
namespace {

class Collector {
 public:
  explicit Collector(const Node& statement) : statement_(statement) {}

  std::vector<Lock> collect() {
    const NodeList actions = statement_.subcommands();
    const std::string_view tag = statement_.statement_tag();
    if (actions.empty()) {
      add_own(statement_);
    } else if (statement_.qualified_name().empty() || tag.starts_with("DROP ")) {
      for (const Node& action : actions) add_own(action);
    } else {
      add_own(statement_);
    }
    for (const Node& action : actions) add_others(action);
    if (tag.starts_with("CREATE ") && statement_.result().kind() == NodeKind::table) {
      add_references(statement_, statement_.result().constraints(), "share_row_exclusive");
      if (statement_.result().is_partition())
        add(statement_, statement_.other(), "access_exclusive");
    }
    return std::move(locks_);
  }

 private:
  void push(const Node& at, std::string relation, std::string_view mode, bool table) {
    if (mode != "share" && mode != "share_row_exclusive" && mode != "exclusive" &&
        mode != "access_exclusive")
      return;
    const bool noted = std::any_of(locks_.begin(), locks_.end(), [&](const Lock& lock) {
      return lock.relation == relation && (lock.mode == mode || lock.is_exclusive());
    });
    if (!noted && !relation.empty()) locks_.push_back({at, std::move(relation), mode, table});
  }

  void add(const Node& at, const Node& relation, std::string_view mode) {
    if (!relation || relation.is_temporary() || is_made_in(statement_.parent(), relation)) return;
    push(at, text(relation.qualified_name()), mode, relation.kind() == NodeKind::table);
  }

  // On the relation that it is about, or that the index, trigger or policy belongs to.
  void add_own(const Node& at) {
    const std::string_view mode = at.lock_mode(), action = at.subcommand();
    if (mode.empty() || at.created_here()) return;
    const Node target = at.target();
    if (action == "drop_trigger" || action == "drop_policy" || action == "drop_rule") {
      if (is_part_of_new_table(at)) return;
      if (target) return add(at, target.parent(), mode);
      return push(at, text(at.schema_name()), mode, true);
    }
    if (target.is_temporary()) return;
    const bool index = target.kind() == NodeKind::index;
    if (index && (action == "drop_index" || at.statement_tag() == "REINDEX"))
      return add(at, target.parent(), mode);
    const Node statement = at == statement_ ? at : at.parent();
    const std::string_view type =
        at.object_type().empty() ? statement.object_type() : at.object_type();
    push(at, text(at.qualified_name()), mode,
         target ? target.kind() == NodeKind::table : type.empty() || type == "table");
  }

  void add_references(const Node& at, const NodeList& constraints, std::string_view mode,
                      std::string_view column = {}) {
    for (const Node& constraint : constraints) {
      bool stands_on = column.empty();
      for (const Node& one : constraint.columns()) stands_on |= one.name() == column;
      if (stands_on) add_reference(at, constraint, mode);
    }
  }

  void add_reference(const Node& at, const Node& constraint, std::string_view mode) {
    if (constraint.constraint_kind() != "foreign_key") return;
    if (constraint.referenced_table()) return add(at, constraint.referenced_table(), mode);
    push(at, text(constraint.referenced_name()), mode, true);
  }

  void add_others(const Node& action) {
    const std::string_view subcommand = action.subcommand();
    const Node target = action.target();
    if (subcommand == "drop_table" && !action.created_here()) {
      add_references(action, target.constraints(), "access_exclusive");
      add(action, target.partition_of(), "access_exclusive");
    }
    if (statement_.statement_tag() != "ALTER TABLE" || statement_.object_type() != "table") return;
    if (subcommand == "add_constraint")
      add_reference(action, action.result(), "share_row_exclusive");
    if (subcommand == "add_column")
      add_references(action, action.constraints(), "share_row_exclusive");
    if (subcommand == "drop_constraint") add_reference(action, target, "access_exclusive");
    if (subcommand == "drop_column")
      add_references(action, table_before(action).constraints(), "access_exclusive", action.name());
    if (subcommand == "attach_partition" ||
        (subcommand == "detach_partition" && !action.is_concurrent()))
      add(action, action.result(), "access_exclusive");
  }

  Node statement_;
  std::vector<Lock> locks_;
};

}  // namespace

std::vector<Lock> strong_locks(const Node& statement) {
  return Collector(statement).collect();
}

bool sets(const Node& statement, std::string_view parameter, const Report& report) {
  const std::string_view tag = statement.statement_tag();
  if (tag == "SET" || tag == "RESET")
    return statement.name() == parameter || report.tree(statement).text("kind") == "VAR_RESET_ALL";
  return tag == "SELECT" && report.tree(statement).any([&](const Tree& node) {
    return node.is("FuncCall") && node.function_name() == "set_config" &&
           node["args"].at(0).string() == parameter;
  });
}

std::string duration(std::int64_t milliseconds) {
  if (milliseconds % 60'000 == 0) return std::to_string(milliseconds / 60'000) + " min";
  if (milliseconds % 1000 == 0) return std::to_string(milliseconds / 1000) + " s";
  return std::to_string(milliseconds) + " ms";
}

}  // namespace plugins::safety
