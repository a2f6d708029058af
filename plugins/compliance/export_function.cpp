// SPDX-License-Identifier: MIT
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct ExportFunction {
  std::vector<std::string> names = person_names();
  std::vector<std::string> words{"export",         "portability", "takeout",
                                 "subject_access", "gdpr",        "disclosure"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &ExportFunction::names,
            "Words in the name of a column that say that the rows are persons"),
      field("words", &ExportFunction::words,
            "Words in the name of a view or function that hands data out"),
      field("exclude", &ExportFunction::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "compliance.export_function",
      .summary = "What is kept of a person can be handed out",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .why =
          "Who asks gets a copy of what is kept about them (Art. 15 of the GDPR), in a form\n"
          "that a machine can read (Art. 20). A view or a function that collects it, and is\n"
          "kept up with the tables, answers in a minute. It is told by a word in its name; a\n"
          "function counts for the tables that it names, a tag `export:` in the comment of a\n"
          "table says that something else does it.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, email text);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE VIEW customer_export AS SELECT id, email FROM customer;"};

  void check(const Node& database, Report& report) const {
    for (const Node& table : database.tables()) {
      if (!is_judged_table(table, exclude) || has_tag(table.comment(), {"export"})) continue;
      const std::string why = regulated(table, names, {});
      if (why.empty() || is_exported(database, table)) continue;
      report.add(table, table_text(table) + " " + why + ", and no view or function hands it out")
          .hint("add a view such as " + quoted(text(table.name()) + "_export"));
    }
  }

 private:
  bool is_exported(const Node& database, const Node& table) const {
    for (const Node& view : table.read_by())
      if (matching(view.name(), words) != nullptr) return true;
    for (const Node& function : database.functions())
      if (matching(function.name(), words) != nullptr && mentions(function.sql(), table.name()))
        return true;
    return false;
  }
};

}  // namespace

RuleExtension export_function() {
  return confiture::rule<ExportFunction>();
}

}  // namespace plugins::compliance
