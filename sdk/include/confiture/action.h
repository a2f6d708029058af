/* SPDX-License-Identifier: MIT */
/* confiture/action.h - an action: what a hook does at a moment of a migration or a sync. */
#ifndef CONFITURE_ACTION_H
#define CONFITURE_ACTION_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CONFITURE_KIND_ACTION "confiture.action/1"

/* One bit per phase of the lifecycle. Bits that the host does not know are reported, not obeyed. */
enum {
  CONFITURE_PHASE_PRE_VALIDATE = 1u << 0,  /* once, before any migration is read */
  CONFITURE_PHASE_POST_VALIDATE = 1u << 1, /* once, the plan is known, nothing was executed yet */
  CONFITURE_PHASE_PRE_EXECUTE = 1u << 2,   /* per migration, inside its transaction */
  CONFITURE_PHASE_POST_EXECUTE = 1u << 3,  /* per migration, inside its transaction */
  CONFITURE_PHASE_POST_COMPLETE = 1u << 4, /* once, after the last commit */
  CONFITURE_PHASE_PRE_ROLLBACK = 1u << 5,  /* per migration on the way down, inside its transaction */
  CONFITURE_PHASE_POST_ROLLBACK = 1u << 6, /* per migration on the way down, inside its transaction */
  CONFITURE_PHASE_ON_ERROR = 1u << 7,      /* after a failure was rolled back */
  CONFITURE_PHASE_PRE_SYNC = 1u << 8,
  CONFITURE_PHASE_POST_SYNC = 1u << 9,
  CONFITURE_PHASE_APPROVAL_REQUESTED = 1u << 10,
  CONFITURE_PHASE_APPROVED = 1u << 11,
  CONFITURE_PHASE_SCHEDULED = 1u << 12,
  CONFITURE_PHASE_REMINDER = 1u << 13
};

typedef struct confiture_event { /* filled by the host: what the guides call the hook's context */
  uint32_t struct_size;
  uint32_t phase; /* one bit */
  int32_t dry_run;
  int32_t in_transaction;
  confiture_str environment;       /* "production" */
  confiture_str database;          /* its name on the server */
  confiture_str status;            /* "pending", "applied", "rolled_back" or "error" */
  confiture_str direction;         /* "up" or "down"; "sync" in the sync phases */
  confiture_str error;             /* CONFITURE_PHASE_ON_ERROR: the message, without row values */
  uint64_t duration_us;            /* 0 before execution */
  uint64_t row_count;              /* sync phases: rows written */
  const confiture_node *migration; /* NULL in phases that belong to the whole run */
  const confiture_node *plan;      /* its children are the pending migrations; never NULL */
} confiture_event;

enum { /* confiture_action_v1.flags */
  CONFITURE_ACTION_OUTSIDE = 1u << 0,      /* talks to the world: never run inside a transaction */
  CONFITURE_ACTION_BINDS_ITSELF = 1u << 1, /* runs in all its phases once its plugin is named in the
                                              configuration */
  CONFITURE_ACTION_WRITES = 1u << 2        /* changes something: not run in a dry run */
};

typedef struct confiture_action_v1 {
  uint32_t struct_size;
  uint32_t phases; /* the phases it may be bound to */
  uint32_t flags;
  uint32_t reserved; /* 0 */
  /* Any status but CONFITURE_OK is a failure; the binding's on_error decides what it stops. */
  confiture_status (*run)(void *self, confiture_call *,
                          const confiture_event *) CONFITURE_NOEXCEPT; /* [main] */
} confiture_action_v1;

#ifdef __cplusplus
}
#endif
#endif
