// SPDX-License-Identifier: MIT
// Everything that is no table: indexes, views, types, functions, triggers, policies, grants,
// extensions, comments.
#include "host/foundation/text.hpp"
#include "host/postgres/quote.hpp"
#include "host/sql/model_state.hpp"

namespace host::sql {

void ModelState::create_index(const tree::Object& node) {
  const tree::Object& relation = tree::object(node, "relation");
  Node* table = find_relation(range_var(relation));
  if (table == nullptr) return;
  const std::string schema(table->text(CONFITURE_PROP_SCHEMA_NAME));
  std::string name(tree::text(node, "idxname"));
  if (!name.empty() && tree::truth(node, "if_not_exists") && relations_.contains(key(schema, name)))
    return;

  const std::uint64_t after_table = name_span(position(relation)).end;
  const std::vector<Span> keys = comma_pieces(parenthesized(after_table).offset);
  const boost::json::array& params = tree::array(node, "indexParams");
  Span span{current_->offset, current_->end_offset};
  if (!name.empty()) {  // the name stands right before ON
    Lexer lexer(source_->text().substr(0, current_->end_offset), current_->offset);
    for (Token token = lexer.next(); token.kind != Token::Kind::end && !lexer.is_word(token, "on");
         token = lexer.next())
      span = {token.offset, token.end_offset};
  } else {
    name = table->text(CONFITURE_PROP_NAME);
    for (const tree::Value& item : params) {
      const std::string_view part = tree::text(tree::body(item), "name");
      name.append("_").append(part.empty() ? "expr" : part);
    }
    name += "_idx";
  }

  Node& index = make_child(CONFITURE_NODE_INDEX, *table, name, span);
  relations_[key(schema, name)] = &index;
  table->append(CONFITURE_LIST_INDEXES, &index);
  index.set(CONFITURE_PROP_QUALIFIED_NAME, keep(postgres::TableName{schema, name}.sql()));
  index.set(CONFITURE_PROP_ACCESS_METHOD, keep(tree::text(node, "accessMethod")));
  if (tree::truth(node, "unique")) index.set(CONFITURE_PROP_UNIQUE, 1);
  if (tree::truth(node, "concurrent")) index.set(CONFITURE_PROP_CONCURRENTLY, 1);
  if (tree::find(node, "whereClause") != nullptr) {
    Lexer lexer(source_->text().substr(0, current_->end_offset), after_table);
    std::uint64_t start = current_->end_offset;
    int depth = 0;
    for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
      if (lexer.is_symbol(token, '(')) ++depth;
      if (lexer.is_symbol(token, ')')) --depth;
      if (depth == 0 && lexer.is_word(token, "where")) {
        start = lexer.next().offset;
        break;
      }
    }
    index.set(CONFITURE_PROP_PREDICATE_SQL, slice({start, current_->end_offset}));
  }
  for (std::size_t i = 0; i < params.size() && i < keys.size(); ++i) {
    const std::string_view column_name = tree::text(tree::body(params[i]), "name");
    const Node* key_node = column(table, column_name);
    if (key_node == nullptr) {  // an expression stands as a column without a name
      Node& expression = arena_.add(CONFITURE_NODE_COLUMN);
      locate(expression, keys[i]);
      expression.set(CONFITURE_PROP_EXPRESSION_SQL, slice(keys[i]));
      expression.set_link(CONFITURE_LINK_PARENT, table);
      key_node = &expression;
    }
    index.append(CONFITURE_LIST_COLUMNS, key_node);
  }
  for (const tree::Value& item : tree::array(node, "indexIncludingParams"))
    if (const Node* one = column(table, tree::text(tree::body(item), "name")))
      index.append(CONFITURE_LIST_INCLUDED_COLUMNS, one);
  if (tree::truth(relation, "inh"))
    for (Node* partition : partitions_[table])
      copy_index(*partition, index, {partition->offset, partition->end_offset});
}

void ModelState::create_view(const tree::Object& node) {
  const tree::Object& relation = tree::object(node, "view");
  ObjectName name = range_var(relation);
  name.schema = home_schema(name);
  Node*& place = relations_[key(name.schema, name.name)];
  if (place != nullptr && tree::truth(node, "replace")) dropped_.insert(place);
  place = &make(CONFITURE_NODE_VIEW, name, name_span(position(relation)));
  place->set(CONFITURE_PROP_SQL, current_->text);
}

