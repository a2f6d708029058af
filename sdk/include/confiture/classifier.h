/* SPDX-License-Identifier: MIT */
/* confiture/classifier.h - a classifier: what a statement of a migration does to those who use the
 * database meanwhile, and how risky that makes it. Since 1.2.
 *
 * Every classifier sees every statement of a plan. What they say is put together: the highest risk,
 * the strongest lock, and for each question `yes` where one of them says so. So a classifier can
 * raise the risk that others see, and never lower it. */
#ifndef CONFITURE_CLASSIFIER_H
#define CONFITURE_CLASSIFIER_H

#include "base.h"
#include "rule.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CONFITURE_KIND_CLASSIFIER "confiture.classifier/1"

enum { /* an answer of confiture_effect */
  CONFITURE_TRUTH_UNKNOWN = 0,
  CONFITURE_TRUTH_NO = 1,
  CONFITURE_TRUTH_YES = 2
};

typedef struct confiture_touched { /* FROZEN. A relation that a statement locks. */
  confiture_str relation;          /* as SQL writes it: public."Order Line" */
  confiture_str lock;              /* ACCESS EXCLUSIVE ... ACCESS SHARE */
  int64_t rows, bytes;             /* about so many; -1: unknown */
} confiture_touched;

typedef struct confiture_effect { /* filled by the plugin; the host copies what it keeps */
  uint32_t struct_size;
  int32_t risk;          /* CONFITURE_RISK_* */
  int32_t blocks_reads;  /* these and the next are CONFITURE_TRUTH_* */
  int32_t blocks_writes; /* of a relation that others can use */
  int32_t rewrites;      /* a table is written anew */
  int32_t scans;         /* a table is read as a whole */
  int32_t loses_data;    /* that no later statement brings back */
  int32_t reversible;
  confiture_str form;          /* what it was taken for: "col.drop"; may have no value */
  confiture_str lock;          /* the strongest on any relation, or "none"; no value: unknown */
  confiture_str lost;          /* which data: "column data" */
  confiture_str way_back;      /* what would take it back; may have no value */
  confiture_str safer;         /* what to do instead; may have no value */
  const confiture_str *reasons; /* why it is as risky as that, the first one first */
  const confiture_touched *touched;
  uint32_t reason_count;
  uint32_t touched_count;
  /* Bytes that are read or written while others are blocked; -1: unknown, 0: the catalog alone. */
  int64_t blocked_bytes;
} confiture_effect;

#define CONFITURE_SERVICE_RISK "confiture.risk/1" /* classifiers only; always granted */
typedef struct confiture_risk_v1 {                /* FROZEN */
  /* Of the statement under classification; may be called more than once for it. [call] */
  void (*effect)(confiture_call *, const confiture_effect *) CONFITURE_NOEXCEPT;
} confiture_risk_v1;

enum { /* confiture_example.flags */
  CONFITURE_EXAMPLE_ALONE = 1u << 0, /* the server refuses it inside a transaction */
  CONFITURE_EXAMPLE_FAILS = 1u << 1  /* the server refuses it with an error */
};

typedef struct confiture_example { /* FROZEN. Static texts. A statement that what a classifier says
                                      can be proved with: `confiture selftest locks`. */
  const char *form;                /* what the classifier takes it for */
  const char *setup;               /* SQL that makes what it needs; may be NULL */
  const char *sql;                 /* one statement */
  const char *target;              /* the relation whose lock is compared; may be NULL */
  int32_t since;                   /* the first server that knows it: 150000; 0: all */
  uint32_t flags;                  /* CONFITURE_EXAMPLE_* */
} confiture_example;

typedef struct confiture_classifier_v1 {
  uint32_t struct_size;
  uint32_t example_count;
  const confiture_example *examples; /* may be NULL */
  const char *playground; /* SQL run once in an empty database, before all examples; may be NULL */
  /* Called for each statement (CONFITURE_NODE_STATEMENT) of the migrations of a plan, in their
   * order; objects that were made in the plan are known. confiture.db/1 answers where a database is
   * there: on a connection of its own that may only read, and waits for nobody's lock. A classifier
   * that gets no answer takes the worse reading. [serial] */
  confiture_status (*classify)(void *self, confiture_call *,
                               const confiture_node *statement) CONFITURE_NOEXCEPT;
} confiture_classifier_v1;

#ifdef __cplusplus
}
#endif
#endif
