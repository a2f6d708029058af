// SPDX-License-Identifier: MIT
// What is new, and what it takes from what is there.
#include "plugins/risk/reading.hpp"

namespace plugins::risk {

void Reader::create_table() {
  const Name name = name_of(tree_["relation"], statement_);
  if (tree_.truth("if_not_exists")) {
    memory_.doubtful.insert(name.sql());
    if (find(name) != nullptr) {
      Reading& reading = say_other(Risk::low, name.sql() + " is there already: nothing happens");
      reading.noop = true;
      return;
    }
  }
  const std::string_view persistence = tree_["relation"].text("relpersistence");
  if (persistence == "t") {
    say("tab.create_temp");
    return;
  }
  if (tree_.has("partbound")) {
    const Tree parent = tree_["inhRelations"].at(0);
    const Name parent_name = name_of(parent);
    const Node parent_node = statement_.other();
    const Relation* there = find(parent_name);
    const bool defaulted = there != nullptr && there->default_partition;
    const bool unknown = there == nullptr && !made(parent_node, parent_name);
    Reading& reading = say(defaulted || unknown ? "tab.create_partition_of_with_default"
                                                : "tab.create_partition_of",
                           parent_name, parent_node);
    reading.guessed = unknown;
    if (defaulted) reading.others.push_back({*there->default_partition, "ACCESS EXCLUSIVE"});
    return;
  }
  const std::size_t first = readings_.size();
  if (tree_.has("inhRelations"))
    for (const Tree& parent : tree_["inhRelations"]) say("tab.create_inherits", name_of(parent));
  std::vector<Tree> constraints;
  for (const Tree& element : tree_["tableElts"]) {
    if (element.is("TableLikeClause")) say("tab.create_like", name_of(element["relation"]));
    if (element.is("Constraint")) constraints.push_back(element);
    for (const Tree& constraint : element["constraints"])
      constraints.push_back(constraint);
  }
  for (const Tree& constraint : constraints) {
    if (constraint.text("contype") != "CONSTR_FOREIGN") continue;
    const Name referenced = name_of(constraint["pktable"]);
    if (referenced.name == name.name) continue;
    // Made earlier in the plan, it is no table that the catalog knows.
    if (catalog_.online() && !catalog_.failed() && find(referenced) == nullptr) continue;
    say("tab.create_fk", referenced).guessed = !catalog_.online();
  }
  if (persistence == "u") say("tab.create_unlogged");
  if (readings_.size() == first) say("tab.create");
}

void Reader::create_table_as() {
  const bool view = tree_.text("objtype") == "OBJECT_MATVIEW";
  const bool empty = tree_["into"].truth("skipData");
  Reading& reading = say(empty ? "tab.create" : view ? "mv.create" : "tab.create_as");
  if (tree_.truth("if_not_exists"))
    memory_.doubtful.insert(name_of(tree_["into"]["rel"], statement_).sql());
  if (!empty) reading.counts = {};
  nested(tree_["query"]);
}

void Reader::create_index() {
  const Name table = name_of(tree_["relation"], statement_);
  const Node target = statement_.target();
  const Relation* there = find(table);
  const bool concurrently = tree_.truth("concurrent"), unique = tree_.truth("unique");
  if (tree_.truth("if_not_exists") && there != nullptr &&
      find({there->name.schema, std::string(tree_.text("idxname"))}) != nullptr) {
    say("idx.create_if_not_exists_noop", table, target).noop = true;
    return;
  }
  const bool partitioned = there != nullptr ? there->partitioned() : target.is_partitioned();
  if (partitioned && concurrently) {
    say("part.cic_on_parent", table, target);
    return;
  }
  if (partitioned) {
    Reading& reading = say(statement_.is_only() ? "part.add_index_only" : "part.add_index_parent",
                           table, target);
    if (there != nullptr && !statement_.is_only())
      for (const Name& partition : there->partitions) reading.others.push_back({partition, "SHARE"});
    return;
  }
  bool expressions = tree_.has("whereClause");
  for (const Tree& key : tree_["indexParams"]) expressions = expressions || key.has("expr");
  say(concurrently && unique ? "idx.create_unique_conc"
      : concurrently         ? "idx.create_conc"
      : unique               ? "idx.create_unique"
      : expressions          ? "idx.create_expr"
                             : "idx.create",
      table, target);
}

void Reader::create_view() {
  const Name name = name_of(tree_["view"], statement_);
  const bool there = find(name) != nullptr;
  const bool replaces = tree_.truth("replace") && (there || !catalog_.online() || statement_.target());
  if (!replaces) {
    say("view.create");
    return;
  }
  say("view.replace", name, statement_.target()).guessed = !catalog_.online();
}

void Reader::create_function() {
  bool definer = false;
  std::string_view language = "sql";
  for (const Tree& option : tree_["options"]) {
    if (option.text("defname") == "language") language = option["arg"].string();
    if (option.text("defname") == "security")
      definer = option["arg"].truth("boolval");
  }
  if (language == "c" || language == "internal") {
    say("lang.create");
    return;
  }
  const Name name = last_names(tree_["funcname"]);
  const bool replaces = tree_.truth("replace") &&
                        (!catalog_.online() || catalog_.function_exists(name));
  Reading& reading = say(replaces ? "fn.replace" : "fn.create");
  reading.guessed = replaces && !catalog_.online();
  if (!definer) return;
  Reading& surface = say("fn.alter_secdef");
  surface.security = true;
}

}  // namespace plugins::risk
