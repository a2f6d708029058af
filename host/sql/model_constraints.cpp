// SPDX-License-Identifier: MIT
// Constraints: in a column's definition, in a table's, or added later.
#include <algorithm>
#include <utility>

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

struct GeneratedName {
  std::string name, full;  // as the catalog cuts it, and before
};

// makeObjectName() of the server: the longer part is cut first.
GeneratedName joined(std::string first, std::string second, std::string_view label) {
  constexpr std::size_t longest = 63;
  const auto join = [&] {
    std::string name = first;
    if (!second.empty()) name += "_" + second;
    return name.append("_").append(label);
  };
  const std::string full = join();
  const auto cut = [](std::string& text) {
    do text.pop_back();
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80) != 0 &&
           (static_cast<unsigned char>(text.back()) & 0x40) == 0);
  };
  while (join().size() > longest) cut(first.size() > second.size() ? first : second);
  return {join(), full};
}

// A table's CHECK is named after its column where it speaks of one alone.
std::string checked_column(const tree::Value& expression) {
  std::string found;
  bool several = false;
  const auto look = [&](const auto& self, const tree::Value& value) -> void {
    if (const tree::Array* items = value.if_array()) {
      for (const tree::Value& item : *items) self(self, item);
    } else if (const tree::Object* object = value.if_object()) {
      if (tree::type(value) == "ColumnRef") {
        const tree::Array& fields = tree::array(tree::body(value), "fields");
        const std::string name(fields.empty() ? "" : tree::string_value(fields.back()));
        several = several || (!found.empty() && name != found);
        found = name;
        return;
      }
      for (const auto& field : *object) self(self, field.value());
    }
  };
  look(look, expression);
  return several ? std::string() : found;
}

using Columns = std::vector<const Node*>;

// The name that the server chooses, but for numbers that it adds where that one is taken.
GeneratedName generated_name(std::string_view kind, const Node& table, const Node* own_column,
                             const tree::Object& constraint, const Columns& columns) {
  std::string names;
  for (const Node* column : columns) {
    if (column == nullptr || kind == "primary_key") continue;
    if (!names.empty()) names += "_";
    names += column->text(CONFITURE_PROP_NAME);
  }
  if (kind == "check" && own_column == nullptr && table.kind != CONFITURE_NODE_DOMAIN)
    if (const tree::Value* expression = tree::find(constraint, "raw_expr"))
      names = checked_column(*expression);
  const std::string_view label = kind == "primary_key"   ? "pkey"
                                 : kind == "unique"      ? "key"
                                 : kind == "foreign_key" ? "fkey"
                                 : kind == "check"       ? "check"
                                                         : "excl";
  return joined(std::string(table.text(CONFITURE_PROP_NAME)), names, label);
}

// The name after the word CONSTRAINT, where a definition begins with it.
std::uint64_t name_after_constraint(const Source& source, std::uint64_t offset) {
  Lexer lexer(source.text(), offset);
  const Token first = lexer.next();
  return lexer.is_word(first, "constraint") ? lexer.next().offset : first.offset;
}

// Of CONSTRAINT n NOT NULL c, which the parser is given as a CHECK without its name.
std::string name_left_out(const Source& source, std::uint64_t offset) {
  Lexer lexer(source.text(), offset);
  if (!lexer.is_word(lexer.next(), "constraint")) return {};
  const Token name = lexer.next();
  return lexer.name(name);
}

std::vector<std::string> strings(const tree::Array& values) {
  std::vector<std::string> result;
  for (const tree::Value& value : values) result.emplace_back(tree::string_value(value));
  return result;
}

}  // namespace

void ModelState::column_constraints(Node& table, Node& column, const tree::Object& definition,
                                    const Span& span) {
  const tree::Array& all = tree::array(definition, "constraints");
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
      column.set(CONFITURE_PROP_IDENTITY_KIND,
                 tree::text(constraint, "generated_when") == "a" ? "always" : "by_default");
      column.set(CONFITURE_PROP_NULLABLE, 0);
    } else if (type == "CONSTR_GENERATED") {
      column.set(CONFITURE_PROP_GENERATED, 1);
      column.set(CONFITURE_PROP_EXPRESSION_SQL, slice(parenthesized(own.offset)));
    } else if (!constraint_kind(type).empty()) {
      add_constraint(table, &column, constraint, own);
    }
  }
}

Node* ModelState::add_constraint(Node& table, Node* own_column, const tree::Object& constraint,
                                 const Span& span) {
  const std::string_view kind = constraint_kind(tree::text(constraint, "contype"));
  if (kind.empty()) return nullptr;
  Columns columns, included;
  if (own_column == &table) own_column = nullptr;  // a domain's own
  if (own_column != nullptr) columns.push_back(own_column);
  for (const char* list : {"keys", "fk_attrs"})
    for (const std::string& name : strings(tree::array(constraint, list)))
      if (const Node* found = column(&table, name)) columns.push_back(found);
  for (const std::string& name : strings(tree::array(constraint, "including")))
    if (const Node* found = column(&table, name)) included.push_back(found);
  std::string name(tree::text(constraint, "conname"));
  if (name.empty() && kind == "check") name = name_left_out(*source_, span.offset);
  const bool named = !name.empty();
  const std::string_view index_name = tree::text(constraint, "indexname");
  if (!index_name.empty()) {
    if (Node* index = child(&table, CONFITURE_LIST_INDEXES, index_name)) {
      const Node::List& keys = index->list(CONFITURE_LIST_COLUMNS);
      const Node::List& others = index->list(CONFITURE_LIST_INCLUDED_COLUMNS);
      columns.assign(keys.begin(), keys.end());
      included.assign(others.begin(), others.end());
      drop_child(index, CONFITURE_LIST_INDEXES);
      forget_name(index);
    }
    if (name.empty()) name = index_name;
  }
  std::string written;
  if (name.empty()) {
    const GeneratedName made = generated_name(kind, table, own_column, constraint, columns);
    name = made.name;
    if (made.full != made.name) written = made.full;
  }

  Node& node = make_child(CONFITURE_NODE_CONSTRAINT, table, name, span);
  if (named) {
    node.set(CONFITURE_PROP_NAMED, 1);
    note_written_name(node, name_after_constraint(*source_, span.offset));
  } else if (!written.empty()) {
    node.set(CONFITURE_PROP_WRITTEN_NAME, keep(written));
  }
  if (!index_name.empty()) node.set(CONFITURE_PROP_USING_INDEX, keep(index_name));
  for (const auto& [field, prop] :
       {std::pair("deferrable", CONFITURE_PROP_DEFERRABLE),
        std::pair("initdeferred", CONFITURE_PROP_INITIALLY_DEFERRED),
        std::pair("nulls_not_distinct", CONFITURE_PROP_NULLS_NOT_DISTINCT)})
    if (tree::truth(constraint, field)) node.set(static_cast<std::uint32_t>(prop), 1);
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
    const ObjectName referenced = range_var(tree::object(constraint, "pktable"));
    node.set(CONFITURE_PROP_REFERENCED_NAME, keep(qualified(referenced)));
    reference(node, referenced, strings(tree::array(constraint, "pk_attrs")));
  }
  mark_key_columns(node);
  for (Node* partition : partitions_[&table])
    copy_constraint(*partition, node, {partition->offset, partition->end_offset});
  return &node;
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
  table.append(CONFITURE_LIST_REFERENCED_BY, pending.constraint);
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
