// SPDX-License-Identifier: MIT
// Statements about rows: what they change, and how many.
#include "plugins/risk/reading.hpp"

namespace plugins::risk {
namespace {

// Functions of the system that do more than to answer.
std::string_view form_of_function(std::string_view name) {
  if (name == "setval") return "seq.setval";
  if (name == "pg_terminate_backend" || name == "pg_cancel_backend") return "sess.pg_terminate";
  if (name == "pg_drop_replication_slot") return "sess.drop_slot";
  return {};
}

bool is_harmless(std::string_view name) {
  for (const std::string_view known :
       {"count", "sum", "min", "max", "avg", "coalesce", "lower", "upper", "now", "length",
        "nextval", "set_config", "current_setting", "generate_series", "array_agg", "string_agg",
        "md5", "random", "to_char", "date_trunc", "row_number", "jsonb_build_object", "pg_sleep"})
    if (name == known) return true;
  return false;
}

}  // namespace

bool Reader::read_data(std::string_view type, const Tree& tree, bool inner) {
  const Name about = name_of(tree["relation"], inner ? Node() : statement_);
  const Node target = inner ? Node() : statement_.target();
  if (type == "SelectStmt") return select(tree, inner), true;
  if (type == "InsertStmt") {
    const bool updates = tree["onConflictClause"].text("action") == "ONCONFLICT_UPDATE";
    const bool copies = tree["selectStmt"].has("fromClause");
    Reading& reading = say(updates  ? "dml.insert_on_conflict"
                           : copies ? "dml.insert_select"
                                    : "dml.insert",
                           about, target);
    if (copies && !inner) reading.counts = std::string(statement_.sql());
    nested(tree["selectStmt"]);
    nested(tree["withClause"]);
    return true;
  }
  if (type == "UpdateStmt") return update(tree), true;
  if (type == "DeleteStmt") return erase(tree), true;
  if (type == "MergeStmt") {
    Reading& reading = say("dml.merge", about, target);
    if (!inner) reading.counts = std::string(statement_.sql());
    return true;
  }
  if (type == "CopyStmt") return copy(), true;
  if (type == "DoStmt") return say("dml.do_block"), true;
  if (type == "CallStmt" || type == "ExecuteStmt") return say("dml.call"), true;
  if (type == "PrepareStmt") return nested(tree["query"]), !readings_.empty();
  if (type == "ExplainStmt") {
    bool analyze = false;
    for (const Tree& option : tree["options"])
      analyze = analyze || option.text("defname") == "analyze";
    if (analyze) return read_data(tree["query"].type(), tree["query"], true);
    return say_other(Risk::low, "it only asks for a plan"), true;
  }
  return false;
}

void Reader::select(const Tree& tree, bool inner) {
  if (tree.has("intoClause")) {
    say("tab.create_as");
    return;
  }
  const std::size_t first = readings_.size();
  tree.walk([&](const Tree& node) {
    if (!node.is("FuncCall")) return;
    const Tree names = node["funcname"];
    const std::string name(names.back().string());
    const std::string schema(names.size() > 1 ? names.at(names.size() - 2).string() : "");
    if (const std::string_view form = form_of_function(name); !form.empty()) {
      say(form);
      return;
    }
    bool own = false;
    const std::optional<char> volatility = catalog_.volatility({schema, name}, own);
    if (volatility ? own && *volatility == 'v' : schema != "pg_catalog" && !is_harmless(name))
      say("dml.call").reason =
          volatility ? "it calls " + name + "(), which may do anything"
                     : name + "() is not known: it may do anything";
  });
  nested(tree["withClause"]);
  if (readings_.size() > first) return;
  if (!inner) say(tree.has("lockingClause") ? "dml.select_for_update" : "dml.select");
}

// Statements within a statement: WITH gone AS (DELETE ...), and what a schema is made with.
void Reader::nested(const Tree& tree) {
  tree.walk([&](const Tree& node) {
    const std::string_view type = node.type();
    const bool changes = type == "DeleteStmt" || type == "UpdateStmt" || type == "InsertStmt";
    if (changes) read_data(type, node, true);
    return !changes;
  });
  bool calls = false;
  tree.walk([&](const Tree& node) {
    if (node.is("FuncCall")) calls = calls || !form_of_function(node.function_name()).empty();
  });
  if (calls) say("dml.call");
}

void Reader::update(const Tree& tree) {
  const Name about = name_of(tree["relation"], statement_);
  const Node target = statement_.target();
  std::vector<std::string> columns;
  bool constant = false;
  for (const Tree& one : tree["targetList"]) {
    columns.emplace_back(one.text("name"));
    constant = constant || one["val"].is("A_Const");
  }
  nested(tree["withClause"]);
  if (!tree.has("whereClause")) {
    Reading& reading = say("dml.update_all", about, target);
    if (!constant) return;
    reading.risk = Risk::critical;
    reading.reason = "every row loses what a column held: it is overwritten with a constant";
    return;
  }
  const Relation* there = find(about);
  const bool foreign = there != nullptr && catalog_.references_column(*there, columns);
  Reading& reading = say(foreign ? "dml.update_fk_child" : "dml.update_where", about, target);
  reading.lock = "ROW EXCLUSIVE";
  reading.counts = std::string(statement_.sql());
}

void Reader::erase(const Tree& tree) {
  const Name about = name_of(tree["relation"], statement_);
  const Node target = statement_.target();
  nested(tree["withClause"]);
  const Relation* there = find(about);
  if (there != nullptr && catalog_.deletes_cascade(*there)) {
    say("dml.delete_cascade", about, target);
    return;
  }
  Reading& reading =
      say(tree.has("whereClause") ? "dml.delete_where" : "dml.delete_all", about, target);
  if (tree.has("whereClause")) reading.counts = std::string(statement_.sql());
}

void Reader::copy() {
  const Name about = name_of(tree_["relation"], statement_);
  const bool from = tree_.truth("is_from");
  if (tree_.truth("is_program")) {
    Reading& reading = say(from ? "dml.copy_from" : "dml.copy_to_program", about,
                           statement_.target());
    reading.security = true;
    reading.risk = Risk::critical;
    reading.reason = "it runs a program on the database server";
    return;
  }
  const bool file = !tree_.text("filename").empty();
  if (!from && !file) {
    say("dml.select");
    return;
  }
  Reading& reading = say("dml.copy_from", about, statement_.target());
  if (!file) return;
  reading.security = true;
  reading.risk = Risk::critical;
  reading.reason = from ? "it reads a file of the database server" : "it writes a file of the database server";
}

}  // namespace plugins::risk
