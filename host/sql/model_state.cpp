// SPDX-License-Identifier: MIT
#include "host/sql/model_state.hpp"

#include <algorithm>

#include "host/postgres/quote.hpp"

namespace host::sql {

SchemaModel::SchemaModel() : state_(std::make_unique<ModelState>()) {}
SchemaModel::~SchemaModel() = default;
SchemaModel::SchemaModel(SchemaModel&&) noexcept = default;
SchemaModel& SchemaModel::operator=(SchemaModel&&) noexcept = default;

void SchemaModel::apply(const Script& script) {
  state_->apply(script);
}

const std::vector<const Node*>& SchemaModel::statements() const {
  return state_->statements;
}

std::vector<const Node*> SchemaModel::objects(std::uint32_t kind) const {
  std::vector<const Node*> result;
  if (kind > CONFITURE_NODE_PLAN) return result;
  for (const Node* node : state_->nodes(kind))
    if (!state_->dropped(node)) result.push_back(node);
  return result;
}

const Node* SchemaModel::find_table(std::string_view schema, std::string_view name) const {
  const Node* found = state_->find_relation({std::string(schema), std::string(name)});
  return found != nullptr && found->kind == CONFITURE_NODE_TABLE ? found : nullptr;
}

std::string ModelState::key(std::string_view schema, std::string_view name) {
  return std::string(schema).append(1, '\0').append(name);
}

Node* ModelState::find(const std::unordered_map<std::string, Node*>& names,
                       const ObjectName& name) const {
  const auto in = [&](std::string_view schema) {
    const auto found = names.find(key(schema, name.name));
    return found == names.end() ? nullptr : found->second;
  };
  if (!name.schema.empty()) return in(name.schema);
  if (Node* temporary = in("pg_temp")) return temporary;
  for (const std::string& schema : search_path_)
    if (Node* found = in(schema)) return found;
  return search_path_.empty() ? in("public") : nullptr;
}

ObjectName ModelState::range_var(const tree::Object& relation) const {
  ObjectName name{std::string(tree::text(relation, "schemaname")),
                  std::string(tree::text(relation, "relname"))};
  if (tree::text(relation, "relpersistence") == "t") name.schema = "pg_temp";
  return name;
}

ObjectName ModelState::name_list(const boost::json::array& names) const {
  ObjectName result;
  if (names.empty()) return result;
  result.name = tree::string_value(names.back());
  if (names.size() > 1) result.schema = tree::string_value(names[names.size() - 2]);
  return result;
}

ObjectName ModelState::object_list(const tree::Value& object) const {
  const std::string_view type = tree::type(object);
  if (type == "List") return name_list(tree::array(tree::body(object), "items"));
  if (type == "String") return {"", std::string(tree::string_value(object))};
  if (type == "TypeName") return name_list(tree::array(tree::body(object), "names"));
  if (type == "ObjectWithArgs") return name_list(tree::array(tree::body(object), "objname"));
  if (type == "RangeVar") return range_var(tree::body(object));
  return {};
}

std::string ModelState::home_schema(const ObjectName& name) const {
  if (!name.schema.empty()) return name.schema;
  return search_path_.empty() ? "public" : search_path_.front();
}

std::uint64_t ModelState::position(const tree::Object& node) const {
  const auto location = tree::number(node, "location");
  return location < 0 ? current_->offset
                      : current_->tree_offset + static_cast<std::uint64_t>(location);
}

std::string_view ModelState::slice(const Span& span) const {
  return source_->text().substr(span.offset, span.end - span.offset);
}

Span ModelState::name_span(std::uint64_t offset) const {
  Lexer lexer(source_->text().substr(0, current_->end_offset), offset);
  Token token = lexer.next();
  Span span{token.offset, token.end_offset};
  while (lexer.is_symbol(lexer.next(), '.')) {
    token = lexer.next();
    span.end = token.end_offset;
  }
  return span;
}

std::vector<Span> ModelState::comma_pieces(std::uint64_t offset) const {
  std::vector<Span> pieces;
  Lexer lexer(source_->text().substr(0, current_->end_offset), offset);
  int depth = 0;
  Span piece{0, 0};
  for (Token token = lexer.next();; token = lexer.next()) {
    const bool end = token.kind == Token::Kind::end;
    if (lexer.is_symbol(token, '(') || lexer.is_symbol(token, '[')) ++depth;
    if (lexer.is_symbol(token, ')') || lexer.is_symbol(token, ']')) --depth;
    if (end || depth < 0 || (depth == 0 && lexer.is_symbol(token, ','))) {
      if (piece.end > 0) pieces.push_back(piece);
      piece = {0, 0};
      if (end || depth < 0) return pieces;
      continue;
    }
    if (piece.end == 0) piece.offset = token.offset;
    piece.end = token.end_offset;
  }
}

Span ModelState::parenthesized(std::uint64_t offset) const {
  Lexer lexer(source_->text().substr(0, current_->end_offset), offset);
  int depth = 0;
  Span inside;
  for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
    const bool open = lexer.is_symbol(token, '(');
    if (lexer.is_symbol(token, ')') && --depth == 0) return inside;
    if (depth > 0) {
      if (inside.end == 0) inside.offset = token.offset;
      inside.end = token.end_offset;
    }
    if (open) ++depth;
  }
  return inside;
}

