// SPDX-License-Identifier: MIT
// Who may do what: policies, grants, roles.
#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

std::vector<std::string> privileges_of(const tree::Object& grant) {
  std::vector<std::string> names;
  for (const tree::Value& item : tree::array(grant, "privileges"))
    names.emplace_back(tree::text(tree::body(item), "priv_name"));
  return names;
}

// Whether each privilege is on columns alone: SELECT (a, b).
bool is_of_columns(const tree::Object& grant) {
  const tree::Array& privileges = tree::array(grant, "privileges");
  return !privileges.empty() && std::all_of(privileges.begin(), privileges.end(), [](auto& item) {
    return !tree::array(tree::body(item), "cols").empty();
  });
}

std::vector<std::string> default_schemas(const tree::Object& defaults) {
  std::vector<std::string> schemas;
  for (const tree::Value& item : tree::array(defaults, "options")) {
    const tree::Object& option = tree::body(item, "DefElem");
    if (tree::text(option, "defname") != "schemas") continue;
    for (const tree::Value& one :
         tree::array(tree::object(tree::object(option, "arg"), "List"), "items"))
      schemas.emplace_back(tree::string_value(one));
  }
  return schemas;
}

bool is_for(std::string_view object_type, std::uint32_t kind) {
  switch (kind) {
    case CONFITURE_NODE_TABLE:
    case CONFITURE_NODE_FOREIGN_TABLE:
    case CONFITURE_NODE_VIEW:
      return object_type == "table";
    case CONFITURE_NODE_SEQUENCE:
      return object_type == "sequence";
    case CONFITURE_NODE_FUNCTION:
      return object_type == "function" || object_type == "routine";
    default:
      return false;
  }
}

}  // namespace

std::string ModelState::role_name(const tree::Object& role) {
  const std::string_view type = tree::text(role, "roletype");
  if (type == "ROLESPEC_PUBLIC") return "public";
  if (type == "ROLESPEC_CURRENT_USER" || type == "ROLESPEC_CURRENT_ROLE") return "current_user";
  if (type == "ROLESPEC_SESSION_USER") return "session_user";
  return std::string(tree::text(role, "rolename"));
}

void ModelState::create_policy(const tree::Object& node, Node& statement) {
  const tree::Object& relation = tree::object(node, "table");
  const ObjectName name = range_var(relation);
  Node* table = find_relation(name);
  about(statement, name, snapshot(table));
  if (table == nullptr)
    unresolved("policy", "table", name, name_span(position(relation)), *source_);
  if (table == nullptr) table = assume_table(name, name_span(position(relation)));
  if (table == nullptr) return;
  Node& policy = make_child(CONFITURE_NODE_POLICY, *table, tree::text(node, "policy_name"),
                            name_span(after_word(whole(), {"policy"})));
  table->append(CONFITURE_LIST_POLICIES, &policy);
  policy.set(CONFITURE_PROP_SQL, current_->text);
  policy.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
  policy.set(CONFITURE_PROP_COMMAND, keep(tree::text(node, "cmd_name")));
  policy.set(CONFITURE_PROP_PERMISSIVE, 1);
  // The tree has nothing for RESTRICTIVE, which is false.
  Lexer lexer(source_->text().substr(0, current_->end_offset), policy.end_offset);
  for (Token token = lexer.next(); token.kind != Token::Kind::end && !lexer.is_symbol(token, '(');
       token = lexer.next())
    if (lexer.is_word(token, "restrictive")) policy.unset(CONFITURE_PROP_PERMISSIVE);
  statement.set_link(CONFITURE_LINK_RESULT, &policy);
  policy_parts(policy, node);
}

void ModelState::policy_parts(Node& policy, const tree::Object& node) {
  std::string roles;
  for (const tree::Value& role : tree::array(node, "roles"))
    roles += (roles.empty() ? "" : ", ") + role_name(tree::body(role));
  if (!roles.empty()) policy.set(CONFITURE_PROP_ROLES, keep(roles));
  const Span rest{name_span(after_word(whole(), {"on"})).end, current_->end_offset};
  if (tree::find(node, "qual") != nullptr)
    policy.set(CONFITURE_PROP_USING_SQL, slice(parenthesized(after_word(rest, {"using"}))));
  if (tree::find(node, "with_check") != nullptr)
    policy.set(CONFITURE_PROP_CHECK_SQL, slice(parenthesized(after_word(rest, {"check"}))));
}

