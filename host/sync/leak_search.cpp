// SPDX-License-Identifier: MIT
#include "host/sync/leak_search.hpp"

#include <fmt/format.h>

#include <utility>

#include "host/foundation/text.hpp"
#include "host/sync/compliance.hpp"
#include "host/sync/field_reader.hpp"

namespace host::sync {
namespace {

// What the definitions of the target's objects say, literals of people's data included.
constexpr std::string_view definitions_sql =
    "SELECT 'view ' || c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class c"
    " WHERE c.relkind IN ('v', 'm') AND c.oid >= 16384"
    " UNION ALL SELECT 'function ' || p.oid::regprocedure,"
    "  concat_ws(' ', prosrc, pg_get_expr(proargdefaults, 0), {0}, array_to_string(proconfig, ' '))"
    " FROM pg_proc p WHERE p.oid >= 16384"
    " UNION ALL SELECT 'constraint ' || quote_ident(c.conname) || ' of '"
    "  || coalesce(nullif(c.conrelid, 0)::regclass::text, c.contypid::regtype::text),"
    "  pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE c.contype IN ('c', 'x')"
    " UNION ALL SELECT 'default of column ' || quote_ident(a.attname) || ' of '"
    "  || a.attrelid::regclass, pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d"
    " JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
    " UNION ALL SELECT 'default of domain ' || oid::regtype, typdefault FROM pg_type"
    " WHERE typtype = 'd' AND typdefault IS NOT NULL AND oid >= 16384"
    " UNION ALL SELECT 'policy ' || quote_ident(polname) || ' of ' || polrelid::regclass,"
    "  concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))"
    " FROM pg_policy"
    " UNION ALL SELECT 'trigger ' || quote_ident(tgname) || ' of ' || tgrelid::regclass,"
    "  pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    " UNION ALL SELECT 'rule ' || quote_ident(rulename) || ' of ' || ev_class::regclass,"
    "  pg_get_ruledef(oid) FROM pg_rewrite WHERE rulename <> '_RETURN' AND oid >= 16384"
    " UNION ALL SELECT 'index ' || i.indexrelid::regclass, pg_get_indexdef(i.indexrelid)"
    " FROM pg_index i WHERE (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL)"
    "  AND i.indexrelid >= 16384"
    " UNION ALL SELECT 'partition ' || oid::regclass, pg_get_expr(relpartbound, oid) FROM pg_class"
    " WHERE relispartition AND relkind IN ('r', 'p', 'f')"
    " UNION ALL SELECT 'statistics ' || quote_ident(stxname), pg_get_statisticsobjdef(oid)"
    " FROM pg_statistic_ext"
    " UNION ALL SELECT 'comment on ' || pg_describe_object(classoid, objoid, objsubid), description"
    " FROM pg_description WHERE objoid >= 16384"
    " UNION ALL SELECT 'comment on database ' || quote_ident(current_database()), description"
    " FROM pg_shdescription JOIN pg_database d ON d.oid = objoid"
    " WHERE classoid = 'pg_database'::regclass AND datname = current_database()"
    " UNION ALL SELECT 'security label of ' || pg_describe_object(classoid, objoid, objsubid), "
    "label"
    " FROM pg_seclabel"
    " UNION ALL SELECT 'server ' || quote_ident(srvname), array_to_string(srvoptions, ' ')"
    " FROM pg_foreign_server"
    " UNION ALL SELECT 'foreign table ' || ftrelid::regclass, array_to_string(ftoptions, ' ')"
    " FROM pg_foreign_table"
    " UNION ALL SELECT 'settings of the database', array_to_string(setconfig, ' ')"
    " FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase"
    " WHERE datname = current_database()"
    " UNION ALL SELECT 'label of type ' || enumtypid::regtype, enumlabel FROM pg_enum"
    " WHERE oid >= 16384";

// A body of SQL statements that are parsed when the function is made.
constexpr std::string_view sql_body = "pg_get_function_sqlbody(p.oid)";

std::string where(const TableName& table, const std::string& column) {
  return fmt::format("column '{}' of table {}", printable(column), printable(table.sql()));
}

}  // namespace

LeakHunt::LeakHunt(const Plan& plan, const Decisions& decisions, const SourceValues& values,
                   postgres::Connection& target)
    : values_(values), found_(values) {
  add_tables(plan, decisions);
  add_materialized_views(target);
  for (Relation& relation : relations_) {
    relation.first = columns_;
    columns_ += relation.spots.size();
  }
}

void LeakHunt::add_tables(const Plan& plan, const Decisions& decisions) {
  for (const Table& table : plan.target.tables) {
    if (table.partitioned) continue;
    Relation relation{table.name, {}, 0, false};
    const TablePlan* copied = plan.find(table.name);
    for (const Column& column : table.columns) {
      const MaskedColumn* masked = copied == nullptr ? nullptr : copied->find_masked(column.name);
      if (!is_telling_type(column) || (masked != nullptr && !values_.passes_on(*masked))) continue;
      const Decision* decision = decisions.find(table.name, column.name);
      relation.spots.push_back({where(table.name, column.name), column.name,
                                masked != nullptr  ? Texts::replaced
                                : column.generated ? Texts::computed
                                                   : Texts::copied,
                                decision != nullptr && is_waived(*decision)});
    }
    if (!relation.spots.empty()) relations_.push_back(std::move(relation));
  }
}

void LeakHunt::add_materialized_views(postgres::Connection& target) {
  const postgres::Result views = target.query(
      "SELECT n.nspname, c.relname, a.attname FROM pg_class c JOIN pg_namespace n"
      " ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
      " WHERE c.relkind = 'm' AND c.relispopulated ORDER BY 1, 2, a.attnum");
  for (std::size_t row = 0; row < views.row_count(); ++row) {
    const TableName name{views.text(row, 0), views.text(row, 1)};
    if (relations_.empty() || relations_.back().name != name)
      relations_.push_back({name, {}, 0, true});
    relations_.back().spots.push_back(
        {where(name, views.text(row, 2)), views.text(row, 2), Texts::computed, false});
  }
}

void LeakHunt::look_through(std::size_t number, postgres::Connection& target,
                            const Cancellation& cancellation) {
  const Relation& relation = relations_[number];
  std::string list;
  for (const Spot& spot : relation.spots)
    list += (list.empty() ? "" : ", ") + postgres::quote_identifier(spot.column);
  TextSearch search(values_);
  const std::uint64_t rows = read_fields(
      target, fmt::format("SELECT {} FROM ONLY {}", list, relation.name.sql()),
      relation.spots.size(), cancellation, [&](std::size_t column, std::string_view value) {
        search.look(relation.first + column, relation.spots[column].kind, value);
      });
  search.settle();
  const std::lock_guard lock(mutex_);
  found_.add(search);
  rows_ += rows;
}

LeakSearch LeakHunt::result(postgres::Connection& source, postgres::Connection& target,
                            const Cancellation& cancellation) {
  const std::lock_guard lock(mutex_);
  LeakSearch result;
  result.rows = rows_;
  result.columns = columns_;
  for (const Relation& relation : relations_)
    for (const Spot& spot : relation.spots)
      result.leaks.push_back(
          {spot.where,
           0,
           {},
           {},
           spot.waived,
           spot.kind == Texts::replaced,
           relation.view ? std::string()
                         : relation.name.sql() + "." + postgres::quote_identifier(spot.column)});
  const postgres::Result definitions = target.query(
      fmt::format(definitions_sql, target.server_version() >= 14'00'00 ? sql_body : "NULL::text"));
  for (std::size_t row = 0; row < definitions.row_count(); ++row) {
    if (!definitions.value(row, 1)) continue;
    found_.look(result.leaks.size(), Texts::copied, definitions.text(row, 1));
    result.leaks.push_back({"the definition of " + definitions.text(row, 0)});
  }
  found_.settle();
  const Confirmed confirmed = values_.confirm(found_.keys(), source, cancellation);
  for (std::size_t place = 0; place < result.leaks.size(); ++place) {
    Leak& leak = result.leaks[place];
    leak.source_values = found_.count(place, confirmed, leak.column, leak.from);
    leak.patterns = found_.patterns(place);
  }
  return result;
}

}  // namespace host::sync
