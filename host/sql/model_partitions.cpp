// SPDX-License-Identifier: MIT
// Partitions, and the parts that a table has from another.
#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

constexpr std::uint32_t constraint_texts[] = {
    CONFITURE_PROP_CONSTRAINT_KIND, CONFITURE_PROP_EXPRESSION_SQL, CONFITURE_PROP_ACCESS_METHOD,
    CONFITURE_PROP_ON_DELETE,       CONFITURE_PROP_ON_UPDATE,      CONFITURE_PROP_REFERENCED_NAME};

}  // namespace

void ModelState::copy_column(Node& table, const Node& original, const Span& span) {
  const std::string_view name = original.text(CONFITURE_PROP_NAME);
  if (column(&table, name) != nullptr) return;
  Node& node = make_copy(CONFITURE_NODE_COLUMN, table, name, span);
  table.append(CONFITURE_LIST_COLUMNS, &node);
  original.integers.each([&](std::uint32_t prop, std::int64_t value) {
    if (prop != CONFITURE_PROP_PRIMARY_KEY && prop != CONFITURE_PROP_UNIQUE) node.set(prop, value);
  });
  for (const std::uint32_t prop :
       {CONFITURE_PROP_TYPE_NAME, CONFITURE_PROP_TYPE_SQL, CONFITURE_PROP_COLLATION,
        CONFITURE_PROP_DEFAULT_SQL, CONFITURE_PROP_EXPRESSION_SQL, CONFITURE_PROP_IDENTITY_KIND})
    if (const std::string_view value = original.text(prop); value.data() != nullptr)
      node.set(prop, value);
  if (const Node* type = original.link(CONFITURE_LINK_TYPE))
    node.set_link(CONFITURE_LINK_TYPE, type);
}

void ModelState::copy_constraint(Node& table, const Node& original, const Span& span) {
  const std::string_view kind = original.text(CONFITURE_PROP_CONSTRAINT_KIND);
  if (kind == "primary_key")
    for (const Node* own : table.list(CONFITURE_LIST_CONSTRAINTS))
      if (own->text(CONFITURE_PROP_CONSTRAINT_KIND) == kind) return;
  Node& node =
      make_copy(CONFITURE_NODE_CONSTRAINT, table, original.text(CONFITURE_PROP_NAME), span);
  table.append(CONFITURE_LIST_CONSTRAINTS, &node);
  original.integers.each([&](std::uint32_t prop, std::int64_t value) { node.set(prop, value); });
  for (const std::uint32_t prop : constraint_texts)
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
  for (const Node* key : original.list(CONFITURE_LIST_KEYS)) node.append(CONFITURE_LIST_KEYS, key);
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
  table.set_link(CONFITURE_LINK_PARTITION_OF, &parent);
  parent.append(CONFITURE_LIST_PARTITIONS, &table);
  partitions_[&parent].push_back(&table);
  for (const Node* one : parent.list(CONFITURE_LIST_COLUMNS)) copy_column(table, *one, span);
  for (const Node* one : parent.list(CONFITURE_LIST_CONSTRAINTS))
    copy_constraint(table, *one, span);
  for (const Node* one : parent.list(CONFITURE_LIST_INDEXES)) copy_index(table, *one, span);
}

void ModelState::partition_key(Node& table, const tree::Object& spec) {
  table.set(CONFITURE_PROP_PARTITIONED, 1);
  table.set(CONFITURE_PROP_PARTITION_STRATEGY, keep(tree::text(spec, "strategy")));
  table.set(CONFITURE_PROP_PARTITION_KEY_SQL, slice(parenthesized(position(spec))));
}

void ModelState::partition_bound(Node& table, const tree::Object& bound, std::uint64_t end) {
  if (tree::truth(bound, "is_default")) table.set(CONFITURE_PROP_DEFAULT_PARTITION, 1);
  const std::uint64_t start = position(bound);
  Lexer lexer(source_->text().substr(0, end), start);
  Token token = lexer.next();
  std::uint64_t stop = token.end_offset;
  int depth = 0;
  while (!lexer.is_word(token, "default") && token.kind != Token::Kind::end) {
    if (lexer.is_symbol(token, '(')) ++depth;
    if (lexer.is_symbol(token, ')')) --depth;
    stop = token.end_offset;
    const bool closed = lexer.is_symbol(token, ')') && depth == 0;
    token = lexer.next();
    if (closed && !lexer.is_word(token, "to")) break;  // FROM (...) TO (...)
  }
  table.set(CONFITURE_PROP_PARTITION_BOUND_SQL, slice({start, stop}));
}

}  // namespace host::sql
