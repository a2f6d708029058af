// SPDX-License-Identifier: MIT
#include "plugins/safety/_volatile.hpp"

namespace plugins::safety {
namespace {

// pg_proc.provolatile = 'v' on PostgreSQL 15, with what 16 to 18 added and what uuid-ossp,
// pgcrypto and pg_uuidv7 have; nothing that only triggers, indexes or set-returning calls use.
constexpr std::string_view volatile_functions =
    " amvalidate array_sample array_shuffle brin_summarize_new_values brin_summarize_range "
    "clock_timestamp current_query currtid2 currval cursor_to_xml cursor_to_xmlschema "
    "gen_random_bytes gen_random_uuid gen_salt gin_clean_pending_list lastval lo_close lo_creat "
    "lo_create lo_export lo_from_bytea lo_get lo_import lo_lseek lo_lseek64 lo_open lo_tell "
    "lo_tell64 lo_truncate lo_truncate64 lo_unlink loread lowrite nextval pg_advisory_unlock "
    "pg_advisory_unlock_shared pg_backup_start pg_backup_stop pg_blocking_pids pg_cancel_backend "
    "pg_create_restore_point pg_current_logfile pg_current_wal_flush_lsn pg_current_wal_insert_lsn "
    "pg_current_wal_lsn pg_database_size pg_export_snapshot pg_indexes_size pg_is_in_recovery "
    "pg_is_wal_replay_paused pg_last_wal_receive_lsn pg_last_wal_replay_lsn "
    "pg_last_xact_replay_timestamp pg_logical_emit_message pg_nextoid pg_notification_queue_usage "
    "pg_read_binary_file pg_read_file pg_relation_size pg_reload_conf pg_sequence_last_value "
    "pg_stat_file pg_switch_wal pg_table_size pg_tablespace_size pg_terminate_backend "
    "pg_total_relation_size pg_try_advisory_lock pg_try_advisory_lock_shared "
    "pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_xact_commit_timestamp "
    "pg_xact_status query_to_xml query_to_xml_and_xmlschema query_to_xmlschema random "
    "random_normal set_config setval timeofday txid_status uuid_generate_v1 uuid_generate_v1mc "
    "uuid_generate_v4 uuid_generate_v7 uuidv4 uuidv7 ";

bool is_listed_volatile(std::string_view name) {
  const std::string word = " " + std::string(name) + " ";
  return volatile_functions.find(word) != std::string_view::npos;
}

// As the last definition in the file says; nothing where there is none.
std::string_view volatility_in(const Node& file, std::string_view function) {
  std::string_view found;
  for (const Node& statement : file.statements())
    if (const Node made = statement.result();
        made.kind() == NodeKind::function && made.name() == function)
      found = made.volatility();
  return found;
}

}  // namespace

VolatileCall volatile_call(const Tree& expression, const Node& file) {
  VolatileCall worst;
  expression.walk([&](const Tree& node) {
    if (!node.is("FuncCall")) return;
    const Tree parts = node["funcname"];
    const std::string_view name = node.function_name();
    const std::string schema = parts.size() > 1 ? text(parts.at(parts.size() - 2).string()) : "";
    Volatility one = is_listed_volatile(name) ? Volatility::sure : Volatility::none;
    if (schema != "pg_catalog") {
      const std::string_view defined = volatility_in(file, name);
      if (!defined.empty())
        one = defined == "volatile" ? Volatility::sure : Volatility::none;
      else if (!schema.empty() && one == Volatility::none)
        one = Volatility::perhaps;
    }
    if (one > worst.volatility)
      worst = {one, (schema.empty() ? "" : quoted(schema) + ".") + quoted(name) + "()"};
  });
  return worst;
}

}  // namespace plugins::safety
