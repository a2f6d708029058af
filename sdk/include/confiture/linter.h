/* SPDX-License-Identifier: MIT */
/* confiture/linter.h - what the project's rules say of the migrations that an action runs around. */
#ifndef CONFITURE_LINTER_H
#define CONFITURE_LINTER_H

#include "base.h"
#include "schema.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct confiture_lint_query { /* FROZEN */
  /* A MIGRATION or a PLAN of the event. NULL: nothing is judged, only `select` and `ignore` are
   * checked, which an action may do in create(). */
  const confiture_node *node;
  const confiture_str *select; /* ids of rules, or categories: these alone, also those that are off */
  size_t select_count;         /* 0: the rules as the project configures them */
  const confiture_str *ignore; /* ids or categories: all but these */
  size_t ignore_count;
} confiture_lint_query;

typedef struct confiture_lint_finding { /* FROZEN. A text that there is none of has no value. */
  confiture_str rule, category;         /* "safety.drop_table", "safety" */
  int32_t severity;                     /* CONFITURE_SEVERITY_INFO to _CRITICAL, as configured */
  int32_t risk;                         /* CONFITURE_RISK_* */
  confiture_location location;          /* in the migration's file */
  confiture_str object;                 /* public.customer, as SQL writes it */
  confiture_str message, hint, suggestion;
} confiture_lint_finding;

#define CONFITURE_SERVICE_LINTER "confiture.linter/1" /* actions only; always granted */
typedef struct confiture_linter_v1 {                  /* FROZEN */
  /* The findings by file and line, in memory of the call; *count of them at *out. The way down of a
   * migration undoes on purpose and is not judged: no findings. CONFITURE_BAD_CONFIG for a rule or
   * category that there is not, CONFITURE_UNSUPPORTED where nobody lints. */
  confiture_status (*lint)(confiture_call *, const confiture_lint_query *,
                           const confiture_lint_finding **out, size_t *count) CONFITURE_NOEXCEPT;
} confiture_linter_v1; /* [call] */

#ifdef __cplusplus
}
#endif
#endif
