// SPDX-License-Identifier: MIT
// The table of commands. Each entry is defined in the file of its command.
#include "host/cli/command.hpp"

namespace host::cli {

extern const Command init_command, build_command;
extern const Command dev_start_command, dev_stop_command, dev_status_command, dev_url_command,
    dev_psql_command;
extern const Command lint_command;
extern const Command migrate_new_command, migrate_status_command, migrate_up_command,
    migrate_down_command, migrate_wizard_command, migrate_plan_command, migrate_redo_command,
    migrate_verify_command, migrate_resume_command, migrate_baseline_command;
extern const Command hooks_list_command, hooks_run_command;
extern const Command approve_command, reject_command, approvals_status_command,
    approvals_import_command, approvals_export_command, approvals_revoke_command;
extern const Command schedule_add_command, schedule_list_command, schedule_cancel_command,
    worker_command, promote_command;
extern const Command audit_log_command, audit_verify_command, audit_seal_command,
    audit_export_command;
extern const Command sync_command;
extern const Command selftest_locks_command;
extern const Command plugin_list_command, plugin_describe_command;

const std::vector<const Command*>& commands() {
  static const std::vector<const Command*> table{&init_command,
                                                 &dev_start_command,
                                                 &dev_stop_command,
                                                 &dev_status_command,
                                                 &dev_url_command,
                                                 &dev_psql_command,
                                                 &build_command,
                                                 &lint_command,
                                                 &migrate_new_command,
                                                 &migrate_status_command,
                                                 &migrate_plan_command,
                                                 &migrate_up_command,
                                                 &migrate_down_command,
                                                 &migrate_redo_command,
                                                 &migrate_verify_command,
                                                 &migrate_resume_command,
                                                 &migrate_baseline_command,
                                                 &migrate_wizard_command,
                                                 &approve_command,
                                                 &reject_command,
                                                 &approvals_status_command,
                                                 &approvals_import_command,
                                                 &approvals_export_command,
                                                 &approvals_revoke_command,
                                                 &schedule_add_command,
                                                 &schedule_list_command,
                                                 &schedule_cancel_command,
                                                 &worker_command,
                                                 &promote_command,
                                                 &audit_log_command,
                                                 &audit_verify_command,
                                                 &audit_seal_command,
                                                 &audit_export_command,
                                                 &hooks_list_command,
                                                 &hooks_run_command,
                                                 &sync_command,
                                                 &plugin_list_command,
                                                 &plugin_describe_command,
                                                 &selftest_locks_command};
  return table;
}

}  // namespace host::cli
