// SPDX-License-Identifier: MIT
#include <map>

#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct DataSegregation {
  std::vector<std::string> names = personal_names();
  std::vector<std::string> tables;
  std::vector<std::string> schemas;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &DataSegregation::names,
            "Words that make a column's name the name of personal data"),
      field("tables", &DataSegregation::tables,
            "Tables that are regulated whatever their columns are called"),
      field("schemas", &DataSegregation::schemas, "Schemas that may hold both"),
      field("exclude", &DataSegregation::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "compliance.data_segregation",
      .summary = "Regulated data has schemas of its own",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::database},
      .why =
          "Rights, audits, backups and copies are given by schema. Where tables with personal\n"
          "or card data lie between others, whoever gets the others gets them too: each table\n"
          "has to be thought of by itself. Schemas that hold both on purpose are listed under\n"
          "`schemas`.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE TABLE product (id bigint PRIMARY KEY, title text);",
      .good =
          "CREATE SCHEMA personal;\n"
          "CREATE TABLE personal.customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE TABLE product (id bigint PRIMARY KEY, title text);"};

  void check(const Node& database, Report& report) const {
    struct Schema {
      std::map<std::string_view, Node> regulated;  // by name, whatever the order of the files
      std::size_t others = 0;
    };
    std::map<std::string_view, Schema> found;
    for (const Node& table : database.tables()) {
      if (!is_judged_table(table, exclude)) continue;
      Schema& schema = found[table.schema_name()];
      if (regulated(table, names, tables).empty())
        ++schema.others;
      else
        schema.regulated[table.qualified_name()] = table;
    }
    for (const auto& [name, schema] : found) {
      if (schema.regulated.empty() || schema.others == 0 ||
          std::find(schemas.begin(), schemas.end(), name) != schemas.end())
        continue;
      std::string list;
      for (const auto& [table, node] : schema.regulated)
        list += (list.empty() ? "" : ", ") + quoted(node.name());
      report
          .add(schema.regulated.begin()->second,
               "schema " + quoted(name) + " holds regulated data (" + list + ") between " +
                   std::to_string(schema.others) +
                   (schema.others == 1 ? " other table" : " other tables"))
          .hint("move it to a schema of its own, or list the schema under `schemas`");
    }
  }
};

}  // namespace

RuleExtension data_segregation() {
  return confiture::rule<DataSegregation>();
}

}  // namespace plugins::compliance
