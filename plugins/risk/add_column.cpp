// SPDX-License-Identifier: MIT
// ADD COLUMN: what becomes of the rows that are there.
#include "plugins/risk/reading.hpp"

namespace plugins::risk {
namespace {

// Without a database these are known not to change from row to row; of others nobody can tell.
bool is_known_stable(std::string_view function) {
  for (const std::string_view name :
       {"now", "transaction_timestamp", "statement_timestamp", "lower", "upper", "abs",
        "current_setting", "to_timestamp", "date_trunc", "length", "coalesce"})
    if (function == name) return true;
  return false;
}

char worse(char a, char b) {
  const auto rank = [](char each) { return each == 'v' ? 2 : each == 's' ? 1 : 0; };
  return rank(a) >= rank(b) ? a : b;
}

}  // namespace

std::optional<char> volatility_of(const Tree& expression, Catalog& catalog) {
  char worst = 'i';
  bool unknown = false;
  expression.walk([&](const Tree& node) {
    if (node.is("SQLValueFunction")) worst = worse(worst, 's');
    if (!node.is("FuncCall")) return;
    const Tree names = node["funcname"];
    const std::string name(names.back().string());
    const std::string schema(names.size() > 1 ? names.at(names.size() - 2).string() : "");
    bool own = false;
    const std::optional<char> known = catalog.volatility({schema, name}, own);
    if (known)
      worst = worse(worst, *known);
    else if (!is_known_stable(name))
      unknown = true;
  });
  if (unknown && worst != 'v') return std::nullopt;
  return worst;
}

void Reader::add_column(const Tree& definition, const Node& sub) {
  const std::string column(definition.text("colname"));
  const std::string key = about_.sql() + "." + column;
  const auto there = facts_ != nullptr ? catalog_.column(*facts_, column) : std::nullopt;
  if (sub.if_not_exists() && there) {
    say("col.add_if_not_exists_noop").noop = true;
    return;
  }
  memory_.columns.insert(key);
  bool not_null = false, check = false, unique = false, identity = false, stored = false;
  Tree value, foreign;
  for (const Tree& constraint : definition["constraints"]) {
    const std::string_view kind = constraint.text("contype");
    not_null = not_null || kind == "CONSTR_NOTNULL" || kind == "CONSTR_PRIMARY";
    check = check || kind == "CONSTR_CHECK";
    unique = unique || kind == "CONSTR_UNIQUE" || kind == "CONSTR_PRIMARY";
    identity = identity || kind == "CONSTR_IDENTITY";
    stored = stored || kind == "CONSTR_GENERATED";
    if (kind == "CONSTR_DEFAULT") value = constraint["raw_expr"];
    if (kind == "CONSTR_FOREIGN") foreign = constraint;
  }
  if (value.is_null()) value = {};
  const Name type = last_names(definition["typeName"]["names"]);
  const std::size_t first = readings_.size();
  const bool serial = type.name == "serial" || type.name == "bigserial" ||
                      type.name == "smallserial" || type.name == "serial4" ||
                      type.name == "serial8" || type.name == "serial2";
  const std::optional<char> volatility = value ? volatility_of(value, catalog_) : 'i';
  const Node domain = sub.result().type();
  std::optional<bool> constrained = catalog_.domain_constrained(type);
  if (!constrained && domain.kind() == confiture::NodeKind::domain)
    constrained = plugins::is_constrained(domain);

  if (stored) say("col.add_generated_stored");
  if (identity) say("col.add_identity");
  if (serial) say("col.add_serial");
  if (!volatility || *volatility == 'v') say("col.add_volatile_default").guessed = !volatility;
  if (constrained == true) say("col.add_domain_checked");
  if (unique) say("col.add_inline_unique");
  if (check) say(value ? "col.add_inline_check" : "col.add_inline_check_nodefault");
  if (foreign) {
    const Name referenced = name_of(foreign["pktable"]);
    Reading& reading = say(value ? "col.add_inline_fk_default" : "col.add_inline_fk");
    if (!catalog_.online() || find(referenced) != nullptr)
      reading.others.push_back({referenced, "SHARE ROW EXCLUSIVE"});
  }
  const bool filled = value || identity || stored || serial;
  if (not_null && !filled) {
    const bool empty = facts_ != nullptr ? facts_->bytes == 0 || (facts_->rows_counted && facts_->rows == 0)
                                         : about_made_;
    say(empty ? "col.add_notnull_nodefault_empty" : "col.add_notnull_nodefault_nonempty").guessed =
        facts_ == nullptr && !about_made_;
  }
  const bool partitioned = facts_ != nullptr && facts_->partitioned();
  if (partitioned) {
    Reading& reading = say("col.add_multi_partitioned");
    for (const Name& partition : facts_->partitions)
      reading.others.push_back({partition, "ACCESS EXCLUSIVE"});
  }
  if (readings_.size() > first) return;
  say(!value          ? constrained == false ? "col.add_domain_plain" : "col.add_nullable"
      : volatility == 's' ? "col.add_stable_default"
      : not_null          ? "col.add_notnull_const_default"
                          : "col.add_const_default");
}

}  // namespace plugins::risk
