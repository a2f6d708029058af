// SPDX-License-Identifier: MIT
#include "host/review/ownership.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>

#include "host/foundation/text.hpp"
#include "host/sql/plpgsql_body.hpp"
#include "host/sql/tree.hpp"

namespace host::review {
namespace {

namespace tree = sql::tree;

bool among(std::string_view name, std::span<const std::string_view> known) {
  return std::find(known.begin(), known.end(), name) != known.end();
}

// Statements whose objects are all named in them.
constexpr std::array<std::string_view, 15> plain_statements{
    "CreateStmt",        "AlterTableStmt", "IndexStmt", "InsertStmt",    "UpdateStmt",
    "DeleteStmt",        "TruncateStmt",   "ViewStmt",  "CreateSeqStmt", "AlterSeqStmt",
    "CreateTableAsStmt", "RenameStmt",     "DropStmt",  "CommentStmt",   "LockStmt"};
// Of DROP and COMMENT ON: what is named as a relation is.
constexpr std::array<std::string_view, 6> relations{"OBJECT_TABLE",    "OBJECT_VIEW",
                                                    "OBJECT_MATVIEW",  "OBJECT_INDEX",
                                                    "OBJECT_SEQUENCE", "OBJECT_COLUMN"};
// Functions of the server that touch nothing but their arguments.
constexpr std::array<std::string_view, 17> harmless{"now",
                                                    "clock_timestamp",
                                                    "gen_random_uuid",
                                                    "lower",
                                                    "upper",
                                                    "length",
                                                    "btrim",
                                                    "md5",
                                                    "count",
                                                    "sum",
                                                    "min",
                                                    "max",
                                                    "avg",
                                                    "round",
                                                    "to_char",
                                                    "date_trunc",
                                                    "concat"};

class Search {
 public:
  explicit Search(Footprint& touched) : touched_(touched) {}

  void statement(const sql::Statement& statement) {
    if (statement.tree == nullptr) {
      touched_.unknown = true;
      return;
    }
    const std::string_view type = tree::type(*statement.tree);
    const tree::Object& body = tree::body(*statement.tree);
    if (!among(type, plain_statements)) {
      // Whatever it reaches beyond these, their owners are asked.
      touched_.unknown = true;
      walk(*statement.tree);
      if (type == "DoStmt") look_inside(statement, tree::array(body, "args"));
      if (type == "CreateFunctionStmt") look_inside(statement, tree::array(body, "options"));
      return;
    }
    if (tree::text(body, "behavior") == "DROP_CASCADE") touched_.unknown = true;
    if (type == "DropStmt" || type == "CommentStmt") {
      named(type, body);
    } else {
      if (type == "RenameStmt") renamed(body);
      walk(*statement.tree);
    }
  }

 private:
  void add(std::string_view schema, std::string_view name) {
    touched_.objects.push_back(std::string(schema.empty() ? "public" : schema) + "." +
                               std::string(name));
  }

  // The body of a function or of DO, where it is SQL or PL/pgSQL.
  void look_inside(const sql::Statement& statement, const tree::Array& options) {
    std::string language;
    std::string_view text;
    for (const tree::Value& item : options) {
      const tree::Object& option = tree::body(item);
      if (tree::text(option, "defname") == "language") language = tree::scalar_text(option, "arg");
      if (tree::text(option, "defname") != "as") continue;
      const tree::Value* argument = tree::find(option, "arg");
      if (argument == nullptr) continue;
      const tree::Array& parts = tree::array(tree::body(*argument), "items");
      text = parts.empty() ? tree::string_value(*argument) : tree::string_value(parts[0]);
    }
    language = lower_ascii(language);
    if (language == "sql") look_inside(text);
    if (language != "plpgsql" && !language.empty()) return;
    for (const sql::PlpgsqlStatement& one : sql::read_plpgsql(statement.text, text).statements)
      if (!one.dynamic) look_inside(one.sql);
  }

  void look_inside(std::string_view body) {
    const sql::Script script = sql::parse_script(sql::Source("body", std::string(body)));
    for (const sql::Statement& inner : script.statements()) statement(inner);
  }

