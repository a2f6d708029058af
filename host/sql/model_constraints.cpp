// SPDX-License-Identifier: MIT
// Constraints: in a column's definition, in a table's, or added later.
#include <algorithm>

#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

std::string_view constraint_kind(std::string_view contype) {
  if (contype == "CONSTR_PRIMARY") return "primary_key";
  if (contype == "CONSTR_UNIQUE") return "unique";
  if (contype == "CONSTR_FOREIGN") return "foreign_key";
  if (contype == "CONSTR_CHECK") return "check";
  if (contype == "CONSTR_EXCLUSION") return "exclude";
  return {};
}

std::string_view action_name(std::string_view letter) {
  if (letter == "r") return "restrict";
  if (letter == "c") return "cascade";
  if (letter == "n") return "set_null";
  if (letter == "d") return "set_default";
  return "no_action";
}

// The name that the server chooses, but for numbers that it adds where that one is taken.
std::string default_name(std::string_view kind, std::string_view table,
                         const std::vector<const Node*>& columns) {
  std::string name(table);
  if (kind == "primary_key") return name + "_pkey";
  for (const Node* column : columns) {
    if (column == nullptr) continue;
    name += "_";
    name += column->text(CONFITURE_PROP_NAME);
  }
  if (kind == "unique") return name + "_key";
  if (kind == "foreign_key") return name + "_fkey";
  return name + (kind == "check" ? "_check" : "_excl");
}

std::vector<std::string> strings(const boost::json::array& values) {
  std::vector<std::string> result;
  for (const tree::Value& value : values) result.emplace_back(tree::string_value(value));
  return result;
}

}  // namespace

void ModelState::column_constraints(Node& table, Node& column, const tree::Object& definition,
                                    const Span& span) {
  const boost::json::array& all = tree::array(definition, "constraints");
  for (std::size_t i = 0; i < all.size(); ++i) {
    const tree::Object& constraint = tree::body(all[i], "Constraint");
    Span own{position(constraint), span.end};
    if (i + 1 < all.size()) own.end = position(tree::body(all[i + 1]));
    while (own.end > own.offset && static_cast<unsigned char>(source_->text()[own.end - 1]) <= ' ')
      --own.end;
    const std::string_view type = tree::text(constraint, "contype");
    if (type == "CONSTR_NOTNULL") {
      column.set(CONFITURE_PROP_NULLABLE, 0);
    } else if (type == "CONSTR_DEFAULT") {
      column.set(CONFITURE_PROP_DEFAULT_SQL, slice({after_word(own, {"default"}), own.end}));
    } else if (type == "CONSTR_IDENTITY") {
      column.set(CONFITURE_PROP_IDENTITY, 1);
      column.set(CONFITURE_PROP_NULLABLE, 0);
    } else if (type == "CONSTR_GENERATED") {
      column.set(CONFITURE_PROP_GENERATED, 1);
      column.set(CONFITURE_PROP_EXPRESSION_SQL, slice(parenthesized(own.offset)));
    } else if (!constraint_kind(type).empty()) {
      add_constraint(table, &column, constraint, own);
    }
  }
}