std::uint64_t ModelState::after_word(const Span& span,
                                     std::initializer_list<std::string_view> words) const {
  Lexer lexer(source_->text().substr(0, span.end), span.offset);
  for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next())
    for (const std::string_view word : words)
      if (lexer.is_word(token, word)) return lexer.next().offset;
  return span.end;
}

void ModelState::locate(Node& node, const Span& span) const {
  const Place start = source_->place(span.offset);
  const Place end = source_->place(span.end);
  node.file = source_->name();
  node.line = start.line;
  node.column = start.column;
  node.end_line = end.line;
  node.end_column = end.column;
  node.offset = span.offset;
  node.end_offset = span.end;
}

Node& ModelState::make(std::uint32_t kind, const ObjectName& name, const Span& span) {
  Node& node = arena_.add(kind);
  locate(node, span);
  node.made_in = script_;
  node.set(CONFITURE_PROP_NAME, keep(name.name));
  if (!name.schema.empty()) {
    node.set(CONFITURE_PROP_SCHEMA_NAME, keep(name.schema));
    node.set(CONFITURE_PROP_QUALIFIED_NAME,
             keep(postgres::TableName{name.schema, name.name}.sql()));
    if (const Node* schema = find(named_, {"schema", name.schema}))
      node.set_link(CONFITURE_LINK_PARENT, schema);
  } else {
    node.set(CONFITURE_PROP_QUALIFIED_NAME, keep(postgres::quote_identifier(name.name)));
  }
  by_kind_[kind].push_back(&node);
  return node;
}

Node& ModelState::make_child(std::uint32_t kind, Node& parent, std::string_view name,
                             const Span& span) {
  Node& node = make_copy(kind, parent, name, span);
  by_kind_[kind].push_back(&node);
  return node;
}

Node& ModelState::make_copy(std::uint32_t kind, Node& parent, std::string_view name,
                            const Span& span) {
  Node& node = arena_.add(kind);
  locate(node, span);
  node.made_in = script_;
  node.set(CONFITURE_PROP_NAME, keep(name));
  node.set(CONFITURE_PROP_QUALIFIED_NAME,
           keep(std::string(parent.text(CONFITURE_PROP_QUALIFIED_NAME)) + "." +
                postgres::quote_identifier(name)));
  node.set(CONFITURE_PROP_SCHEMA_NAME, parent.text(CONFITURE_PROP_SCHEMA_NAME));
  node.set_link(CONFITURE_LINK_PARENT, &parent);
  parent.append(CONFITURE_LIST_CHILDREN, &node);
  return node;
}

Node* ModelState::snapshot(const Node* node) {
  if (node == nullptr) return nullptr;
  Node& copy = arena_.add(node->kind);
  copy = *node;
  return &copy;
}

Node* ModelState::child(const Node* table, std::uint32_t list, std::string_view name) const {
  if (table == nullptr) return nullptr;
  for (const Node* node : table->list(list))
    if (node->text(CONFITURE_PROP_NAME) == name) return mutable_node(node);
  return nullptr;
}

// The node itself stays as it is, for the statement that dropped it.
void ModelState::drop_child(Node* node, std::uint32_t list) {
  dropped_.insert(node);
  if (Node* parent = mutable_node(node->link(CONFITURE_LINK_PARENT))) {
    parent->remove(list, node);
    parent->remove(CONFITURE_LIST_CHILDREN, node);
  }
}

void ModelState::forget_name(const Node* node) {
  std::erase_if(relations_, [node](const auto& entry) { return entry.second == node; });
}

void ModelState::drop(Node* node, bool cascade) {
  if (node == nullptr || !dropped_.insert(node).second) return;
  forget_name(node);
  for (const Node* part : node->list(CONFITURE_LIST_CHILDREN)) {
    dropped_.insert(part);
    if (part->kind == CONFITURE_NODE_INDEX) forget_name(part);
  }
  if (!cascade || node->kind != CONFITURE_NODE_TABLE) return;
  for (Node* constraint : by_kind_[CONFITURE_NODE_CONSTRAINT])
    if (constraint->link(CONFITURE_LINK_REFERENCED_TABLE) == node && !dropped_.contains(constraint))
      drop_child(constraint, CONFITURE_LIST_CONSTRAINTS);
}

}  // namespace host::sql
