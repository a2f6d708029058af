/* SPDX-License-Identifier: MIT */
/* confiture/strategy.h - a strategy: how a column's values are replaced on the way to a target. */
#ifndef CONFITURE_STRATEGY_H
#define CONFITURE_STRATEGY_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CONFITURE_KIND_STRATEGY "confiture.strategy/1"

enum { /* confiture_strategy_v1.flags: what it declares, and the host tests by sample */
  CONFITURE_STRATEGY_DETERMINISTIC = 1u << 0, /* same key, value and context: same output */
  CONFITURE_STRATEGY_ROW_LOCAL = 1u << 1,     /* rows do not influence each other */
  CONFITURE_STRATEGY_KEEPS_UNIQUE = 1u << 2,  /* distinct values stay distinct */
  CONFITURE_STRATEGY_WANTS_KEY = 1u << 3,     /* primary key columns come last in the context */
  CONFITURE_STRATEGY_KEYED = 1u << 4          /* needs a derived key: refused without a project key */
};

typedef struct confiture_batch { /* filled by the host. Values are PostgreSQL's text format, UTF-8. */
  uint32_t struct_size;
  uint32_t target_count;               /* columns[0 .. target_count) are to be rewritten, */
  uint32_t column_count;               /* the rest is read-only context of the same rows */
  uint32_t reserved;                   /* 0 */
  uint64_t first_row;                  /* ordinal of row 0 in the table's stream */
  size_t row_count;                    /* may be 0 */
  const confiture_str *const *columns; /* columns[c][r] */
  /* out[t][r]; starts as columns[t][r], so an untouched cell is an unchanged one. The host counts
   * unchanged non-NULL cells and refuses them where the configuration says require_change. */
  confiture_str *const *out;
} confiture_batch;

typedef struct confiture_strategy_v1 {
  uint32_t struct_size;
  uint32_t flags;
  /* Checks types and takes notes; columns as in confiture_batch, each with NAME, TYPE_NAME,
   * TYPE_OID, NULLABLE and MAX_LENGTH. May be NULL. Called once, before the first apply. [main] */
  confiture_status (*bind)(void *self, confiture_call *, const confiture_node *const *columns,
                           uint32_t target_count, uint32_t column_count) CONFITURE_NOEXCEPT;
  /* An instance belongs to one worker, so scratch buffers need no lock. out[][] may point into
   * alloc() memory, into columns[][], or into static text. [serial] */
  confiture_status (*apply)(void *self, confiture_call *,
                            const confiture_batch *) CONFITURE_NOEXCEPT;
} confiture_strategy_v1;

#ifdef __cplusplus
}
#endif
#endif
