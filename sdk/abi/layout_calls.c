/* SPDX-License-Identifier: MIT */
/* What crosses in a call: services.h, action.h, strategy.h, rule.h, linter.h, tree.h. */
#include "layout.h"

CONFITURE_OFFSET(confiture_db_v1, query, 0);
CONFITURE_OFFSET(confiture_db_v1, row_count, 8);
CONFITURE_OFFSET(confiture_db_v1, column_count, 16);
CONFITURE_OFFSET(confiture_db_v1, column_name, 24);
CONFITURE_OFFSET(confiture_db_v1, value, 32);
CONFITURE_SIZE(confiture_db_v1, 40);

CONFITURE_OFFSET(confiture_secret_v1, get, 0);
CONFITURE_OFFSET(confiture_secret_v1, derive, 8);
CONFITURE_SIZE(confiture_secret_v1, 16);

CONFITURE_OFFSET(confiture_cache_v1, get, 0);
CONFITURE_OFFSET(confiture_cache_v1, put_if_absent, 8);
CONFITURE_SIZE(confiture_cache_v1, 16);

CONFITURE_OFFSET(confiture_progress_v1, update, 0);
CONFITURE_SIZE(confiture_progress_v1, 8);

CONFITURE_OFFSET(confiture_metadata_v1, get, 0);
CONFITURE_OFFSET(confiture_metadata_v1, set, 8);
CONFITURE_SIZE(confiture_metadata_v1, 16);

CONFITURE_OFFSET(confiture_metadata_entry, key, 0);
CONFITURE_OFFSET(confiture_metadata_entry, value, 16);
CONFITURE_SIZE(confiture_metadata_entry, 32);

CONFITURE_OFFSET(confiture_metadata_v2, get, 0);
CONFITURE_OFFSET(confiture_metadata_v2, set, 8);
CONFITURE_OFFSET(confiture_metadata_v2, all, 16);
CONFITURE_SIZE(confiture_metadata_v2, 24);

CONFITURE_OFFSET(confiture_event, struct_size, 0);
CONFITURE_OFFSET(confiture_event, phase, 4);
CONFITURE_OFFSET(confiture_event, dry_run, 8);
CONFITURE_OFFSET(confiture_event, in_transaction, 12);
CONFITURE_OFFSET(confiture_event, environment, 16);
CONFITURE_OFFSET(confiture_event, database, 32);
CONFITURE_OFFSET(confiture_event, status, 48);
CONFITURE_OFFSET(confiture_event, direction, 64);
CONFITURE_OFFSET(confiture_event, error, 80);
CONFITURE_OFFSET(confiture_event, duration_us, 96);
CONFITURE_OFFSET(confiture_event, row_count, 104);
CONFITURE_OFFSET(confiture_event, migration, 112);
CONFITURE_OFFSET(confiture_event, plan, 120);
CONFITURE_SIZE(confiture_event, 128);

CONFITURE_OFFSET(confiture_action_v1, struct_size, 0);
CONFITURE_OFFSET(confiture_action_v1, phases, 4);
CONFITURE_OFFSET(confiture_action_v1, flags, 8);
CONFITURE_OFFSET(confiture_action_v1, reserved, 12);
CONFITURE_OFFSET(confiture_action_v1, run, 16);
CONFITURE_SIZE(confiture_action_v1, 24);

CONFITURE_OFFSET(confiture_batch, struct_size, 0);
CONFITURE_OFFSET(confiture_batch, target_count, 4);
CONFITURE_OFFSET(confiture_batch, column_count, 8);
CONFITURE_OFFSET(confiture_batch, reserved, 12);
CONFITURE_OFFSET(confiture_batch, first_row, 16);
CONFITURE_OFFSET(confiture_batch, row_count, 24);
CONFITURE_OFFSET(confiture_batch, columns, 32);
CONFITURE_OFFSET(confiture_batch, out, 40);
CONFITURE_SIZE(confiture_batch, 48);

CONFITURE_OFFSET(confiture_strategy_v1, struct_size, 0);
CONFITURE_OFFSET(confiture_strategy_v1, flags, 4);
CONFITURE_OFFSET(confiture_strategy_v1, bind, 8);
CONFITURE_OFFSET(confiture_strategy_v1, apply, 16);
CONFITURE_SIZE(confiture_strategy_v1, 24);