void ModelState::alter_policy(const tree::Object& node, Node& statement) {
  const ObjectName name = range_var(tree::object(node, "table"));
  Node* table = find_relation(name);
  about(statement, name, snapshot(table));
  Node* policy = child(table, CONFITURE_LIST_POLICIES, tree::text(node, "policy_name"));
  if (policy == nullptr) return;
  policy_parts(*policy, node);
  statement.set_link(CONFITURE_LINK_RESULT, policy);
}

// GRANT and REVOKE, also of ALTER DEFAULT PRIVILEGES, whose options `defaults` are.
void ModelState::grant(const tree::Object& node, Node& statement, const tree::Object* defaults) {
  const std::string_view type = tree::text(node, "objtype");
  const bool in_schema = tree::text(node, "targtype") == "ACL_TARGET_ALL_IN_SCHEMA";
  const bool functions = type == "OBJECT_FUNCTION" || type == "OBJECT_ROUTINE";
  for (const tree::Value& item : tree::array(node, "grantees")) {
    const std::string grantee = role_name(tree::body(item));
    if (defaults != nullptr) {
      // For one schema, default privileges only add to those for all.
      if (functions && grantee == "public" && default_schemas(*defaults).empty())
        public_executes_ = tree::truth(node, "is_grant");
      default_grant(node, grantee, *defaults);
      continue;
    }
    for (const tree::Value& object : tree::array(node, "objects")) {
      ObjectName name = object_list(object);
      if (in_schema) {
        const std::uint32_t kind = functions                   ? CONFITURE_NODE_FUNCTION
                                   : type == "OBJECT_SEQUENCE" ? CONFITURE_NODE_SEQUENCE
                                                               : CONFITURE_NODE_TABLE;
        for (const std::uint32_t each : {kind, static_cast<std::uint32_t>(CONFITURE_NODE_VIEW)}) {
          if (each != kind && kind != CONFITURE_NODE_TABLE) continue;
          const std::deque<Node*> all = by_kind_[each];
          for (Node* one : all)
            if (one->text(CONFITURE_PROP_SCHEMA_NAME) == name.name && !dropped_.contains(one))
              grant_one(one, {name.name, std::string(one->text(CONFITURE_PROP_NAME))}, node,
                        grantee);
        }
        continue;
      }
      Node* found = nullptr;
      if (functions) found = find_function(tree::body(object));
      if (type == "OBJECT_TABLE" || type == "OBJECT_SEQUENCE") found = find_relation(name);
      if (type == "OBJECT_SCHEMA") found = find(named_, {"schema", name.name});
      if (type == "OBJECT_TYPE" || type == "OBJECT_DOMAIN") found = find(types_, name);
      about(statement, name, found);
      if (found != nullptr && name.schema.empty())
        name.schema = found->text(CONFITURE_PROP_SCHEMA_NAME);
      grant_one(found, name, node, grantee);
    }
  }
}

void ModelState::grant_one(Node* object, const ObjectName& name, const tree::Object& node,
                           std::string_view grantee) {
  const std::vector<std::string> privileges = privileges_of(node);
  const bool is_grant = tree::truth(node, "is_grant");
  const bool executes = privileges.empty() || std::find(privileges.begin(), privileges.end(),
                                                        "execute") != privileges.end();
  if (object != nullptr && object->kind == CONFITURE_NODE_FUNCTION && grantee == "public" &&
      executes)
    object->set(CONFITURE_PROP_PUBLIC_EXECUTE, is_grant ? 1 : 0);
  if (is_grant) {
    Node& made = make_grant(name, node, grantee);
    if (object == nullptr) return;
    made.set_link(CONFITURE_LINK_TARGET, object);
    object->append(CONFITURE_LIST_GRANTS, &made);
    if (!is_of_columns(node)) return;
    for (const tree::Value& item : tree::array(node, "privileges"))
      for (const tree::Value& one : tree::array(tree::body(item), "cols"))
        if (const Node* found = column(object, tree::string_value(one)))
          made.append(CONFITURE_LIST_COLUMNS, found);
    return;
  }
  if (object == nullptr) return;
  const Node::List& all = object->list(CONFITURE_LIST_GRANTS);
  const std::vector<const Node*> grants(all.begin(), all.end());  // they change
  for (const Node* one : grants) {
    if (one->text(CONFITURE_PROP_GRANTEE) != grantee) continue;
    // What was granted on the whole is not taken from a column.
    if (is_of_columns(node) && one->list(CONFITURE_LIST_COLUMNS).empty()) continue;
    if (take(*mutable_node(one), node)) object->remove(CONFITURE_LIST_GRANTS, one);
  }
}

