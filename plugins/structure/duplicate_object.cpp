// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_places.hpp"

namespace plugins::structure {
namespace {

struct DuplicateObject {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &DuplicateObject::exclude, "Objects left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.duplicate_object",
      .summary = "Nothing is defined twice",
      .severity = Severity::error,
      .risk = Risk::medium,
      .kinds = {NodeKind::table, NodeKind::view, NodeKind::enum_type, NodeKind::domain,
                NodeKind::composite_type, NodeKind::range_type, NodeKind::sequence},
      .scope = Scope::schema,
      .why =
          "Two files define the same table, view, type or sequence. With a plain CREATE the\n"
          "build of the schema fails; with OR REPLACE the last file wins, and which one that\n"
          "is hangs on the order of their names. A view that one file makes and later\n"
          "replaces itself is let pass, as pg_dump writes such. `CREATE TABLE IF NOT EXISTS`\n"
          "is the matter of `structure.misleading_if_not_exists`.",
      .bad =
          "-- file: 10_customer.sql\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "-- file: 20_orders.sql\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY, name text);",
      .good =
          "-- file: 10_customer.sql\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY, name text);\n"
          "-- file: 20_orders.sql\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);"};

  void check(const Node& object, Report& report) const {
    if (object.is_temporary() || is_listed(object, exclude)) return;
    for (const Node& other : object.redefinitions()) {
      if (other.if_not_exists() || other.is_temporary()) continue;
      if (object.is_replace() && file_of(other) == file_of(object)) continue;
      report
          .add(object, text(object.qualified_name()) + " is defined a second time; first in " +
                           place_in_file(other))
          .hint("keep one of the definitions");
    }
  }
};

}  // namespace

RuleExtension duplicate_object() {
  return confiture::rule<DuplicateObject>();
}

}  // namespace plugins::structure
