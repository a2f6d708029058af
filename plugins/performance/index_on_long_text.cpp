// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct IndexOnLongText {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &IndexOnLongText::exclude,
                              "Tables, columns and indexes left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "performance.index_on_long_text",
      .summary = "No btree index is over a text without a limit",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::index},
      .why =
          "An entry of a btree has at most 2,704 bytes: a longer text makes the INSERT fail,\n"
          "one day, in production. A limit (varchar(n), or a CHECK of its length) says that\n"
          "it cannot; a hash index, or one on `md5(c)` or `left(c, 100)`, takes any length.",
      .bad =
          "CREATE TABLE page (id bigint PRIMARY KEY, url text NOT NULL);\n"
          "CREATE INDEX page_url_idx ON page (url);",
      .good =
          "CREATE TABLE page (id bigint PRIMARY KEY, url text NOT NULL CHECK (length(url) <= "
          "2000));\n"
          "CREATE INDEX page_url_idx ON page (url);"};

  void check(const Node& index, Report& report) const {
    if (index.access_method() != "btree" || !is_judged_index(index, exclude)) return;
    for (const Node& key : index.keys()) {
      const Node column = key.column();
      const std::string_view type = column.type_name();
      if ((type != "text" && type != "varchar" && type != "citext") || column.max_length() > 0)
        continue;
      if (is_limited(column, report) || is_listed(column, exclude)) continue;
      report
          .add(key, index_of(index) + " takes no entry of more than 2704 bytes, and column " +
                        quoted(column.name()) + " has no limit")
          .hint("limit the length by a CHECK, or index a part or a hash of it");
    }
  }

 private:
  // A CHECK compares what length() or the like says of the column.
  static bool is_limited(const Node& column, const Report& report) {
    for (const Node& constraint : column.parent().constraints()) {
      if (constraint.constraint_kind() != "check") continue;
      if (report.expression(constraint.expression_sql()).any([&](const Tree& part) {
            const std::string_view name = part.is("FuncCall") ? part.function_name() : "";
            return name.ends_with("length") && part["args"].at(0).column_name() == column.name();
          }))
        return true;
    }
    return false;
  }
};

}  // namespace

RuleExtension index_on_long_text() {
  return confiture::rule<IndexOnLongText>();
}

}  // namespace plugins::performance
