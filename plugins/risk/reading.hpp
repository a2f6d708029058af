// SPDX-License-Identifier: MIT
// From a statement's parse tree to the forms of the table that it is, with what the catalog says.
// A statement may be several: an ALTER TABLE with several actions, a DROP of several objects.
#pragma once

#include <confiture/classifier.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/risk/catalog.hpp"
#include "plugins/risk/form.hpp"

namespace plugins::risk {

using confiture::Node;
using confiture::Risk;
using confiture::Tree;

// One form that a statement is.
struct Reading {
  explicit Reading(std::string_view id) : form(&risk::form(id)) {}

  const Form* form;
  std::optional<Risk> risk;  // other than the form's
  std::string reason;        // other than the form's
  std::string_view lock;     // other than the form's
  std::optional<Name> about;  // the relation that is locked
  struct Other {
    Name relation;
    std::string_view lock;
  };
  std::vector<Other> others;
  bool made = false;      // what it is about was made in this plan: nobody uses it yet
  bool noop = false;      // the catalog says that nothing will happen
  bool guessed = false;   // facts were missing: the worse reading
  bool security = false;  // who may see what: as risky on a new table as on an old one
  bool skips_scan = false;  // perhaps: only the server can tell
  std::string counts;     // the statement whose rows are to be estimated
};

// What earlier statements of the plan did that the model does not say.
struct Memory {
  std::set<std::string> columns;   // that were added: "public.orders.note"
  std::set<std::string> doubtful;  // made IF NOT EXISTS: perhaps it was there
};

class Reader {
 public:
  Reader(const Node& statement, const Effects& effects, Catalog& catalog, Memory& memory)
      : statement_(statement), tree_(effects.tree(statement)), effects_(effects),
        catalog_(catalog), memory_(memory) {}

  // Nothing for a statement that the table does not know.
  std::vector<Reading> read();

 private:
  using Subcommand = Node;
  Reading& say(std::string_view id);
  Reading& say(std::string_view id, const Name& about, const Node& target = {});
  Reading& say_other(Risk risk, std::string reason);  // no lock on a relation
  Reading& say_of_index(std::string_view id, const Name& index, const Node& target);
  void lock_all(Reading& reading, const std::vector<Name>& tables, std::string_view lock);
  Name name_of(const Tree& range_var, const Node& node = {}) const;
  Name last_names(const Tree& names) const;  // a list of String
  bool made(const Node& target, const Name& name);
  const Relation* find(const Name& name) { return catalog_.relation(name); }
  // Whether the catalog, asked, says that it is not there.
  bool missing(const Name& name, const Node& target);

  // statement.cpp
  bool read_schema(std::string_view type);
  bool read_objects(std::string_view type);
  bool read_rename();
  // create.cpp
  void create_table();
  void create_table_as();
  void create_index();
  void create_function();
  void create_view();
  // drop.cpp
  void drop();
  void drop_table(const Node& object);
  void drop_index(const Node& object);
  void truncate();
  // alter_table.cpp
  void alter_table();
  void alter(const Tree& command, const Node& sub, std::string_view object);
  bool alter_column(std::string_view action, const Tree& command, const Node& sub);
  bool alter_trigger(std::string_view action);
  bool alter_storage(std::string_view action, const Tree& command, std::string_view object);
  void drop_column(const Tree& command, const Node& sub);
  void set_not_null(const Tree& command);
  // constraints.cpp
  bool alter_constraint(std::string_view action, const Tree& command, const Node& sub);
  void add_constraint(const Tree& constraint);
  bool not_enforced() const;
  void add_foreign_key(const Tree& constraint);
  void drop_constraint(const Tree& command, const Node& sub);
  void attach(const Tree& command, const Node& sub);
  // add_column.cpp
  void add_column(const Tree& definition, const Node& sub);
  // column_type.cpp
  void column_type(const Tree& command, const Node& sub);
  // data.cpp
  bool read_data(std::string_view type, const Tree& tree, bool nested);
  void select(const Tree& tree, bool nested);
  void update(const Tree& tree);
  void erase(const Tree& tree);
  void copy();
  void nested(const Tree& tree);
  // session.cpp
  bool read_access(std::string_view type);
  bool read_session(std::string_view type);
  void set_variable();
  void grant();

  Node statement_;
  Tree tree_;
  const Effects& effects_;
  Catalog& catalog_;
  Memory& memory_;
  Name about_;              // of an ALTER TABLE
  bool about_made_ = false;
  const Relation* facts_ = nullptr;
  std::vector<Reading> readings_;
};

// Whether a default's expression gives another value for each row; nothing: unknown.
std::optional<char> volatility_of(const Tree& expression, Catalog& catalog);

}  // namespace plugins::risk
