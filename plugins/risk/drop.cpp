// SPDX-License-Identifier: MIT
// DROP and TRUNCATE.
#include "plugins/risk/reading.hpp"

namespace plugins::risk {

void Reader::drop() {
  const std::string_view type = tree_.text("removeType");
  const bool cascade = statement_.behavior() == "cascade";
  const bool table = type == "OBJECT_TABLE" || type == "OBJECT_FOREIGN_TABLE";
  for (const Node& object : statement_.subcommands()) {
    const Name name{std::string(object.schema_name()), std::string(object.name())};
    if (table) {
      drop_table(object);
    } else if (type == "OBJECT_INDEX") {
      drop_index(object);
    } else if (type == "OBJECT_VIEW" || type == "OBJECT_MATVIEW" || type == "OBJECT_SEQUENCE") {
      if (object.if_exists() && missing(name, object.target()))
        say_other(Risk::low, name.sql() + " is not there: nothing happens").noop = true;
      else
        say(type == "OBJECT_VIEW"      ? "view.drop"
            : type == "OBJECT_MATVIEW" ? "mv.drop"
                                       : "seq.drop",
            name, object.target());
    } else if (type == "OBJECT_TYPE" || type == "OBJECT_DOMAIN") {
      Reading& reading = say(cascade ? "type.drop_cascade" : "type.drop_unused");
      reading.made = object.target() && catalog_.online() && !catalog_.type_exists(name);
      if (cascade) lock_all(reading, catalog_.tables_of_type(name), "ACCESS EXCLUSIVE");
    } else if (type == "OBJECT_SCHEMA") {
      const bool made = object.target() && catalog_.online() &&
                        !catalog_.schema_exists(object.name());
      if (cascade) {
        Reading& reading = say("sch.drop_cascade");
        reading.made = made;
        lock_all(reading, catalog_.tables_in(object.name()), "ACCESS EXCLUSIVE");
      } else {
        say_other(made ? Risk::low : Risk::medium, "fails unless the schema is empty");
      }
    }
  }
  if (!readings_.empty()) return;
  if (type == "OBJECT_TRIGGER" || type == "OBJECT_RULE" || type == "OBJECT_POLICY") {
    // "t.a", and the name of the part behind it.
    const Tree names = tree_["objects"].at(0)["items"];
    Name about{"", std::string(names.size() > 1 ? names.at(names.size() - 2).string() : "")};
    if (names.size() > 2) about.schema = std::string(names.at(names.size() - 3).string());
    Reading& reading = say(type == "OBJECT_TRIGGER" ? "trg.drop"
                           : type == "OBJECT_RULE"  ? "rule.drop"
                                                    : "pol.drop",
                           about);
    reading.security = type == "OBJECT_POLICY";
  } else if (type == "OBJECT_EXTENSION") {
    Reading& reading = say("ext.drop_cascade");
    if (cascade)
      return lock_all(reading,
                      catalog_.tables_of_extension(tree_["objects"].at(0).string()),
                      "ACCESS EXCLUSIVE");
    reading.risk = Risk::high;
    reading.reason = "what the extension brought is gone; fails where something uses it";
  } else if (type == "OBJECT_PUBLICATION") {
    say("pub.drop");
  } else if (type == "OBJECT_STATISTIC_EXT") {
    say("mnt.drop_statistics");
  } else if (type == "OBJECT_FOREIGN_SERVER" || type == "OBJECT_FDW") {
    say("fdw.user_mapping");
  } else {
    say("fn.drop");  // functions, casts, operators, ...: who uses them fails
  }
}

void Reader::drop_table(const Node& object) {
  const Name name{std::string(object.schema_name()), std::string(object.name())};
  if (object.if_exists() && missing(name, object.target())) {
    say_other(Risk::low, name.sql() + " is not there: nothing happens").noop = true;
    return;
  }
  const Relation* there = find(name);
  const bool references = there != nullptr && there->references;
  Reading& reading = say(statement_.behavior() == "cascade"          ? "tab.drop_cascade"
                         : there != nullptr && there->partition ? "part.drop_partition"
                         : references                           ? "tab.drop_with_fk"
                                                                : "tab.drop",
                         name, object.target());
  if (references) lock_all(reading, catalog_.foreign_keys_over(*there, ""), "ACCESS EXCLUSIVE");
  if (there != nullptr && there->parent) lock_all(reading, {*there->parent}, "ACCESS EXCLUSIVE");
}

void Reader::drop_index(const Node& object) {
  const Name name{std::string(object.schema_name()), std::string(object.name())};
  if (object.if_exists() && missing(name, object.target())) {
    say("idx.drop_if_exists_missing").noop = true;
    return;
  }
  const Relation* there = find(name);
  if (there != nullptr && catalog_.is_constraint_index(*there)) {
    say("idx.drop_constraint_index", name, object.target());
    return;
  }
  say_of_index(tree_.truth("concurrent") ? "idx.drop_conc" : "idx.drop", name, object.target());
}

void Reader::truncate() {
  const bool cascade = statement_.behavior() == "cascade";
  for (const Node& object : statement_.subcommands()) {
    const Name name{std::string(object.schema_name()), std::string(object.name())};
    const Relation* there = find(name);
    Reading& reading = say(cascade                                ? "tab.truncate_cascade"
                           : there != nullptr && there->partition ? "part.truncate_partition"
                                                                  : "tab.truncate",
                           name, object.target());
    if (there != nullptr && there->partition) reading.lock = "ACCESS EXCLUSIVE";
  }
}

}  // namespace plugins::risk
