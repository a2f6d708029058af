// SPDX-License-Identifier: MIT
// Indexes and their keys.
#include "host/sql/model_state.hpp"

namespace host::sql {

void ModelState::create_index(const tree::Object& node, Node& statement) {
  const tree::Object& relation = tree::object(node, "relation");
  const ObjectName table_name = range_var(relation);
  const Span table_span = name_span(position(relation));
  Node* table = find_relation(table_name);
  about(statement, table_name, snapshot(table));
  if (!tree::truth(relation, "inh")) statement.set(CONFITURE_PROP_ONLY, 1);
  if (table == nullptr) unresolved("index", "table", table_name, table_span, *source_);
  if (table == nullptr) table = assume_table(table_name, table_span);
  if (table == nullptr) return;
  const std::string schema(table->text(CONFITURE_PROP_SCHEMA_NAME));
  std::string name(tree::text(node, "idxname"));
  const bool named = !name.empty();
  if (named && tree::truth(node, "if_not_exists") && relations_.contains(key(schema, name))) return;

  const std::vector<Span> keys = comma_pieces(after_parenthesis(table_span.end));
  const tree::Array& params = tree::array(node, "indexParams");
  Span span = whole();
  if (named) {  // the name stands right before ON
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
  statement.set_link(CONFITURE_LINK_RESULT, &index);
  statement.set(CONFITURE_PROP_NAME, index.text(CONFITURE_PROP_NAME));
  index.set(CONFITURE_PROP_QUALIFIED_NAME, keep(qualified({schema, name})));
  index.set(CONFITURE_PROP_SQL, current_->text);
  index.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
  index.set(CONFITURE_PROP_ACCESS_METHOD, keep(tree::text(node, "accessMethod")));
  if (named) {
    index.set(CONFITURE_PROP_NAMED, 1);
    note_written_name(index, span.offset);
  }
  for (const auto& [field, prop] :
       {std::pair("unique", CONFITURE_PROP_UNIQUE),
        std::pair("concurrent", CONFITURE_PROP_CONCURRENTLY),
        std::pair("if_not_exists", CONFITURE_PROP_IF_NOT_EXISTS),
        std::pair("nulls_not_distinct", CONFITURE_PROP_NULLS_NOT_DISTINCT)})
    if (tree::truth(node, field)) index.set(static_cast<std::uint32_t>(prop), 1);
  settings(index, tree::array(node, "options"));
  if (tree::find(node, "whereClause") != nullptr) {
    const Span rest{table_span.end, current_->end_offset};
    index.set(CONFITURE_PROP_PREDICATE_SQL,
              slice({after_word(rest, {"where"}), current_->end_offset}));
  }
  index_keys(index, *table, params, keys);
  for (const tree::Value& item : tree::array(node, "indexIncludingParams"))
    if (const Node* one = column(table, tree::text(tree::body(item), "name")))
      index.append(CONFITURE_LIST_INCLUDED_COLUMNS, one);
  if (tree::truth(relation, "inh"))
    for (Node* partition : partitions_[table])
      copy_index(*partition, index, {partition->offset, partition->end_offset});
}

void ModelState::index_keys(Node& index, Node& table, const tree::Array& params,
                            const std::vector<Span>& spans) {
  for (std::size_t i = 0; i < params.size() && i < spans.size(); ++i) {
    const tree::Object& element = tree::body(params[i]);
    const std::string_view column_name = tree::text(element, "name");
    Node& key_node = arena_.add(CONFITURE_NODE_INDEX_KEY);
    locate(key_node, spans[i]);
    key_node.set_link(CONFITURE_LINK_PARENT, &index);
    index.append(CONFITURE_LIST_KEYS, &key_node);
    const Node* own = column(&table, column_name);
    if (own != nullptr) key_node.set_link(CONFITURE_LINK_COLUMN, own);
    if (!column_name.empty()) {
      key_node.set(CONFITURE_PROP_NAME, keep(column_name));
      if (own == nullptr && !table.integer(CONFITURE_PROP_ASSUMED))
        unresolved("index", "column", {"", std::string(column_name)}, spans[i], *source_,
                   table.text(CONFITURE_PROP_QUALIFIED_NAME));
    } else {
      key_node.set(CONFITURE_PROP_EXPRESSION_SQL, slice(spans[i]));
    }
    const bool descending = tree::text(element, "ordering") == "SORTBY_DESC";
    const std::string_view nulls = tree::text(element, "nulls_ordering");
    if (descending) key_node.set(CONFITURE_PROP_DESCENDING, 1);
    if (nulls == "SORTBY_NULLS_FIRST" || (descending && nulls != "SORTBY_NULLS_LAST"))
      key_node.set(CONFITURE_PROP_NULLS_FIRST, 1);
    if (const auto& opclass = tree::array(element, "opclass"); !opclass.empty())
      key_node.set(CONFITURE_PROP_OPERATOR_CLASS, keep(tree::string_value(opclass.back())));
    if (const auto& collation = tree::array(element, "collation"); !collation.empty())
      key_node.set(CONFITURE_PROP_COLLATION, keep(tree::string_value(collation.back())));
    if (own == nullptr) {  // in the list of columns an expression stands as one without a name
      Node& expression = arena_.add(CONFITURE_NODE_COLUMN);
      locate(expression, spans[i]);
      expression.set(CONFITURE_PROP_EXPRESSION_SQL, slice(spans[i]));
      expression.set_link(CONFITURE_LINK_PARENT, &table);
      own = &expression;
    }
    index.append(CONFITURE_LIST_COLUMNS, own);
  }
}

}  // namespace host::sql
