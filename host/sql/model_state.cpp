// SPDX-License-Identifier: MIT
#include "host/sql/model_state.hpp"

#include <utility>

#include "host/postgres/quote.hpp"

namespace host::sql {

SchemaModel::SchemaModel(const ModelOptions& options)
    : state_(std::make_unique<ModelState>(options)) {}
SchemaModel::~SchemaModel() = default;
SchemaModel::SchemaModel(SchemaModel&&) noexcept = default;
SchemaModel& SchemaModel::operator=(SchemaModel&&) noexcept = default;

void SchemaModel::apply(const Script& script, const Each& each) {
  state_->apply(script, each);
}

std::string SchemaModel::stem(std::string_view file_name) {
  for (const std::string_view ending : {".up.sql", ".down.sql", ".sql"})
    if (file_name.ends_with(ending))
      return std::string(file_name.substr(0, file_name.size() - ending.size()));
  return std::string(file_name);
}

void SchemaModel::note_facts(std::map<std::string, MigrationFacts> facts) {
  state_->facts = std::move(facts);
}

void SchemaModel::finish() {
  state_->finish();
}

const std::vector<const Node*>& SchemaModel::statements() const {
  return state_->statements;
}

std::vector<const Node*> SchemaModel::objects(std::uint32_t kind) const {
  std::vector<const Node*> result;
  if (kind > last_node_kind) return result;
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

Node* ModelState::find(const Names& names, const ObjectName& name) const {
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

ObjectName ModelState::name_list(const tree::Array& names) const {
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

std::string ModelState::qualified(const ObjectName& name) {
  return name.schema.empty() ? postgres::quote_identifier(name.name)
                             : postgres::TableName{name.schema, name.name}.sql();
}

void ModelState::finish() {
  note_unresolved();
  if (database_ == nullptr) {
    database_ = &arena_.add(CONFITURE_NODE_DATABASE);
    by_kind_[CONFITURE_NODE_DATABASE].push_back(database_);
    database_->set(CONFITURE_PROP_SERVER_VERSION, options_.server_version);
  }
  constexpr std::pair<std::uint32_t, std::uint32_t> lists[] = {
      {CONFITURE_LIST_TABLES, CONFITURE_NODE_TABLE},
      {CONFITURE_LIST_VIEWS, CONFITURE_NODE_VIEW},
      {CONFITURE_LIST_FUNCTIONS, CONFITURE_NODE_FUNCTION},
      {CONFITURE_LIST_FILES, CONFITURE_NODE_FILE},
      {CONFITURE_LIST_SEQUENCES, CONFITURE_NODE_SEQUENCE},
      {CONFITURE_LIST_TYPES, CONFITURE_NODE_ENUM_TYPE},
      {CONFITURE_LIST_TYPES, CONFITURE_NODE_DOMAIN},
      {CONFITURE_LIST_TYPES, CONFITURE_NODE_COMPOSITE_TYPE},
      {CONFITURE_LIST_TYPES, CONFITURE_NODE_RANGE_TYPE},
      {CONFITURE_LIST_EXTENSIONS, CONFITURE_NODE_EXTENSION},
      {CONFITURE_LIST_SCHEMAS, CONFITURE_NODE_SCHEMA},
      {CONFITURE_LIST_ROLES, CONFITURE_NODE_ROLE},
      {CONFITURE_LIST_PUBLICATIONS, CONFITURE_NODE_PUBLICATION},
      {CONFITURE_LIST_GRANTS, CONFITURE_NODE_GRANT}};
  database_->lists.clear();
  for (const auto& [list, kind] : lists)
    for (const Node* node : by_kind_[kind])
      if (!dropped_.contains(node)) database_->append(list, node);
}

}  // namespace host::sql
