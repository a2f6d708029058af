// SPDX-License-Identifier: MIT
// confiture.tree/1: libpg_query's trees, read where they lie.
#include <string>
#include <unordered_map>

#include "host/extensions/call.hpp"
#include "host/extensions/services.hpp"
#include "host/sql/node.hpp"
#include "host/sql/parsed_text.hpp"
#include "host/sql/tree.hpp"

namespace host::extensions {
namespace {

using sql::tree::Object;
using sql::tree::Value;

const confiture_tree* handle(const Value* value) {
  return reinterpret_cast<const confiture_tree*>(value);
}
const Value& value_of(const confiture_tree* tree) {
  return *reinterpret_cast<const Value*>(tree);
}

// {"FuncCall": {...}}: a node that says what it is.
bool is_typed(const Object& object) {
  if (object.size() != 1) return false;
  const Value& body = *object.begin();
  const std::string_view key = body.key();
  return !key.empty() && key[0] >= 'A' && key[0] <= 'Z' && body.is_object();
}

// The fields of a node; nullptr for a list.
const Object* fields(const confiture_tree* tree) {
  const Object* object = tree == nullptr ? nullptr : value_of(tree).if_object();
  if (object == nullptr) return nullptr;
  return is_typed(*object) ? object->begin()->if_object() : object;
}

const Value* field(const confiture_tree* tree, confiture_str name) {
  const Object* object = fields(tree);
  return object == nullptr ? nullptr : object->if_contains(view(name));
}

const confiture_tree* keep(confiture_call& call, std::shared_ptr<const sql::ParsedText> parsed) {
  if (parsed == nullptr) return nullptr;
  call.trees.push_back(std::move(parsed));
  return handle(&call.trees.back()->root());
}

// The rules of a thread look at one node after the other: the last tree serves most of them.
std::shared_ptr<const sql::ParsedText> parse_statement(std::string_view sql) {
  thread_local std::string last;
  thread_local std::shared_ptr<const sql::ParsedText> tree;
  if (tree == nullptr || last != sql) {
    tree.reset();
    last = sql;
    tree = sql::parse_statement_text(sql);
  }
  return tree;
}

const confiture_tree* of(confiture_call* call, const confiture_node* node) noexcept {
  if (call == nullptr || node == nullptr || node->kind == CONFITURE_NODE_FILE) return nullptr;
  if (node->tree != nullptr) return handle(static_cast<const Value*>(node->tree));
  const std::string_view text = node->text(CONFITURE_PROP_SQL);
  const confiture_tree* found = nullptr;
  if (!text.empty()) guard(*call, [&] { found = keep(*call, parse_statement(text)); });
  return found;
}

const confiture_tree* statement(confiture_call* call, confiture_str sql) noexcept {
  const confiture_tree* found = nullptr;
  if (call != nullptr)
    guard(*call, [&] { found = keep(*call, sql::parse_statement_text(view(sql))); });
  return found;
}

// now(), 0, '{}'::jsonb: a schema says the same few things again and again, and several rules ask.
std::shared_ptr<const sql::ParsedText> parse_expression(std::string_view sql) {
  constexpr std::size_t most = 256, longest = 256;
  if (sql.size() > longest) return sql::parse_expression_text(sql);
  thread_local std::unordered_map<std::string, std::shared_ptr<const sql::ParsedText>> known;
  if (known.size() == most) known.clear();
  const auto [entry, made] = known.try_emplace(std::string(sql));
  if (made) entry->second = sql::parse_expression_text(sql);
  return entry->second;
}

const confiture_tree* expression(confiture_call* call, confiture_str sql) noexcept {
  const confiture_tree* found = nullptr;
  if (call != nullptr && sql.size > 0)
    guard(*call, [&] { found = keep(*call, parse_expression(view(sql))); });
  return found;
}

// Where the type of a field is fixed, the tree does not repeat it: told by a field that only this
// type always has.
confiture_str known_by_its_fields(const Object& object) {
  constexpr std::pair<std::string_view, std::string_view> signs[] = {
      {"relname", "RangeVar"},  {"typemod", "TypeName"},   {"limitOption", "SelectStmt"},
      {"ctes", "WithClause"},   {"colname", "ColumnDef"},  {"rolename", "RoleSpec"},
      {"roletype", "RoleSpec"}, {"onCommit", "IntoClause"}};
  for (const auto& [sign, type] : signs)
    if (object.if_contains(sign) != nullptr) return {type.data(), type.size()};
  return {nullptr, 0};
}

confiture_str type(const confiture_tree* tree) noexcept {
  const Object* object = tree == nullptr ? nullptr : value_of(tree).if_object();
  if (object == nullptr) return {nullptr, 0};
  if (!is_typed(*object)) return known_by_its_fields(*object);
  const auto key = object->begin()->key();
  return {key.data(), key.size()};
}

confiture_str text(const confiture_tree* tree, confiture_str name) noexcept {
  const Value* found = field(tree, name);
  if (found == nullptr || !found->is_text()) return {nullptr, 0};
  const std::string_view read = found->text();
  return {read.data(), read.size()};
}

int64_t integer(const confiture_tree* tree, confiture_str name) noexcept {
  const Value* found = field(tree, name);
  if (found == nullptr) return 0;
  return found->is_truth() ? (found->truth() ? 1 : 0) : found->number();
}

bool has_parts(const Value& value) {
  return value.is_object() || value.if_array() != nullptr;
}

const confiture_tree* child(const confiture_tree* tree, confiture_str name) noexcept {
  const Value* found = field(tree, name);
  return found != nullptr && has_parts(*found) ? handle(found) : nullptr;
}

size_t count(const confiture_tree* tree) noexcept {
  if (tree == nullptr) return 0;
  if (const Value* array = value_of(tree).if_array()) return array->size();
  const Object* object = fields(tree);
  if (object == nullptr) return 0;
  std::size_t parts = 0;
  for (const auto& one : *object) parts += has_parts(one.value()) ? 1u : 0u;
  return parts;
}

const confiture_tree* at(const confiture_tree* tree, size_t index) noexcept {
  if (tree == nullptr) return nullptr;
  if (const Value* array = value_of(tree).if_array())
    return index < array->size() ? handle(&(*array)[index]) : nullptr;
  const Object* object = fields(tree);
  if (object == nullptr) return nullptr;
  for (const auto& one : *object)
    if (has_parts(one.value()) && index-- == 0) return handle(&one.value());
  return nullptr;
}

}  // namespace

const confiture_tree_v1 tree_service{of,      statement, expression, type, text,
                                     integer, child,     count,      at};

}  // namespace host::extensions
