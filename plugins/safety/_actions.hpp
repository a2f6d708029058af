// SPDX-License-Identifier: MIT
// What the rules of this plugin ask of the actions of ALTER TABLE and of other statements.
#pragma once

#include "plugins/common/rule.hpp"

namespace plugins::safety {

// Whether an action changes a table that was there before its file: none that the file made, no
// temporary or foreign table, no view, index or sequence, which ALTER TABLE takes as well.
bool is_on_old_table(const Node& action);

// The table as it was before the action's statement; empty, or is_assumed(), where no file made it.
inline Node table_before(const Node& action) {
  return action.parent().target();
}
// Whether all that the table has is known.
inline bool is_known(const Node& table) {
  return table && !table.is_assumed();
}

// What an action adds to an old table: the column that ADD COLUMN adds, the constraint of that kind
// that ADD CONSTRAINT adds; empty for other actions and for a column that is there already.
Node added_column(const Node& action);
Node added_constraint(const Node& action, std::string_view kind);

// Whether a statement of the action's file made the object.
bool is_made_in(const Node& file, const Node& object);
// Whether one made the table of a trigger or policy that an action drops.
bool is_part_of_new_table(const Node& dropping);

// The action's own part of its ALTER TABLE.
Tree command_of(const Node& action, const Report& report);

// Whether a valid CHECK says that the column is not NULL: PostgreSQL then reads no row to see.
bool is_proven_not_null(const Node& table, std::string_view column, const Report& report);

// "column public.t.c".
inline std::string column_of(const Node& action) {
  return "column " + text(action.qualified_name()) + "." + quoted(action.name());
}

// A list of DefElem has the option, and not as off.
bool has_option(const Tree& options, std::string_view name);

// The end of a hint to do something that PostgreSQL refuses in a transaction.
std::string outside_transaction(const Node& statement);

// The offset in the file after the words that the statement begins with, in lower case; "?unique"
// need not be there. 0: it does not begin so.
std::uint64_t after_words(const Node& statement, std::initializer_list<std::string_view> words);

}  // namespace plugins::safety
