// SPDX-License-Identifier: MIT
// ALTER COLUMN ... TYPE: from the old type and the new to what the server does with the rows.
#include <algorithm>

#include "plugins/risk/reading.hpp"

namespace plugins::risk {
namespace {

bool is_any(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_integer(std::string_view name) {
  return is_any(name, {"int2", "int4", "int8"});
}

// Values that come back rounded or cut, without an error.
std::string_view lossy_form(const ColumnType& from, const ColumnType& to) {
  const bool fraction = is_any(from.name, {"numeric", "float4", "float8"});
  if (fraction && is_integer(to.name)) return "col.type_numeric_to_int_lossy";
  if (from.name == "numeric" && to.name == "numeric" && to.has_precision &&
      (!from.has_precision || from.scale > to.scale))
    return "col.type_numeric_to_int_lossy";
  if (is_any(from.name, {"float8", "numeric"}) && to.name == "float4")
    return "col.type_float8_to_float4";
  if (is_any(from.name, {"timestamp", "timestamptz"}) &&
      is_any(to.name, {"date", "time", "timetz"}))
    return "col.type_tstz_to_date";
  const bool temporal = is_any(from.name, {"timestamp", "timestamptz", "time", "timetz", "interval"});
  if (temporal && from.name == to.name && to.has_precision &&
      (!from.has_precision || from.precision > to.precision) && to.precision < 6)
    return "col.type_ts_precision_shrink";
  return {};
}

// Of one that is written anew.
std::string_view rewriting_form(const ColumnType& from, const ColumnType& to) {
  if (to.constrained) return "col.type_text_to_domain_checked";
  if (from.enumeration) return "col.type_enum_to_text";
  if (to.enumeration) return "col.type_text_to_enum";
  if (is_integer(from.name) && is_integer(to.name))
    return from.name < to.name ? "col.type_int_to_bigint" : "col.type_bigint_to_int";
  if (is_integer(from.name) && is_any(to.name, {"text", "varchar"})) return "col.type_int_to_text";
  if (from.name == "varchar" && to.name == "varchar") return "col.type_varchar_shrink";
  if (from.name == "text" && to.name == "varchar") return "col.type_text_to_varchar";
  if (from.name == "numeric" && to.name == "numeric") return "col.type_numeric_scale";
  if (from.name == "timestamp" && to.name == "timestamptz") return "col.type_ts_to_tstz";
  return "col.type_using_jsonb";
}

std::string_view keeping_form(const ColumnType& from, const ColumnType& to, bool indexed) {
  if (is_any(from.name, {"timestamp", "timestamptz"}) && from.name != to.name)
    return "col.type_ts_to_tstz_utc";
  if (from.name == "varchar" && to.name == "text")
    return indexed ? "col.type_varchar_to_text_idx" : "col.type_varchar_to_text";
  if (from.name == "varchar" && to.name == "varchar")
    return from.length == to.length ? "col.type_same" : "col.type_varchar_grow";
  if (from.name == "numeric" && to.name == "numeric" && from.has_precision && !to.has_precision)
    return "col.type_numeric_unconstrained";
  if (from.name == "numeric" && from.precision != to.precision) return "col.type_numeric_grow";
  if (from.name == "timestamp" && (from.precision != to.precision)) return "col.type_ts_precision_grow";
  if (from.name == "cidr" && to.name == "inet") return "col.type_cidr_to_inet";
  return from.name == to.name ? "col.type_same" : "col.type_varchar_to_text";
}

}  // namespace

void Reader::column_type(const Tree& command, const Node& sub) {
  const Tree definition = command["def"];
  const std::string name(command.text("name"));
  auto there = facts_ != nullptr ? catalog_.column(*facts_, name) : std::nullopt;
  ColumnType from, to = plugins::type_of(sub.result().kind() == confiture::NodeKind::column
                                             ? sub.result()
                                             : Node());
  // The type that the statement names may be one of the database's own.
  const Name type = last_names(definition["typeName"]["names"]);
  if (catalog_.domain_constrained(type) == true) to.constrained = true;
  const bool plain_domain = catalog_.domain_constrained(type) == false;
  if (there) {
    from = there->type;
    from.name = there->type_name;
    from.sql = there->type_sql;
  } else if (sub.target().kind() == confiture::NodeKind::column) {
    from = plugins::type_of(sub.target());
  }
  if (there && there->read_by_views) {
    say("col.type_with_view");
    return;
  }
  const bool guessed = from.name.empty() || to.name.empty();
  const bool same_words = definition.has("raw_default") == false;
  if (definition.has("raw_default") || guessed) {
    Reading& reading = say(guessed && same_words ? "col.type_int_to_bigint"
                           : to.enumeration      ? "col.type_text_to_enum"
                                                 : "col.type_using_jsonb");
    if (guessed && same_words) reading.reason = "the old type is not known: a rewrite under ACCESS EXCLUSIVE";
    reading.guessed = guessed;
    return;
  }
  if (plain_domain) {
    say("col.type_text_to_domain_plain");
    return;
  }
  if (const std::string_view lossy = lossy_form(from, to); !lossy.empty()) {
    say(lossy);
    return;
  }
  if (!plugins::keeps_rows(from, to, catalog_.utc())) {
    const bool referenced = facts_ != nullptr && facts_->referenced && is_integer(from.name);
    say(referenced && is_integer(to.name) ? "col.type_pk_int_to_bigint_fk" : rewriting_form(from, to));
    return;
  }
  const std::string_view collation = definition["collClause"]["collname"].back().string();
  const bool collates = !collation.empty() && (!there || there->collation != collation);
  const bool indexed = !there || there->indexed;
  if ((collates || plugins::rebuilds_indexes(from, to)) && indexed) {
    say("col.type_collation");
    return;
  }
  say(keeping_form(from, to, indexed));
}

}  // namespace plugins::risk