  // Names as lists of texts: of a column, its own name comes last.
  void named(std::string_view type, const tree::Object& body) {
    const std::string_view kind = tree::text(body, type == "DropStmt" ? "removeType" : "objtype");
    if (!among(kind, relations)) {
      touched_.unknown = true;
      return;
    }
    const auto one = [&](const tree::Value& value) {
      std::vector<std::string_view> words;
      for (const tree::Value& word : tree::array(tree::body(value, "List"), "items"))
        words.push_back(tree::string_value(word));
      if (kind == "OBJECT_COLUMN" && !words.empty()) words.pop_back();
      if (words.empty() || words.size() > 2 || words.back().empty()) {
        touched_.unknown = true;
      } else {
        add(words.size() == 2 ? words.front() : std::string_view(), words.back());
      }
    };
    if (type == "DropStmt") {
      for (const tree::Value& object : tree::array(body, "objects")) one(object);
    } else if (const tree::Value* object = tree::find(body, "object")) {
      one(*object);
    }
  }

  // The new name of a relation is one that is touched, too.
  void renamed(const tree::Object& body) {
    const std::string_view kind = tree::text(body, "renameType");
    if (!among(kind, relations)) {
      if (kind != "OBJECT_TABCONSTRAINT") touched_.unknown = true;
    } else if (kind != "OBJECT_COLUMN") {
      add(tree::text(tree::object(body, "relation"), "schemaname"), tree::text(body, "newname"));
    }
  }

  void walk(const tree::Value& value) {
    if (const auto* array = value.if_array()) {
      for (const tree::Value& each : *array) walk(each);
    } else if (const auto* object = value.if_object()) {
      if (const std::string_view name = tree::text(*object, "relname"); !name.empty())
        add(tree::text(*object, "schemaname"), name);
      for (const tree::Value& field : *object) {
        if (field.key() == "funcname") call(field);
        if (field.key() == "name") operate(field);
        walk(field);
      }
    }
  }

  void call(const tree::Value& name) {
    const auto* words = name.if_array();
    if (words == nullptr || words->empty()) return;
    const bool of_server = words->size() == 1 || tree::string_value((*words)[0]) == "pg_catalog";
    if (!of_server || !among(tree::string_value(words->back()), harmless)) touched_.unknown = true;
  }

  // OPERATOR(schema.+) is a function in disguise.
  void operate(const tree::Value& name) {
    const auto* words = name.if_array();
    if (words != nullptr && words->size() > 1 && tree::string_value((*words)[0]) != "pg_catalog")
      touched_.unknown = true;
  }

  Footprint& touched_;
};

}  // namespace

void add_touched(const sql::Script& script, Footprint& touched) {
  Search search(touched);
  for (const sql::Statement& statement : script.statements()) search.statement(statement);
  std::sort(touched.objects.begin(), touched.objects.end());
  touched.objects.erase(std::unique(touched.objects.begin(), touched.objects.end()),
                        touched.objects.end());
}

bool Requirement::hears(const std::string& role) const {
  return rule.approvals.contains(role) ||
         std::any_of(teams.begin(), teams.end(), [&](const TeamNeed& team) {
           return std::find(team.roles.begin(), team.roles.end(), role) != team.roles.end();
         });
}

Requirement requirement_of(const PlanToDecide& plan, const config::EnvironmentPolicy& policy,
                           const config::Review& review) {
  Requirement requirement{rule_for(policy, plan.risk), {}};
  if (review.teams.empty()) return requirement;
  const Footprint& touched = plan.touched;
  bool unowned = touched.unknown || touched.objects.empty();
  std::set<const config::Team*> owners;
  for (const std::string& object : touched.objects) {
    const config::Team* owner = review.owner_of(object);
    if (owner == nullptr) unowned = true;
    if (owner != nullptr) owners.insert(owner);
  }
  for (const std::string& file : touched.files)
    if (const config::Team* owner = review.owner_of(file)) owners.insert(owner);
  const bool small = plan.risk == "none" || plan.risk == "low" || plan.risk == "medium";
  const bool inside = small && !unowned && owners.size() == 1;
  if (inside && requirement.rule.approvals.empty()) return requirement;
  if (inside) requirement.rule.approvals.clear();
  for (const config::Team& team : review.teams)
    if (owners.contains(&team))
      requirement.teams.push_back({team.name, team.roles, team.approvals});
  return requirement;
}

}  // namespace host::review
