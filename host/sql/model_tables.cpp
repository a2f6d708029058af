// SPDX-License-Identifier: MIT
// CREATE TABLE in all its forms, and what a table takes from another.
#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

// TableLikeOption of PostgreSQL's parsenodes.h.
constexpr std::int64_t like_constraints = 1 << 2, like_defaults = 1 << 3, like_generated = 1 << 4,
                       like_identity = 1 << 5, like_indexes = 1 << 6;

}  // namespace

void ModelState::create_table(const tree::Object& node) {
  const tree::Object& relation = tree::object(node, "relation");
  ObjectName name = range_var(relation);
  name.schema = home_schema(name);
  const std::string table_key = key(name.schema, name.name);
  if (tree::truth(node, "if_not_exists") && relations_.contains(table_key)) return;

  const Span span = name_span(position(relation));
  Node& table = make(CONFITURE_NODE_TABLE, name, span);
  relations_[table_key] = &table;
  const std::string_view persistence = tree::text(relation, "relpersistence");
  if (persistence == "t") table.set(CONFITURE_PROP_TEMPORARY, 1);
  if (persistence == "u") table.set(CONFITURE_PROP_UNLOGGED, 1);
  if (tree::find(node, "partspec") != nullptr) table.set(CONFITURE_PROP_PARTITIONED, 1);

  const bool partition = tree::find(node, "partbound") != nullptr;
  std::vector<Node*> parents;
  std::uint64_t after_names = span.end;
  for (const tree::Value& item : tree::array(node, "inhRelations")) {
    if (partition) after_names = name_span(position(tree::body(item))).end;
    if (Node* parent = find_relation(range_var(tree::body(item)))) parents.push_back(parent);
  }
  if (partition) table.set(CONFITURE_PROP_PARTITION, 1);
  for (Node* parent : parents)
    if (!partition) inherit(table, *parent, span);

  const boost::json::array& elements = tree::array(node, "tableElts");
  std::vector<Span> pieces;
  if (!elements.empty()) pieces = comma_pieces(parenthesized(after_names).offset);
  std::vector<std::size_t> constraints;  // after all columns, which they name
  for (std::size_t i = 0; i < elements.size() && i < pieces.size(); ++i) {
    const std::string_view type = tree::type(elements[i]);
    const tree::Object& element = tree::body(elements[i]);
    if (type == "Constraint") {
      constraints.push_back(i);
    } else if (type == "TableLikeClause") {
      like(table, element);
    } else if (type == "ColumnDef" && tree::find(element, "typeName") != nullptr) {
      add_column(table, element, pieces[i]);
    }
  }
  if (partition)
    for (Node* parent : parents) partition_of(table, *parent, span);
  for (const std::size_t i : constraints)
    add_constraint(table, nullptr, tree::body(elements[i]), pieces[i]);
}

void ModelState::create_table_as(const tree::Object& node) {
  const tree::Object& into = tree::object(node, "into");
  const tree::Object& relation = tree::object(into, "rel");
  const bool view = tree::text(node, "objtype") == "OBJECT_MATVIEW";
  ObjectName name = range_var(relation);
  name.schema = home_schema(name);
  const std::string table_key = key(name.schema, name.name);
  if (tree::truth(node, "if_not_exists") && relations_.contains(table_key)) return;

  const Span span = name_span(position(relation));
  Node& made = make(view ? CONFITURE_NODE_VIEW : CONFITURE_NODE_TABLE, name, span);
  relations_[table_key] = &made;
  if (view) {
    made.set(CONFITURE_PROP_MATERIALIZED, 1);
    made.set(CONFITURE_PROP_SQL, current_->text);
  }
  if (tree::text(relation, "relpersistence") == "t") made.set(CONFITURE_PROP_TEMPORARY, 1);

  // Names only: the types are known to the server alone.
  const auto add = [&](std::string_view column_name) {
    Node& one = make_child(CONFITURE_NODE_COLUMN, made, column_name, span);
    one.set(CONFITURE_PROP_NULLABLE, 1);
    made.append(CONFITURE_LIST_COLUMNS, &one);
  };
  const boost::json::array& names = tree::array(into, "colNames");
  for (const tree::Value& one : names) add(tree::string_value(one));
  if (!names.empty()) return;
  const tree::Object& query = tree::object(tree::object(node, "query"), "SelectStmt");
  for (const tree::Value& item : tree::array(query, "targetList")) {
    const tree::Object& target = tree::body(item, "ResTarget");
    const tree::Object& reference = tree::object(tree::object(target, "val"), "ColumnRef");
    const boost::json::array& fields = tree::array(reference, "fields");
    if (const std::string_view alias = tree::text(target, "name"); !alias.empty())
      add(alias);
    else if (!fields.empty() && !tree::string_value(fields.back()).empty())
      add(tree::string_value(fields.back()));
  }
}

void ModelState::copy_column(Node& table, const Node& original, const Span& span) {
  const std::string_view name = original.text(CONFITURE_PROP_NAME);
  if (column(&table, name) != nullptr) return;
  Node& node = make_copy(CONFITURE_NODE_COLUMN, table, name, span);
  table.append(CONFITURE_LIST_COLUMNS, &node);
  for (const auto& [prop, value] : original.integers)
    if (prop != CONFITURE_PROP_PRIMARY_KEY && prop != CONFITURE_PROP_UNIQUE) node.set(prop, value);
  for (const std::uint32_t prop :
       {CONFITURE_PROP_TYPE_NAME, CONFITURE_PROP_DEFAULT_SQL, CONFITURE_PROP_EXPRESSION_SQL})
    if (const std::string_view value = original.text(prop); value.data() != nullptr)
      node.set(prop, value);
}

