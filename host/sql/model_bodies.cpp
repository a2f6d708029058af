// SPDX-License-Identifier: MIT
// A look into PL/pgSQL: the SQL statements of functions and of DO blocks.
#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sql/model_state.hpp"
#include "host/sql/plpgsql_body.hpp"

namespace host::sql {

// AS 'body': its text, and where it stands if the source has it as it is.
void ModelState::note_body(Node& node, const tree::Object& option) {
  const tree::Value* argument = tree::find(option, "arg");
  if (argument == nullptr) return;
  const tree::Array& parts = tree::array(tree::body(*argument), "items");
  const std::string_view body =
      parts.empty() ? tree::string_value(*argument) : tree::string_value(parts[0]);
  node.set(CONFITURE_PROP_BODY, keep(body));
  const std::string_view text = source_->text().substr(0, current_->end_offset);
  const std::size_t at = text.find(body, position(option));
  if (at != std::string_view::npos)
    node.set(CONFITURE_PROP_BODY_OFFSET, static_cast<std::int64_t>(at));
  if (parts.size() > 1) return;  // AS 'object file', 'symbol'
  if (lower_ascii(body_language(node)) != "plpgsql") return;

  const PlpgsqlBody parsed = read_plpgsql(current_->text, body);
  if (!parsed.error.empty()) node.set(CONFITURE_PROP_BODY_ERROR, keep(parsed.error));
  for (const PlpgsqlStatement& one : parsed.statements) {
    Node& statement = arena_.add(CONFITURE_NODE_STATEMENT);
    const bool placed = at != std::string_view::npos && one.placed;
    const std::uint64_t offset = placed ? at + one.offset : current_->offset;
    locate(statement, {offset, placed ? offset + one.sql.size() : current_->end_offset});
    statement.set(CONFITURE_PROP_SQL,
                  placed ? slice({offset, offset + one.sql.size()}) : keep(one.sql));
    // What INTO named is blank in what the server runs, and would not parse where it stands.
    if (!one.dynamic) statement.set(CONFITURE_PROP_SQL, keep(one.sql));
    statement.set(CONFITURE_PROP_TREE_OFFSET, static_cast<std::int64_t>(offset));
    statement.set(CONFITURE_PROP_STATEMENT_TAG,
                  one.dynamic ? std::string_view("EXECUTE") : keep(statement_tag(one.sql)));
    statement.set(CONFITURE_PROP_IN_BODY, 1);
    if (one.dynamic) statement.set(CONFITURE_PROP_DYNAMIC, 1);
    statement.set_link(CONFITURE_LINK_PARENT, &node);
    node.append(CONFITURE_LIST_BODY, &statement);
  }
}

// Options stand in any order: LANGUAGE may follow AS.
std::string ModelState::body_language(const Node& node) const {
  if (node.kind == CONFITURE_NODE_STATEMENT) {
    const std::string_view named = node.text(CONFITURE_PROP_LANGUAGE);
    return named.empty() ? "plpgsql" : std::string(named);
  }
  const tree::Object& create = tree::body(*current_->tree);
  for (const char* list : {"options", "actions"})
    for (const tree::Value& item : tree::array(create, list))
      if (tree::text(tree::body(item), "defname") == "language")
        return tree::scalar_text(tree::body(item), "arg");
  return std::string(node.text(CONFITURE_PROP_LANGUAGE));
}

void ModelState::do_block(const tree::Object& node, Node& statement, const SchemaModel::Each& each,
                          Node& file) {
  for (const tree::Value& item : tree::array(node, "args")) {
    const tree::Object& option = tree::body(item, "DefElem");
    if (tree::text(option, "defname") == "language")
      statement.set(CONFITURE_PROP_LANGUAGE, keep(tree::scalar_text(option, "arg")));
  }
  if (statement.text(CONFITURE_PROP_LANGUAGE).empty())
    statement.set(CONFITURE_PROP_LANGUAGE, "plpgsql");
  for (const tree::Value& item : tree::array(node, "args")) {
    const tree::Object& option = tree::body(item, "DefElem");
    if (tree::text(option, "defname") == "as") note_body(statement, option);
  }

  // Its statements are judged, and change the schema, as if nothing kept them from running.
  const Statement* block = current_;
  const Node::List& body = statement.list(CONFITURE_LIST_BODY);
  const std::vector<const Node*> inner(body.begin(), body.end());
  statement.remove_list(CONFITURE_LIST_BODY);
  for (const Node* one : inner) {
    if (one->integer(CONFITURE_PROP_DYNAMIC) != 0) {
      statement.append(CONFITURE_LIST_BODY, one);
      continue;
    }
    const std::string_view sql = one->text(CONFITURE_PROP_SQL);
    if (source_->text().substr(one->offset, sql.size()) != sql) continue;
    bodies_.push_back(parse_script(Source(source_->name(), std::string(sql))));
    for (Statement inside : bodies_.back().statements()) {
      if (inside.tree == nullptr) continue;
      inside.text = source_->text().substr(one->offset + inside.offset, inside.text.size());
      inside.offset += one->offset;
      inside.end_offset += one->offset;
      inside.tree_offset += one->offset;
      inside.place = source_->place(inside.offset);
      inside.end_place = source_->place(inside.end_offset);
      in_body_ = true;
      apply(inside, file, each);
      in_body_ = false;
      statement.append(CONFITURE_LIST_BODY, statements.back());
    }
  }
  current_ = block;
}

}  // namespace host::sql