void ModelState::add_constraint(Node& table, Node* own_column, const tree::Object& constraint,
                                const Span& span) {
  const std::string_view kind = constraint_kind(tree::text(constraint, "contype"));
  if (kind.empty()) return;
  std::vector<const Node*> columns, included;
  if (own_column != nullptr) columns.push_back(own_column);
  for (const char* list : {"keys", "fk_attrs"})
    for (const std::string& name : strings(tree::array(constraint, list)))
      if (const Node* found = column(&table, name)) columns.push_back(found);
  for (const std::string& name : strings(tree::array(constraint, "including")))
    if (const Node* found = column(&table, name)) included.push_back(found);
  std::string name(tree::text(constraint, "conname"));
  if (const std::string_view index_name = tree::text(constraint, "indexname");
      !index_name.empty()) {
    if (Node* index = child(&table, CONFITURE_LIST_INDEXES, index_name)) {
      columns = index->list(CONFITURE_LIST_COLUMNS);
      included = index->list(CONFITURE_LIST_INCLUDED_COLUMNS);
      drop_child(index, CONFITURE_LIST_INDEXES);
      forget_name(index);
    }
    if (name.empty()) name = index_name;
  }
  if (name.empty()) name = default_name(kind, table.text(CONFITURE_PROP_NAME), columns);

  Node& node = make_child(CONFITURE_NODE_CONSTRAINT, table, name, span);
  table.append(CONFITURE_LIST_CONSTRAINTS, &node);
  node.set(CONFITURE_PROP_CONSTRAINT_KIND, kind);
  node.set(CONFITURE_PROP_VALID, tree::truth(constraint, "skip_validation") ? 0 : 1);
  for (const Node* one : columns) node.append(CONFITURE_LIST_COLUMNS, one);
  for (const Node* one : included) node.append(CONFITURE_LIST_INCLUDED_COLUMNS, one);
  if (kind == "check") node.set(CONFITURE_PROP_EXPRESSION_SQL, slice(parenthesized(span.offset)));
  if (kind == "exclude")
    node.set(CONFITURE_PROP_ACCESS_METHOD, keep(tree::text(constraint, "access_method")));
  if (kind == "foreign_key") {
    node.set(CONFITURE_PROP_ON_DELETE, action_name(tree::text(constraint, "fk_del_action")));
    node.set(CONFITURE_PROP_ON_UPDATE, action_name(tree::text(constraint, "fk_upd_action")));
    reference(node, range_var(tree::object(constraint, "pktable")),
              strings(tree::array(constraint, "pk_attrs")));
  }
  mark_key_columns(node);
  for (Node* partition : partitions_[&table])
    copy_constraint(*partition, node, {partition->offset, partition->end_offset});
}

void ModelState::mark_key_columns(const Node& constraint) {
  const std::string_view kind = constraint.text(CONFITURE_PROP_CONSTRAINT_KIND);
  const auto& columns = constraint.list(CONFITURE_LIST_COLUMNS);
  const bool primary = kind == "primary_key";
  for (const Node* one : columns) {
    if (one == nullptr) continue;
    if (primary) {
      mutable_node(one)->set(CONFITURE_PROP_PRIMARY_KEY, 1);
      mutable_node(one)->set(CONFITURE_PROP_NULLABLE, 0);
    }
    if ((primary || kind == "unique") && columns.size() == 1)
      mutable_node(one)->set(CONFITURE_PROP_UNIQUE, 1);
  }
}

void ModelState::reference(Node& constraint, ObjectName table, std::vector<std::string> columns) {
  Node* found = find_relation(table);
  if (found == nullptr) table.schema = home_schema(table);  // as the search path is now
  PendingReference pending{&constraint, std::move(table), std::move(columns)};
  if (found != nullptr)
    link_reference(pending, *found);
  else
    pending_.push_back(std::move(pending));
}

void ModelState::link_reference(const PendingReference& pending, Node& table) {
  pending.constraint->set_link(CONFITURE_LINK_REFERENCED_TABLE, &table);
  for (const std::string& name : pending.columns)
    if (const Node* found = column(&table, name))
      pending.constraint->append(CONFITURE_LIST_REFERENCED_COLUMNS, found);
  if (!pending.columns.empty()) return;
  for (const Node* key : table.list(CONFITURE_LIST_CONSTRAINTS))
    if (key->text(CONFITURE_PROP_CONSTRAINT_KIND) == "primary_key")
      for (const Node* one : key->list(CONFITURE_LIST_COLUMNS))
        pending.constraint->append(CONFITURE_LIST_REFERENCED_COLUMNS, one);
}

void ModelState::resolve_references() {
  std::erase_if(pending_, [&](const PendingReference& pending) {
    Node* found = find_relation(pending.table);
    if (found != nullptr && !dropped_.contains(pending.constraint)) link_reference(pending, *found);
    return found != nullptr;
  });
}

}  // namespace host::sql
