/* SPDX-License-Identifier: MIT */
/* confiture/rule.h - a rule: what a good schema or a safe migration looks like. */
#ifndef CONFITURE_RULE_H
#define CONFITURE_RULE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CONFITURE_KIND_RULE "confiture.rule/1"

enum {
  CONFITURE_SEVERITY_OFF = 0, /* in a rule: runs only when selected. In a finding: the rule's own */
  CONFITURE_SEVERITY_INFO = 1,
  CONFITURE_SEVERITY_WARNING = 2,
  CONFITURE_SEVERITY_ERROR = 3,
  CONFITURE_SEVERITY_CRITICAL = 4
};
enum { /* what a finding adds to the risk of the migration that it is in */
  CONFITURE_RISK_NONE = 0,
  CONFITURE_RISK_LOW = 1,
  CONFITURE_RISK_MEDIUM = 2,
  CONFITURE_RISK_HIGH = 3,
  CONFITURE_RISK_CRITICAL = 4
};

enum { /* confiture_rule_v1.scope: where nodes come from. 0: statements and subcommands of migrations,
          objects of the schema */
  CONFITURE_SCOPE_SCHEMA = 1u << 0,    /* db/schema, and what else is linted as a schema */
  CONFITURE_SCOPE_MIGRATIONS = 1u << 1 /* a chain of migrations; objects: as they are at its end */
};
enum { /* confiture_rule_v1.fix */
  CONFITURE_FIX_NONE = 0,
  CONFITURE_FIX_SAFE = 1,  /* edits that `lint --fix` applies */
  CONFITURE_FIX_UNSAFE = 2 /* edits that need `--unsafe-fixes`: they change what the SQL means */
};

typedef struct confiture_rule_v1 {
  uint32_t struct_size;
  int32_t severity; /* the default; configuration can override it */
  const char
      *category; /* "naming", "structure", "security", "performance", "compliance", "safety" */
  const uint32_t *node_kinds; /* check() is called for each node of these kinds */
  uint32_t node_kind_count;
  uint32_t reserved; /* 0 */
  confiture_status (*check)(void *self, confiture_call *,
                            const confiture_node *) CONFITURE_NOEXCEPT; /* [serial] */
  /* Since 1.1: the record that documentation and tests are made of; each may be NULL. */
  const char *why;      /* Markdown: what goes wrong, and what to do instead */
  const char *bad_sql;  /* has a finding of this rule */
  const char *good_sql; /* has none */
  uint32_t scope;       /* CONFITURE_SCOPE_* */
  uint32_t fix;         /* CONFITURE_FIX_* */
  int32_t risk;         /* of its findings, where they do not say */
  uint32_t reserved2;   /* 0 */
} confiture_rule_v1;

typedef struct confiture_edit { /* FROZEN. Replaces bytes [offset, end_offset) of the node's file. */
  uint64_t offset, end_offset;
  confiture_str text;
} confiture_edit;

typedef struct confiture_finding { /* filled by the plugin; the host copies what it keeps */
  uint32_t struct_size;
  int32_t severity; /* CONFITURE_SEVERITY_OFF: the rule's own, which configuration can change */
  int32_t risk;
  uint32_t edit_count;
  const confiture_node *at;    /* where; may be narrower than the node under check */
  confiture_str message;       /* what is wrong, with the object's name */
  confiture_str hint;          /* what to do instead; may have no value */
  confiture_str suggestion;    /* SQL that would mend it, or no value */
  const confiture_edit *edits; /* a fix of the rule's kind, or NULL */
  /* Since 1.1: bytes of the file of `at` where that is too wide; both 0: the place of `at`. */
  uint64_t offset, end_offset;
} confiture_finding;

#define CONFITURE_SERVICE_LINT "confiture.lint/1" /* rules only */
typedef struct confiture_lint_v1 {                /* FROZEN */
  void (*report)(confiture_call *, const confiture_finding *) CONFITURE_NOEXCEPT; /* [call] */
} confiture_lint_v1;

#ifdef __cplusplus
}
#endif
#endif
