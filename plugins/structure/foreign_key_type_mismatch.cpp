// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_places.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct ForeignKeyTypeMismatch {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &ForeignKeyTypeMismatch::exclude,
            "Tables and foreign keys left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.foreign_key_type_mismatch",
      .summary = "A foreign key has the types of the columns it refers to",
      .severity = Severity::error,
      .kinds = {NodeKind::constraint},
      .why =
          "An `int` that refers to a `bigint` cannot hold every key: the first row past\n"
          "2,147,483,647 cannot be referred to. Other pairs work only by a conversion at each\n"
          "check, which may keep an index from being used. Lengths do not matter, `text` and\n"
          "`varchar` are the same here, and a domain counts as the type it is made of.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int REFERENCES customer);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);",
      .fix = Fix::unsafe};

  void check(const Node& constraint, Report& report) const {
    if (constraint.constraint_kind() != "foreign_key") return;
    if (!is_judged_table(constraint.parent(), exclude) || is_listed(constraint, exclude)) return;
    const NodeList own = constraint.columns(), other = constraint.referenced_columns();
    if (own.size() != other.size()) return;
    for (std::size_t i = 0; i < own.size(); ++i) {
      const Type mine = type_of(own[i]), theirs = type_of(other[i]);
      if (!mine.known || !theirs.known || mine == theirs) continue;
      Finding& finding = report
                             .add(constraint, "column " + text(own[i].qualified_name()) + " is " +
                                                  text(own[i].type_sql()) + " and refers to " +
                                                  text(other[i].qualified_name()) + ", which is " +
                                                  text(other[i].type_sql()))
                             .hint("give both the same type");
      if (file_of(own[i]) == file_of(constraint))
        retype(finding, own[i],
               other[i].is_serial() ? sql_name(theirs.name) : text(other[i].type_sql()));
    }
  }

 private:
  static std::string sql_name(std::string_view type) {
    return type == "int8" ? "bigint" : type == "int2" ? "smallint" : "int";
  }
  struct Type {
    bool known = false;
    std::string_view name;  // of a built-in type
    Node made;              // or of one that the schema defines
    bool operator==(const Type& other) const { return name == other.name && made == other.made; }
  };

  static Type type_of(const Node& column) {
    Node holder = column;
    for (int depth = 0; depth < 8 && holder.type().kind() == NodeKind::domain; ++depth)
      holder = holder.type();
    Type result;
    result.made = holder.type();
    if (!result.made)
      result.name = holder.type_name() == "varchar" ? std::string_view("text") : holder.type_name();
    // A type that no file makes may be a domain over any other.
    result.known = result.made ? result.made.kind() == NodeKind::enum_type : holder.type_oid() != 0;
    return result;
  }
};

}  // namespace

RuleExtension foreign_key_type_mismatch() {
  return confiture::rule<ForeignKeyTypeMismatch>();
}

}  // namespace plugins::structure
