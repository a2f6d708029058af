// SPDX-License-Identifier: MIT
// Constraints, and partitions that come to a table.
#include <string>
#include <string_view>

#include "plugins/risk/reading.hpp"

namespace plugins::risk {
namespace {

// Words that the parser, of PostgreSQL 15, leaves out of its tree.
bool says(std::string_view sql, std::string_view words) {
  std::string lower;
  for (const char c : sql) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower.find(words) != std::string::npos;
}

}  // namespace

bool Reader::alter_constraint(std::string_view action, const Tree& command, const Node& sub) {
  if (action == "AT_AddConstraint" || action == "AT_AddIndexConstraint")
    return add_constraint(command["def"]), true;
  if (action == "AT_DropConstraint") return drop_constraint(command, sub), true;
  if (action == "AT_AlterConstraint") {
    const std::string_view sql = statement_.sql();
    const bool enforces = says(sql, "enforced") && !says(sql, "not enforced");
    say(enforces ? "con.alter_fk_enforced" : "con.alter_deferrable");
    return true;
  }
  if (action != "AT_ValidateConstraint") return false;
  const auto there =
      facts_ != nullptr ? catalog_.constraint(*facts_, command.text("name")) : std::nullopt;
  const std::string_view kind = sub.target().constraint_kind();
  const bool foreign = there ? there->kind == 'f' : kind == "foreign_key" || kind.empty();
  Reading& reading = say(foreign                      ? "con.validate_fk"
                         : there && there->kind == 'n' ? "con.validate_not_null"
                                                       : "con.validate_check");
  if (there && there->referenced && !(*there->referenced == facts_->name))
    reading.others.push_back({*there->referenced, "ROW SHARE"});
  return true;
}

// Where it is sure which constraint the words are about.
bool Reader::not_enforced() const {
  return statement_.subcommands().size() == 1 && says(statement_.sql(), "not enforced");
}

void Reader::add_constraint(const Tree& constraint) {
  const std::string_view kind = constraint.text("contype");
  const bool unchecked = constraint.truth("skip_validation");
  const std::string index(constraint.text("indexname"));
  if (kind == "CONSTR_FOREIGN") return add_foreign_key(constraint);
  if (kind == "CONSTR_CHECK") {
    say(not_enforced() ? "con.add_check_not_enforced"
        : unchecked    ? "con.add_check_not_valid"
                       : "con.add_check");
  } else if (kind == "CONSTR_NOTNULL") {
    say(unchecked ? "con.add_not_null_not_valid" : "con.add_not_null_named");
  } else if (kind == "CONSTR_EXCLUSION") {
    say("con.add_exclude");
  } else if (kind == "CONSTR_PRIMARY" && !index.empty()) {
    const std::string schema = facts_ != nullptr ? facts_->name.schema : about_.schema;
    const std::optional<bool> nullable = catalog_.index_is_nullable({schema, index});
    say(nullable.value_or(true) ? "con.add_pk_using_index_nullable"
                                : "con.add_pk_using_index_notnull")
        .guessed = !nullable;
  } else if (kind == "CONSTR_PRIMARY") {
    say("con.add_pk");
  } else if (kind == "CONSTR_UNIQUE") {
    say(!index.empty()                               ? "con.add_unique_using_index"
        : constraint.truth("nulls_not_distinct") ? "con.add_unique_deferrable"
                                                     : "con.add_unique");
  } else {
    say_other(Risk::high, "a constraint that the table does not know").lock = "ACCESS EXCLUSIVE";
  }
}

void Reader::add_foreign_key(const Tree& constraint) {
  const Name referenced = name_of(constraint["pktable"]);
  const Relation* other = find(referenced);
  const bool self = other != nullptr && facts_ != nullptr ? other->oid == facts_->oid
                                                          : referenced.name == about_.name;
  const bool partitioned =
      facts_ != nullptr ? facts_->partitioned() : statement_.target().is_partitioned();
  const bool unchecked = constraint.truth("skip_validation");
  Reading& reading = say(partitioned && unchecked ? "part.add_fk_not_valid"
                         : partitioned            ? "part.add_fk"
                         : not_enforced()         ? "con.add_fk_not_enforced"
                         : unchecked              ? "con.add_fk_not_valid"
                         : self                   ? "con.add_fk_self"
                                                  : "con.add_fk");
  // On a table that the plan made too, what it points to is locked; there is nothing to check.
  const bool other_new = other == nullptr && catalog_.online() && !catalog_.failed();
  if (!self && !other_new) reading.others.push_back({referenced, "SHARE ROW EXCLUSIVE"});
  if (!about_made_ || self || other_new) return;
  Reading& lock = say("tab.create_fk", referenced);
  lock.made = false;
}

void Reader::drop_constraint(const Tree& command, const Node& sub) {
  const auto there =
      facts_ != nullptr ? catalog_.constraint(*facts_, command.text("name")) : std::nullopt;
  if (command.truth("missing_ok") && facts_ != nullptr && !catalog_.failed() && !there &&
      !sub.target()) {
    say_other(Risk::low, "the constraint is not there: nothing happens").noop = true;
    return;
  }
  const std::string_view known = sub.target().constraint_kind();
  const bool cascade = command.text("behavior") == "DROP_CASCADE";
  const char kind = there                   ? there->kind
                    : known == "check"       ? 'c'
                    : known == "foreign_key" ? 'f'
                    : known == "unique"      ? 'u'
                                             : 'p';
  Reading& reading = say(kind == 'c'   ? "con.drop_check"
                         : kind == 'f' ? "con.drop_fk"
                         : kind == 'n' ? "col.drop_not_null"
                         : kind == 'u' ? "con.drop_unique"
                         : cascade     ? "con.drop_pk_cascade"
                                       : "con.drop_pk");
  reading.guessed = !there && known.empty();
  if (there && there->referenced && !(*there->referenced == facts_->name))
    reading.others.push_back({*there->referenced, "ACCESS EXCLUSIVE"});
}

void Reader::attach(const Tree& command, const Node& sub) {
  const Name partition = name_of(command["def"]["name"], sub.other());
  if (statement_.object_type() == "index") {
    say("part.index_attach");
    return;
  }
  const Relation* there = find(partition);
  const bool parent_known = facts_ != nullptr || about_made_;
  const bool defaulted = facts_ != nullptr ? facts_->default_partition.has_value() : !parent_known;
  // Made in this plan, it is empty; of a CHECK that fits its bound only the server can tell.
  const bool empty = there == nullptr ? made(sub.other(), partition)
                                      : there->bytes.value_or(1) == 0;
  Reading& reading = say(defaulted ? "part.attach_with_default"
                         : empty   ? "part.attach_with_check"
                                   : "part.attach");
  if (empty && !defaulted) reading.reason = "the new partition is empty: nothing to scan";
  reading.guessed = !parent_known;
  reading.skips_scan = there != nullptr && !empty && !defaulted && catalog_.has_checks(*there);
  reading.others.push_back({partition, "ACCESS EXCLUSIVE"});
  if (facts_ != nullptr && facts_->default_partition)
    reading.others.push_back({*facts_->default_partition, "ACCESS EXCLUSIVE"});
}

}  // namespace plugins::risk
