// SPDX-License-Identifier: MIT
#include "host/sync/target_guard.hpp"

#include <fmt/format.h>

#include <vector>

#include "host/audit/schema.hpp"
#include "host/postgres/copy_stream.hpp"
#include "host/sync/session_settings.hpp"

namespace host::sync {
namespace {

// Everybody's, an extension's and the ledger's too, but for what goes with its session.
constexpr std::string_view tables_sql =
    "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'"
    " AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') ORDER BY 1, 2";

// Which transaction has last written each definition. What a temporary table has does not count.
constexpr std::string_view digest_sql =
    "WITH lasting AS (SELECT oid, xmin FROM pg_class WHERE relpersistence <> 't'),"
    " seen AS (SELECT 1 AS kind, oid, 0 AS part, xmin FROM lasting"
    " UNION ALL SELECT 2, attrelid, attnum, a.xmin FROM pg_attribute a"
    "  JOIN lasting ON lasting.oid = attrelid"
    " UNION ALL SELECT 3, oid, 0, xmin FROM pg_constraint WHERE conrelid = 0"
    "  OR conrelid IN (SELECT oid FROM lasting)"
    " UNION ALL SELECT 4, a.oid, 0, a.xmin FROM pg_attrdef a JOIN lasting ON lasting.oid = adrelid"
    " UNION ALL SELECT 5, oid, 0, xmin FROM pg_proc"
    " UNION ALL SELECT 6, oid, 0, xmin FROM pg_type WHERE typtype IN ('e', 'd')"
    " UNION ALL SELECT 7, oid, 0, xmin FROM pg_enum"
    " UNION ALL SELECT 8, oid, 0, xmin FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'"
    " UNION ALL SELECT 9, oid, 0, xmin FROM pg_trigger"
    " UNION ALL SELECT 10, oid, 0, xmin FROM pg_rewrite"
    " UNION ALL SELECT 11, oid, 0, xmin FROM pg_policy"
    " UNION ALL SELECT 12, oid, 0, xmin FROM pg_extension"
    " UNION ALL SELECT 13, oid, 0, xmin FROM pg_default_acl"
    " UNION ALL SELECT 14, objoid, objsubid, xmin FROM pg_description"
    " UNION ALL SELECT 15, oid, 0, xmin FROM pg_event_trigger"
    " UNION ALL SELECT 16, oid, 0, xmin FROM pg_statistic_ext"
    " UNION ALL SELECT 17, oid, 0, xmin FROM pg_largeobject_metadata)"
    " SELECT md5(string_agg(kind || ' ' || oid || ' ' || part || ' ' || xmin::text, ','"
    "  ORDER BY kind, oid, part)) FROM seen";

std::string sum_of(postgres::Connection& connection, const TableName& table) {
  return connection
      .query(fmt::format("SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)"
                         "::numeric), 0) FROM ONLY {} t",
                         table.sql()))
      .text(0, 0);
}

}  // namespace

std::string digest_definitions(postgres::Connection& connection) {
  return connection.query(digest_sql).text(0, 0);
}

TargetGuard::TargetGuard(postgres::Connection& target, std::chrono::milliseconds lock_timeout)
    : target_(target), transaction_(target) {
  pin_settings(target, lock_timeout);
  const postgres::Result tables = target.query(tables_sql);
  std::string list;
  for (std::size_t row = 0; row < tables.row_count(); ++row)
    list += (list.empty() ? "ONLY " : ", ONLY ") +
            TableName{tables.text(row, 0), tables.text(row, 1)}.sql();
  if (!list.empty()) target.execute("LOCK TABLE " + list + " IN SHARE MODE");
}

void TargetGuard::bring_audit(postgres::Connection& copy) {
  if (!audit::exists(target_)) return;
  postgres::Transaction bringing(copy);
  pin_settings(copy, std::chrono::milliseconds(0));
  for (const char* table : {"confiture.audit", "confiture.audit_head"}) {
    // Its triggers would make other entries of them.
    copy.execute(fmt::format("ALTER TABLE {0} DISABLE TRIGGER USER; DELETE FROM {0}", table));
    {
      postgres::CopyReader reader(target_, fmt::format("COPY {} TO STDOUT", table));
      postgres::CopyWriter writer(copy, fmt::format("COPY {} FROM STDIN", table));
      for (std::string rows; reader.read(rows, 256 * 1024) > 0; rows.clear()) writer.write(rows);
      writer.finish();
    }
    copy.execute(fmt::format("ALTER TABLE {} ENABLE TRIGGER USER", table));
  }
  bringing.commit();
}

std::optional<TableName> TargetGuard::find_changed(const Plan& plan, postgres::Connection& copy) {
  postgres::Transaction reading(copy, "BEGIN READ ONLY");
  pin_settings(copy, std::chrono::milliseconds(0));
  const postgres::Result tables = target_.query(tables_sql);
  for (std::size_t row = 0; row < tables.row_count(); ++row) {
    const TableName table{tables.text(row, 0), tables.text(row, 1)};
    if (plan.find(table) == nullptr && sum_of(target_, table) != sum_of(copy, table)) return table;
  }
  return std::nullopt;
}

}  // namespace host::sync