void ModelState::copy_constraint(Node& table, const Node& original, const Span& span) {
  const std::string_view kind = original.text(CONFITURE_PROP_CONSTRAINT_KIND);
  if (kind == "primary_key")
    for (const Node* own : table.list(CONFITURE_LIST_CONSTRAINTS))
      if (own->text(CONFITURE_PROP_CONSTRAINT_KIND) == kind) return;
  Node& node =
      make_copy(CONFITURE_NODE_CONSTRAINT, table, original.text(CONFITURE_PROP_NAME), span);
  table.append(CONFITURE_LIST_CONSTRAINTS, &node);
  for (const auto& [prop, value] : original.integers) node.set(prop, value);
  for (const std::uint32_t prop :
       {CONFITURE_PROP_CONSTRAINT_KIND, CONFITURE_PROP_EXPRESSION_SQL, CONFITURE_PROP_ACCESS_METHOD,
        CONFITURE_PROP_ON_DELETE, CONFITURE_PROP_ON_UPDATE})
    if (const std::string_view value = original.text(prop); value.data() != nullptr)
      node.set(prop, value);
  for (const Node* one : original.list(CONFITURE_LIST_COLUMNS))
    if (one != nullptr)
      if (const Node* own = column(&table, one->text(CONFITURE_PROP_NAME)))
        node.append(CONFITURE_LIST_COLUMNS, own);
  if (const Node* target = original.link(CONFITURE_LINK_REFERENCED_TABLE)) {
    node.set_link(CONFITURE_LINK_REFERENCED_TABLE, target);
    for (const Node* one : original.list(CONFITURE_LIST_REFERENCED_COLUMNS))
      node.append(CONFITURE_LIST_REFERENCED_COLUMNS, one);
  }
  mark_key_columns(node);
  for (Node* partition : partitions_[&table])
    copy_constraint(*partition, node, {partition->offset, partition->end_offset});
}

void ModelState::copy_index(Node& table, const Node& original, const Span& span) {
  Node& node = make_copy(CONFITURE_NODE_INDEX, table, original.text(CONFITURE_PROP_NAME), span);
  table.append(CONFITURE_LIST_INDEXES, &node);
  node.texts = original.texts;
  node.integers = original.integers;
  for (const std::uint32_t list : {CONFITURE_LIST_COLUMNS, CONFITURE_LIST_INCLUDED_COLUMNS})
    for (const Node* key : original.list(list)) {
      const Node* own = column(&table, key->text(CONFITURE_PROP_NAME));
      node.append(list, own != nullptr ? own : key);
    }
  for (Node* partition : partitions_[&table])
    copy_index(*partition, node, {partition->offset, partition->end_offset});
}

void ModelState::partition_of(Node& table, Node& parent, const Span& span) {
  table.set(CONFITURE_PROP_PARTITION, 1);
  partitions_[&parent].push_back(&table);
  for (const Node* one : parent.list(CONFITURE_LIST_COLUMNS)) copy_column(table, *one, span);
  for (const Node* one : parent.list(CONFITURE_LIST_CONSTRAINTS))
    copy_constraint(table, *one, span);
  for (const Node* one : parent.list(CONFITURE_LIST_INDEXES)) copy_index(table, *one, span);
}

void ModelState::inherit(Node& table, const Node& parent, const Span& span) {
  for (const Node* one : parent.list(CONFITURE_LIST_COLUMNS)) copy_column(table, *one, span);
  for (const Node* one : parent.list(CONFITURE_LIST_CONSTRAINTS))
    if (one->text(CONFITURE_PROP_CONSTRAINT_KIND) == "check") copy_constraint(table, *one, span);
}

void ModelState::like(Node& table, const tree::Object& clause) {
  const tree::Object& relation = tree::object(clause, "relation");
  const Node* original = find_relation(range_var(relation));
  if (original == nullptr) return;
  const Span span = name_span(position(relation));
  const std::int64_t options = tree::number(clause, "options");
  for (const Node* one : original->list(CONFITURE_LIST_COLUMNS)) {
    copy_column(table, *one, span);
    Node* own = column(&table, one->text(CONFITURE_PROP_NAME));
    if ((options & like_identity) == 0) own->unset(CONFITURE_PROP_IDENTITY);
    const bool generated = own->integer(CONFITURE_PROP_GENERATED) != 0;
    if (generated && (options & like_generated) == 0) {
      own->unset(CONFITURE_PROP_GENERATED);
      own->unset(CONFITURE_PROP_EXPRESSION_SQL);
    }
    if ((options & like_defaults) == 0) own->unset(CONFITURE_PROP_DEFAULT_SQL);
  }
  for (const Node* one : original->list(CONFITURE_LIST_CONSTRAINTS)) {
    const std::string_view kind = one->text(CONFITURE_PROP_CONSTRAINT_KIND);
    const std::int64_t needed = kind == "check" ? like_constraints : like_indexes;
    if (kind != "foreign_key" && (options & needed) != 0) copy_constraint(table, *one, span);
  }
  if ((options & like_indexes) != 0)
    for (const Node* one : original->list(CONFITURE_LIST_INDEXES)) copy_index(table, *one, span);
}

}  // namespace host::sql
