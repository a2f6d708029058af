// SPDX-License-Identifier: MIT
#include "plugins/safety/_type_change.hpp"

#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

// Whether the file has set the time zone to UTC for this statement.
bool is_in_utc(const Node& at, const Report& report) {
  bool utc = false, after = false;  // now, and after the transaction
  for (const Node& statement : at.parent().statements()) {
    if (statement == at) break;
    const std::string_view tag = statement.statement_tag();
    const Control control = control_of(statement, report);
    if (control == Control::commits || control == Control::rolls_back) utc = after;
    if ((tag != "SET" && tag != "RESET") ||
        (statement.name() != "timezone" && !statement.name().empty()))
      continue;
    if (statement.is_local() && !statement.in_transaction()) continue;
    const std::string zone = lower(statement.value());
    utc = zone == "utc" || zone == "gmt" || zone == "etc/utc" || zone == "etc/gmt" || zone == "0";
    if (!statement.is_local()) after = utc;
  }
  return utc;
}

// No USING, or one that says what would happen without.
bool is_plain(const Tree& expression, const Node& column) {
  if (!expression) return true;
  if (expression.is("ColumnRef")) return expression.column_name() == column.name();
  const Tree inner = expression["arg"], type = expression["typeName"];
  return expression.is("TypeCast") && inner.is("ColumnRef") &&
         inner.column_name() == column.name() && !type.has("arrayBounds") &&
         type.type_name() == column.type_name();
}

}  // namespace

TypeChange type_change(const Node& action, const Report& report) {
  TypeChange change;
  if (action.subcommand() != "alter_column_type" || !is_on_old_table(action)) return change;
  const Node column = action.result(), old = action.target();
  if (column.kind() != NodeKind::column) return change;
  change.column = column;
  change.to = type_of(column);
  if (old.kind() == NodeKind::column) change.from = type_of(old);
  const Tree definition = command_of(action, report)["def"];
  change.rewrites = change.from.name.empty() || !is_plain(definition["raw_default"], column) ||
                    !keeps_rows(change.from, change.to, is_in_utc(action.parent(), report));
  const std::string_view collation = definition["collClause"]["collname"].back().string();
  change.reindexes = !change.rewrites &&
                     (rebuilds_indexes(change.from, change.to) || collation != old.collation());
  return change;
}

}  // namespace plugins::safety
