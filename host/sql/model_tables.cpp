// SPDX-License-Identifier: MIT
// CREATE TABLE in all its forms, and what a table takes from another.
#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

// TableLikeOption of PostgreSQL's parsenodes.h.
constexpr std::int64_t like_constraints = 1 << 2, like_defaults = 1 << 3, like_generated = 1 << 4,
                       like_identity = 1 << 5, like_indexes = 1 << 6;

}  // namespace

void ModelState::create_table(const tree::Object& node, Node& statement, bool foreign) {
  const tree::Object& relation = tree::object(node, "relation");
  ObjectName name = range_var(relation);
  about(statement, name, nullptr);
  name.schema = home_schema(name);
  const Span span = name_span(position(relation));
  Node*& place = relations_[key(name.schema, name.name)];
  // A second definition is kept beside the one that counts.
  const bool kept = tree::truth(node, "if_not_exists") && place != nullptr;
  Node* const first = place;
  Node& table = make(foreign ? CONFITURE_NODE_FOREIGN_TABLE : CONFITURE_NODE_TABLE, name, span);
  table.set(CONFITURE_PROP_SQL, current_->text);
  table.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
  note_written_name(table, span.offset);
  if (kept) {
    table.set(CONFITURE_PROP_IF_NOT_EXISTS, 1);
    dropped_.insert(&table);
    redefined(*first, table);
    statement.set_link(CONFITURE_LINK_TARGET, first);
  } else {
    if (first != nullptr) redefined(table, *first);
    place = &table;
    statement.set_link(CONFITURE_LINK_RESULT, &table);
  }
  const std::string_view persistence = tree::text(relation, "relpersistence");
  if (persistence == "t") table.set(CONFITURE_PROP_TEMPORARY, 1);
  if (persistence == "u") table.set(CONFITURE_PROP_UNLOGGED, 1);
  if (const std::string_view space = tree::text(node, "tablespacename"); !space.empty())
    table.set(CONFITURE_PROP_TABLESPACE, keep(space));
  settings(table, tree::array(node, "options"));
  const tree::Object& bound = tree::object(node, "partbound");
  const bool partition = !bound.empty();

  std::uint64_t after_names = span.end;
  Node* partition_parent = nullptr;
  for (const tree::Value& item : tree::array(node, "inhRelations")) {
    const std::uint64_t at = position(tree::body(item));
    Node* parent = find_relation(range_var(tree::body(item)));
    if (partition) {
      after_names = name_span(at).end;
      if (parent == nullptr) parent = assume_table(range_var(tree::body(item)), name_span(at));
      partition_parent = parent;
      if (parent != nullptr) statement.set_link(CONFITURE_LINK_OTHER, parent);
    } else if (parent != nullptr) {
      table.append(CONFITURE_LIST_PARENTS, parent);
      inherit(table, *parent, span);
    }
  }
  table_elements(table, tree::array(node, "tableElts"), after_names, partition_parent, span);
  if (partition) {
    table.set(CONFITURE_PROP_PARTITION, 1);
    partition_bound(table, bound, current_->end_offset);
  }
  if (const tree::Object& spec = tree::object(node, "partspec"); !spec.empty())
    partition_key(table, spec);
}

void ModelState::table_elements(Node& table, const tree::Array& elements,
                                std::uint64_t after_names, Node* partition_parent,
                                const Span& span) {
  std::vector<Span> pieces;
  if (!elements.empty()) pieces = comma_pieces(after_parenthesis(after_names));
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
  if (partition_parent != nullptr) partition_of(table, *partition_parent, span);
  for (const std::size_t i : constraints)
    add_constraint(table, nullptr, tree::body(elements[i]), pieces[i]);
}

// A table that exists though nothing here made it: what changes it tells what it has.
Node* ModelState::assume_table(const ObjectName& name, const Span& span) {
  if (!options_.migrations) return nullptr;
  Node& table = arena_.add(CONFITURE_NODE_TABLE);
  locate(table, span);
  table.set(CONFITURE_PROP_NAME, keep(name.name));
  table.set(CONFITURE_PROP_QUALIFIED_NAME, keep(qualified(name)));
  if (!name.schema.empty()) table.set(CONFITURE_PROP_SCHEMA_NAME, keep(name.schema));
  table.set(CONFITURE_PROP_ASSUMED, 1);
  relations_[key(home_schema(name), name.name)] = &table;
  return &table;
}

void ModelState::create_table_as(const tree::Object& node, Node& statement) {
  const tree::Object& into = tree::object(node, "into");
  const tree::Object& relation = tree::object(into, "rel");
  const bool view = tree::text(node, "objtype") == "OBJECT_MATVIEW";
  ObjectName name = range_var(relation);
  about(statement, name, nullptr);
  name.schema = home_schema(name);
  const std::string table_key = key(name.schema, name.name);
  if (tree::truth(node, "if_not_exists") && relations_.contains(table_key)) return;

  const Span span = name_span(position(relation));
  Node& made = make(view ? CONFITURE_NODE_VIEW : CONFITURE_NODE_TABLE, name, span);
  relations_[table_key] = &made;
  if (view) {
    made.set(CONFITURE_PROP_MATERIALIZED, 1);
    made.set(CONFITURE_PROP_SQL, current_->text);
    made.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
    if (const tree::Value* query = tree::find(node, "query")) note_reads(made, *query);
  }
  statement.set_link(CONFITURE_LINK_RESULT, &made);
  note_written_name(made, span.offset);
  settings(made, tree::array(into, "options"));
  const std::string_view persistence = tree::text(relation, "relpersistence");
  if (persistence == "t") made.set(CONFITURE_PROP_TEMPORARY, 1);
  if (persistence == "u") made.set(CONFITURE_PROP_UNLOGGED, 1);

  // Names only: the types are known to the server alone.
  const auto add = [&](std::string_view column_name) {
    Node& one = make_child(CONFITURE_NODE_COLUMN, made, column_name, span);
    one.set(CONFITURE_PROP_NULLABLE, 1);
    made.append(CONFITURE_LIST_COLUMNS, &one);
  };
  const tree::Array& names = tree::array(into, "colNames");
  for (const tree::Value& one : names) add(tree::string_value(one));
  if (!names.empty()) return;
  const tree::Object& query = tree::object(tree::object(node, "query"), "SelectStmt");
  for (const tree::Value& item : tree::array(query, "targetList")) {
    const tree::Object& target = tree::body(item, "ResTarget");
    const tree::Object& reference = tree::object(tree::object(target, "val"), "ColumnRef");
    const tree::Array& fields = tree::array(reference, "fields");
    if (const std::string_view alias = tree::text(target, "name"); !alias.empty())
      add(alias);
    else if (!fields.empty() && !tree::string_value(fields.back()).empty())
      add(tree::string_value(fields.back()));
  }
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
