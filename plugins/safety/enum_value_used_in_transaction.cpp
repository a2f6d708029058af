// SPDX-License-Identifier: MIT
#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {
namespace {

struct EnumValueUsedInTransaction {
  static constexpr RuleRecord record{
      .id = "safety.enum_value_used_in_transaction",
      .summary = "A new value of an enum is used after the transaction that adds it",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "A value that ALTER TYPE ... ADD VALUE adds cannot be used before the transaction ends: "
          "\"unsafe use of new value\", and the migration fails. Use it in a later migration. A "
          "type that the same file made is exempt. Where no migration tells what type a column "
          "has, the same text is taken for the value.",
      .bad =
          "ALTER TYPE status ADD VALUE 'paid';\nUPDATE invoice SET status = 'paid' WHERE id = 1;",
      .good =
          "-- file: 1_add.up.sql\nALTER TYPE status ADD VALUE 'paid';\n-- file: "
          "2_use.up.sql\nUPDATE invoice SET status = 'paid' WHERE id = 1;"};

  void check(const Node& file, Report& report) const {
    std::vector<Node> added;
    for (const Node& statement : file.statements()) {
      const Control control = control_of(statement, report);
      if (control == Control::commits || control == Control::rolls_back) added.clear();
      for (const Node& action : statement.subcommands())
        if (action.subcommand() == "add_value" && statement.in_transaction() &&
            !action.created_here())
          added.push_back(action);
      for (const Node& value : added) {
        if (value.parent() == statement || !uses(statement, value, report)) continue;
        report
            .add(statement, "the new value of type " + text(value.qualified_name()) +
                                " is used before the transaction ends that adds it: PostgreSQL "
                                "refuses that")
            .hint("use it in a later migration");
      }
    }
  }

 private:
  static bool uses(const Node& statement, const Node& value, const Report& report) {
    const Tree tree = report.tree(statement);
    const auto is_value = [&](const Tree& node) {
      return node.is_string() && node.string() == value.name();
    };
    const std::string_view type = value.parent().target().name();
    const auto is_cast = [&](const Tree& node) {
      return node.is("TypeCast") && is_value(node["arg"]) &&
             node["typeName"].type_name() == (type.empty() ? unqualified(value, report) : type);
    };
    if (tree.any(is_cast)) return true;
    if (!tree.any(is_value)) return false;
    const NodeList reads = statement.result().reads();  // of a view
    if (reads.empty())  // a column of it may come with the statement
      return may_have(statement.target(), value.result()) ||
             (statement.result() && may_have(statement.result(), value.result()));
    for (const Node& read : reads)
      if (may_have(read, value.result())) return true;
    return false;
  }

  static std::string_view unqualified(const Node& value, const Report& report) {
    return report.tree(value.parent())["typeName"].back().string();
  }

  // Whether the table can have a column of the type.
  static bool may_have(const Node& table, const Node& type) {
    if (!table || table.kind() != NodeKind::table || table.is_assumed()) return true;
    for (const Node& column : table.columns())
      if (column.type() && column.type() == type) return true;
    return false;
  }
};

}  // namespace

RuleExtension enum_value_used_in_transaction() {
  return confiture::rule<EnumValueUsedInTransaction>();
}

}  // namespace plugins::safety