void ModelState::create_function(const tree::Object& node) {
  ObjectName name = name_list(tree::array(node, "funcname"));
  name.schema = home_schema(name);
  std::string arguments;
  for (const tree::Value& item : tree::array(node, "parameters")) {
    const tree::Object& parameter = tree::body(item, "FunctionParameter");
    const std::string_view mode = tree::text(parameter, "mode");
    if (mode == "FUNC_PARAM_OUT" || mode == "FUNC_PARAM_TABLE") continue;
    arguments += (arguments.empty() ? "" : ", ") + type_text(tree::object(parameter, "argType"));
  }
  // The name follows the word that says what is made.
  const Span whole{current_->offset, current_->end_offset};
  Node& function =
      make(CONFITURE_NODE_FUNCTION, name, name_span(after_word(whole, {"function", "procedure"})));
  function.set(CONFITURE_PROP_SQL, current_->text);
  Node*& overload = overloads_[key(name.schema, name.name + "(" + arguments + ")")];
  if (overload != nullptr && tree::truth(node, "replace")) dropped_.insert(overload);
  overload = functions_[key(name.schema, name.name)] = &function;
}

void ModelState::create_on_table(std::uint32_t kind, const tree::Object& node,
                                 std::string_view relation_key, std::string_view name_key) {
  Node* table = find_relation(range_var(tree::object(node, relation_key)));
  if (table == nullptr) return;
  const std::string_view name = tree::text(node, name_key);
  // The name follows CREATE ... TRIGGER or CREATE POLICY.
  const Span whole{current_->offset, current_->end_offset};
  Node& made = make_child(kind, *table, name, name_span(after_word(whole, {"trigger", "policy"})));
  made.set(CONFITURE_PROP_SQL, current_->text);
}

void ModelState::create_named(std::uint32_t kind, std::string_view name, const tree::Object& node) {
  const std::string_view space = kind == CONFITURE_NODE_SCHEMA ? "schema" : "extension";
  Node*& place = named_[key(space, name)];
  if (place != nullptr && !dropped_.contains(place) && tree::truth(node, "if_not_exists")) return;
  place = &make(kind, {"", std::string(name)}, {current_->offset, current_->end_offset});
}

void ModelState::create_enum(const tree::Object& node) {
  ObjectName name = name_list(tree::array(node, "typeName"));
  name.schema = home_schema(name);
  const Span whole{current_->offset, current_->end_offset};
  Node& type = make(CONFITURE_NODE_ENUM_TYPE, name, name_span(after_word(whole, {"type"})));
  type.set(CONFITURE_PROP_SQL, current_->text);
  types_[key(name.schema, name.name)] = &type;
}

void ModelState::grant(const tree::Object& node) {
  if (!tree::truth(node, "is_grant")) return;
  for (const tree::Value& object : tree::array(node, "objects")) {
    ObjectName name = object_list(object);
    const std::string_view type = tree::text(node, "objtype");
    const bool relation = type == "OBJECT_TABLE" || type == "OBJECT_VIEW";
    const Node* target = relation ? find_relation(name) : nullptr;
    if (name.schema.empty() && type != "OBJECT_SCHEMA") name.schema = home_schema(name);
    Node& made = make(CONFITURE_NODE_GRANT, name, {current_->offset, current_->end_offset});
    made.set(CONFITURE_PROP_SQL, current_->text);
    if (target != nullptr) made.set_link(CONFITURE_LINK_TARGET, target);
  }
}

void ModelState::comment(const tree::Object& node) {
  const std::string_view type = tree::text(node, "objtype");
  const tree::Value* object = tree::find(node, "object");
  if (object == nullptr) return;
  Node* target = nullptr;
  if (type == "OBJECT_COLUMN" || type == "OBJECT_TABCONSTRAINT") {
    const boost::json::array& parts = tree::array(tree::body(*object), "items");
    if (parts.size() < 2) return;
    ObjectName table{"", std::string(tree::string_value(parts[parts.size() - 2]))};
    if (parts.size() > 2) table.schema = tree::string_value(parts[parts.size() - 3]);
    target = child(find_relation(table),
                   type == "OBJECT_COLUMN" ? CONFITURE_LIST_COLUMNS : CONFITURE_LIST_CONSTRAINTS,
                   tree::string_value(parts.back()));
  } else {
    target = find_dropped(type, *object);
  }
  if (target == nullptr) return;
  const std::string_view text = tree::text(node, "comment");
  if (text.empty())
    target->unset(CONFITURE_PROP_COMMENT);
  else
    target->set(CONFITURE_PROP_COMMENT, keep(text));
}

}  // namespace host::sql
