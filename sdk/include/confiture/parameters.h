/* SPDX-License-Identifier: MIT */
/* confiture/parameters.h - what an extension can be told in YAML, and how it reads it back.
 * The host validates YAML against these descriptors (naming file, line and column), fills in the
 * defaults, prints documentation from them and exports a JSON Schema for editors. */
#ifndef CONFITURE_PARAMETERS_H
#define CONFITURE_PARAMETERS_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { /* confiture_param.type */
  CONFITURE_PARAM_STRING = 1,
  CONFITURE_PARAM_INT = 2,  /* 64-bit signed */
  CONFITURE_PARAM_REAL = 3, /* a finite double */
  CONFITURE_PARAM_BOOL = 4,
  CONFITURE_PARAM_ENUM = 5,     /* one of `choices` */
  CONFITURE_PARAM_DURATION = 6, /* "500ms", "30s", "2h", "7d"; read as integer milliseconds */
  CONFITURE_PARAM_COLUMN = 7,   /* strategies only: a column of the same row. text = its name,
                                   integer = its index in confiture_batch.columns */
  CONFITURE_PARAM_SECRET = 8,   /* the name of a secret (confiture_secret_v1), never its value */
  CONFITURE_PARAM_OBJECT = 9    /* described by `fields` */
};
enum { /* confiture_param.flags */
  CONFITURE_PARAM_REQUIRED = 1u << 0,
  CONFITURE_PARAM_LIST = 1u << 1, /* a list of `type`; one scalar in YAML is a list of one */
  CONFITURE_PARAM_DEPRECATED = 1u << 2
};

typedef struct confiture_param { /* only grows at its end; arrays are stepped by
                                    confiture_extension.param_size */
  const char *name;              /* [a-z0-9_]+ */
  const char *doc;               /* one sentence */
  const char *default_yaml;      /* "4", "[a, b]"; NULL: none */
  const char *range;             /* "1..64", "0..", "..10", NULL: any; of the length (in bytes) for
                                    STRING, in milliseconds for DURATION */
  const char *const *choices;    /* ENUM: NULL-terminated */
  const struct confiture_param *fields; /* OBJECT */
  uint32_t field_count;
  uint32_t type;
  uint32_t flags;
  uint32_t reserved; /* 0 */
} confiture_param;

#define CONFITURE_SERVICE_CONFIG "confiture.config/1" /* always granted */
typedef struct confiture_config_v1 { /* FROZEN. An undeclared key: no value or 0, and a logged bug.
                                        A list's scalar items are read with key "" on item(). */
  int32_t (*is_set)(const confiture_config *, const char *key) CONFITURE_NOEXCEPT; /* or defaulted */
  confiture_str (*text)(const confiture_config *,
                        const char *key) CONFITURE_NOEXCEPT; /* lives with the config */
  int64_t (*integer)(const confiture_config *,
                     const char *key) CONFITURE_NOEXCEPT; /* also BOOL, DURATION, COLUMN */
  double (*real)(const confiture_config *, const char *key) CONFITURE_NOEXCEPT;
  size_t (*count)(const confiture_config *,
                  const char *key) CONFITURE_NOEXCEPT; /* length of a list; 1 for a set scalar */
  /* The index-th item of a list or, for an OBJECT, index 0; NULL past the end. */
  const confiture_config *(*item)(const confiture_config *, const char *key,
                                  size_t index)CONFITURE_NOEXCEPT;
} confiture_config_v1; /* [any] */

#ifdef __cplusplus
}
#endif
#endif