Node& ModelState::make_grant(const ObjectName& name, const tree::Object& node,
                             std::string_view grantee) {
  Node& made = make(CONFITURE_NODE_GRANT, name, whole());
  made.set(CONFITURE_PROP_SQL, current_->text);
  std::string joined;
  for (const std::string& one : privileges_of(node)) joined += (joined.empty() ? "" : ", ") + one;
  made.set(CONFITURE_PROP_PRIVILEGES, joined.empty() ? std::string_view("all") : keep(joined));
  made.set(CONFITURE_PROP_GRANTEE, keep(grantee));
  made.set(CONFITURE_PROP_OBJECT_TYPE, keep(object_word(tree::text(node, "objtype"))));
  if (tree::truth(node, "grant_option")) made.set(CONFITURE_PROP_GRANT_OPTION, 1);
  return made;
}

// REVOKE. Whether nothing is left of the grant.
bool ModelState::take(Node& grant, const tree::Object& node) {
  if (tree::truth(node, "grant_option")) return grant.unset(CONFITURE_PROP_GRANT_OPTION), false;
  const std::vector<std::string> gone = privileges_of(node);
  std::string left;
  if (!gone.empty())
    for (const std::string& each : split_text(grant.text(CONFITURE_PROP_PRIVILEGES), ',')) {
      const std::string word(trim(each));
      if (std::find(gone.begin(), gone.end(), word) == gone.end())
        left += (left.empty() ? "" : ", ") + word;
    }
  grant.set(CONFITURE_PROP_PRIVILEGES, keep(left));
  if (left.empty()) dropped_.insert(&grant);
  return left.empty();
}

// Of ALTER DEFAULT PRIVILEGES: what objects have that are made later, whoever makes them.
void ModelState::default_grant(const tree::Object& node, std::string_view grantee,
                               const tree::Object& defaults) {
  std::vector<std::string> schemas = default_schemas(defaults);
  if (tree::truth(node, "is_grant")) {
    Node& made = make_grant({}, node, grantee);
    made.set(CONFITURE_PROP_DEFAULT_PRIVILEGE, 1);
    default_grants_.push_back({&made, std::move(schemas)});
    return;
  }
  const std::string object_type = object_word(tree::text(node, "objtype"));
  std::erase_if(default_grants_, [&](const DefaultGrant& one) {
    return one.grant->text(CONFITURE_PROP_GRANTEE) == grantee &&
           one.grant->text(CONFITURE_PROP_OBJECT_TYPE) == object_type && one.schemas == schemas &&
           take(*one.grant, node);
  });
}

void ModelState::give_default_grants(Node& object) {
  const std::string_view schema = object.text(CONFITURE_PROP_SCHEMA_NAME);
  for (const auto& [grant, schemas] : default_grants_) {
    if (!is_for(grant->text(CONFITURE_PROP_OBJECT_TYPE), object.kind)) continue;
    if (!schemas.empty() && std::find(schemas.begin(), schemas.end(), schema) == schemas.end())
      continue;
    Node& copy = arena_.add(CONFITURE_NODE_GRANT);
    copy = *grant;
    copy.set_link(CONFITURE_LINK_TARGET, &object);
    object.append(CONFITURE_LIST_GRANTS, &copy);
  }
}

// CREATE ROLE, and ALTER ROLE of one that was made.
void ModelState::create_role(const tree::Object& node, Node& statement) {
  const bool alter = tree::object(node, "role").contains("roletype");
  const std::string name =
      alter ? role_name(tree::object(node, "role")) : std::string(tree::text(node, "role"));
  Node* role = find(named_, {"role", name});
  about(statement, {"", name}, role);
  if (!alter) {
    role = named_[key("role", name)] = &make(CONFITURE_NODE_ROLE, {"", name}, whole());
    role->set(CONFITURE_PROP_SQL, current_->text);
  }
  if (role == nullptr) return;
  statement.set_link(CONFITURE_LINK_RESULT, role);
  for (const tree::Value& item : tree::array(node, "options")) {
    const tree::Object& option = tree::body(item, "DefElem");
    const std::string_view option_name = tree::text(option, "defname");
    const tree::Value* argument = tree::find(option, "arg");
    if (argument == nullptr || option_name == "password") continue;  // never shown
    const std::uint64_t at = position(option);
    setting(*role, option_name, tree::scalar_text(*argument), {at, at});
  }
}

}  // namespace host::sql
