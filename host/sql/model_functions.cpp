// SPDX-License-Identifier: MIT
// Functions and procedures.
#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

std::string_view argument_mode(std::string_view mode) {
  if (mode == "FUNC_PARAM_OUT") return "out";
  if (mode == "FUNC_PARAM_INOUT") return "inout";
  if (mode == "FUNC_PARAM_VARIADIC") return "variadic";
  if (mode == "FUNC_PARAM_TABLE") return "table";
  return "in";
}

bool is_input(std::string_view mode) {
  return mode != "FUNC_PARAM_OUT" && mode != "FUNC_PARAM_TABLE";
}

}  // namespace

// Of CREATE FUNCTION, or of a name with its arguments; the input types alone.
std::string ModelState::signature(const tree::Object& with_arguments) const {
  std::string result;
  const auto add = [&](const tree::Object& type) {
    result += (result.empty() ? "" : ", ") + type_text(type);
  };
  if (with_arguments.contains("objargs")) {
    for (const tree::Value& item : tree::array(with_arguments, "objargs")) add(tree::body(item));
    return result;
  }
  for (const tree::Value& item : tree::array(with_arguments, "parameters")) {
    const tree::Object& parameter = tree::body(item, "FunctionParameter");
    if (is_input(tree::text(parameter, "mode"))) add(tree::object(parameter, "argType"));
  }
  return result;
}

Node* ModelState::find_function(const tree::Object& with_arguments) const {
  ObjectName name = name_list(tree::array(with_arguments, "objname"));
  if (tree::truth(with_arguments, "args_unspecified")) return find(functions_, name);
  name.name += "(" + signature(with_arguments) + ")";
  return find(overloads_, name);
}

void ModelState::create_function(const tree::Object& node, Node& statement) {
  ObjectName name = name_list(tree::array(node, "funcname"));
  Node* const same_name = find(functions_, name);
  about(statement, name, same_name);
  name.schema = home_schema(name);
  // The name follows the word that says what is made.
  const Span span = name_span(after_word(whole(), {"function", "procedure"}));
  Node& function = make(CONFITURE_NODE_FUNCTION, name, span);
  note_written_name(function, span.offset);
  function.set(CONFITURE_PROP_SQL, current_->text);
  function.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
  function.set(CONFITURE_PROP_VOLATILITY, "volatile");
  function.set(CONFITURE_PROP_PARALLEL, "unsafe");
  function.set(CONFITURE_PROP_LANGUAGE, "sql");
  const std::string arguments = signature(node);
  function.set(CONFITURE_PROP_SIGNATURE, keep(arguments));
  if (tree::truth(node, "is_procedure")) function.set(CONFITURE_PROP_PROCEDURE, 1);
  if (public_executes_) function.set(CONFITURE_PROP_PUBLIC_EXECUTE, 1);
  if (const tree::Object& type = tree::object(node, "returnType"); !type.empty())
    function.set(CONFITURE_PROP_RETURN_TYPE,
                 keep((tree::truth(type, "setof") ? "setof " : "") + type_text(type)));
  function_arguments(function, tree::array(node, "parameters"));
  function_options(function, tree::array(node, "options"));
  if (const tree::Value* body = tree::find(node, "sql_body")) note_reads(function, *body);

  statement.set_link(CONFITURE_LINK_RESULT, &function);
  Node*& overload = overloads_[overload_key(function)];
  if (overload != nullptr) {
    if (tree::truth(node, "replace")) {
      dropped_.insert(overload);
      if (overload->integer(CONFITURE_PROP_PUBLIC_EXECUTE) == 0)
        function.unset(CONFITURE_PROP_PUBLIC_EXECUTE);
      for (const Node* one : overload->list(CONFITURE_LIST_GRANTS))
        function.append(CONFITURE_LIST_GRANTS, one);
      if (const std::string_view comment = overload->text(CONFITURE_PROP_COMMENT); !comment.empty())
        function.set(CONFITURE_PROP_COMMENT, comment);
    }
    redefined(function, *overload);
  }
  if (tree::truth(node, "replace")) function.set(CONFITURE_PROP_REPLACE, 1);
  overload = functions_[key(name.schema, name.name)] = &function;
}

void ModelState::function_arguments(Node& function, const tree::Array& parameters) {
  for (const tree::Value& item : parameters) {
    const tree::Object& parameter = tree::body(item, "FunctionParameter");
    const tree::Object& type = tree::object(parameter, "argType");
    Node& argument = arena_.add(CONFITURE_NODE_ARGUMENT);
    const std::uint64_t at = position(type);
    locate(argument, {at, at});
    argument.set_link(CONFITURE_LINK_PARENT, &function);
    argument.set(CONFITURE_PROP_NAME, keep(tree::text(parameter, "name")));
    argument.set(CONFITURE_PROP_TYPE_NAME, keep(type_text(type)));
    argument.set(CONFITURE_PROP_ARGUMENT_MODE, argument_mode(tree::text(parameter, "mode")));
    function.append(CONFITURE_LIST_ARGUMENTS, &argument);
  }
}

void ModelState::function_options(Node& function, const tree::Array& options) {
  for (const tree::Value& item : options) {
    const tree::Object& option = tree::body(item, "DefElem");
    const std::string_view name = tree::text(option, "defname");
    const tree::Value* argument = tree::find(option, "arg");
    const std::string value = argument != nullptr ? tree::scalar_text(*argument) : "";
    const std::int64_t truth = value == "true" ? 1 : 0;
    if (name == "language") function.set(CONFITURE_PROP_LANGUAGE, keep(value));
    if (name == "volatility") function.set(CONFITURE_PROP_VOLATILITY, keep(value));
    if (name == "parallel") function.set(CONFITURE_PROP_PARALLEL, keep(value));
    if (name == "security") function.set(CONFITURE_PROP_SECURITY_DEFINER, truth);
    if (name == "strict") function.set(CONFITURE_PROP_STRICT, truth);
    if (name == "leakproof") function.set(CONFITURE_PROP_LEAKPROOF, truth);
    if (name == "as") note_body(function, option);
    if (name != "set" || argument == nullptr) continue;
    const tree::Object& set = tree::body(*argument, "VariableSetStmt");
    std::string values;
    for (const tree::Value& one : tree::array(set, "args"))
      values += (values.empty() ? "" : ", ") + tree::scalar_text(one);
    const std::uint64_t at = position(option);
    setting(function, tree::text(set, "name"), values, {at, at});
  }
}

void ModelState::alter_function(const tree::Object& node, Node& statement) {
  const tree::Object& with_arguments = tree::object(node, "func");
  Node* function = find_function(with_arguments);
  about(statement, name_list(tree::array(with_arguments, "objname")), snapshot(function));
  if (function == nullptr) return;
  function_options(*function, tree::array(node, "actions"));
  statement.set_link(CONFITURE_LINK_RESULT, function);
}

}  // namespace host::sql