CONFITURE_OFFSET(confiture_rule_v1, struct_size, 0);
CONFITURE_OFFSET(confiture_rule_v1, severity, 4);
CONFITURE_OFFSET(confiture_rule_v1, category, 8);
CONFITURE_OFFSET(confiture_rule_v1, node_kinds, 16);
CONFITURE_OFFSET(confiture_rule_v1, node_kind_count, 24);
CONFITURE_OFFSET(confiture_rule_v1, reserved, 28);
CONFITURE_OFFSET(confiture_rule_v1, check, 32);
CONFITURE_OFFSET(confiture_rule_v1, why, 40);
CONFITURE_OFFSET(confiture_rule_v1, bad_sql, 48);
CONFITURE_OFFSET(confiture_rule_v1, good_sql, 56);
CONFITURE_OFFSET(confiture_rule_v1, scope, 64);
CONFITURE_OFFSET(confiture_rule_v1, fix, 68);
CONFITURE_OFFSET(confiture_rule_v1, risk, 72);
CONFITURE_OFFSET(confiture_rule_v1, reserved2, 76);
CONFITURE_SIZE(confiture_rule_v1, 80);

CONFITURE_OFFSET(confiture_edit, offset, 0);
CONFITURE_OFFSET(confiture_edit, end_offset, 8);
CONFITURE_OFFSET(confiture_edit, text, 16);
CONFITURE_SIZE(confiture_edit, 32);

CONFITURE_OFFSET(confiture_finding, struct_size, 0);
CONFITURE_OFFSET(confiture_finding, severity, 4);
CONFITURE_OFFSET(confiture_finding, risk, 8);
CONFITURE_OFFSET(confiture_finding, edit_count, 12);
CONFITURE_OFFSET(confiture_finding, at, 16);
CONFITURE_OFFSET(confiture_finding, message, 24);
CONFITURE_OFFSET(confiture_finding, hint, 40);
CONFITURE_OFFSET(confiture_finding, suggestion, 56);
CONFITURE_OFFSET(confiture_finding, edits, 72);
CONFITURE_OFFSET(confiture_finding, offset, 80);
CONFITURE_OFFSET(confiture_finding, end_offset, 88);
CONFITURE_SIZE(confiture_finding, 96);

CONFITURE_OFFSET(confiture_tree_v1, of, 0);
CONFITURE_OFFSET(confiture_tree_v1, statement, 8);
CONFITURE_OFFSET(confiture_tree_v1, expression, 16);
CONFITURE_OFFSET(confiture_tree_v1, type, 24);
CONFITURE_OFFSET(confiture_tree_v1, text, 32);
CONFITURE_OFFSET(confiture_tree_v1, integer, 40);
CONFITURE_OFFSET(confiture_tree_v1, child, 48);
CONFITURE_OFFSET(confiture_tree_v1, count, 56);
CONFITURE_OFFSET(confiture_tree_v1, at, 64);
CONFITURE_SIZE(confiture_tree_v1, 72);

CONFITURE_OFFSET(confiture_lint_v1, report, 0);
CONFITURE_SIZE(confiture_lint_v1, 8);

CONFITURE_OFFSET(confiture_lint_query, node, 0);
CONFITURE_OFFSET(confiture_lint_query, select, 8);
CONFITURE_OFFSET(confiture_lint_query, select_count, 16);
CONFITURE_OFFSET(confiture_lint_query, ignore, 24);
CONFITURE_OFFSET(confiture_lint_query, ignore_count, 32);
CONFITURE_SIZE(confiture_lint_query, 40);

CONFITURE_OFFSET(confiture_lint_finding, rule, 0);
CONFITURE_OFFSET(confiture_lint_finding, category, 16);
CONFITURE_OFFSET(confiture_lint_finding, severity, 32);
CONFITURE_OFFSET(confiture_lint_finding, risk, 36);
CONFITURE_OFFSET(confiture_lint_finding, location, 40);
CONFITURE_OFFSET(confiture_lint_finding, object, 88);
CONFITURE_OFFSET(confiture_lint_finding, message, 104);
CONFITURE_OFFSET(confiture_lint_finding, hint, 120);
CONFITURE_OFFSET(confiture_lint_finding, suggestion, 136);
CONFITURE_SIZE(confiture_lint_finding, 152);

CONFITURE_OFFSET(confiture_linter_v1, lint, 0);
CONFITURE_SIZE(confiture_linter_v1, 8);
