// SPDX-License-Identifier: MIT
// Everything in a schema that its author named, for rules that judge any name.
#pragma once

#include <confiture/schema.hpp>

namespace plugins::naming {

namespace detail {

inline const char* word_for(const confiture::Node& type) {
  return type.kind() == confiture::NodeKind::domain ? "domain" : "type";
}

template <typename F>
void each_part(const confiture::Node& table, const F& f) {
  // What a table has from another stands where the table's own name stands.
  const auto own = [name = table.location().offset](const confiture::Node& part) {
    return part.location().offset != name;
  };
  for (const confiture::Node& column : table.columns())
    if (own(column)) f(column, "column");
  for (const confiture::Node& constraint : table.constraints())
    if (constraint.is_named() && own(constraint)) f(constraint, "constraint");
  for (const confiture::Node& index : table.indexes())
    if (index.is_named() && own(index)) f(index, "index");
  for (const confiture::Node& trigger : table.triggers()) f(trigger, "trigger");
  for (const confiture::Node& policy : table.policies()) f(policy, "policy");
}

}  // namespace detail

// Calls f(node, word) for each, where `word` says what it is: "table". Names that the server
// chooses are left out, and so is what a partition or a child has from its parent.
template <typename F>
void each_named(const confiture::Node& database, const F& f) {
  for (const confiture::Node& schema : database.schemas()) f(schema, "schema");
  for (const confiture::Node& table : database.tables()) {
    if (table.is_temporary()) continue;
    f(table, "table");
    if (!table.is_partition()) detail::each_part(table, f);
  }
  for (const confiture::Node& view : database.views())
    f(view, view.is_materialized() ? "materialized view" : "view");
  for (const confiture::Node& function : database.functions())
    f(function, function.is_procedure() ? "procedure" : "function");
  for (const confiture::Node& sequence : database.sequences()) f(sequence, "sequence");
  for (const confiture::Node& type : database.types()) f(type, detail::word_for(type));
}

}  // namespace plugins::naming
