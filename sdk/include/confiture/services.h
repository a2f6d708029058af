/* SPDX-License-Identifier: MIT */
/* confiture/services.h - what a plugin may ask of the host beyond its parameters and the schema.
 * Fetch a table with confiture_host.get_service(); NULL means unknown to this host or not granted.
 * First-party plugins have every grant; a third-party plugin has those of its `allow:` list.
 * Where a service fails, the host has noted why, and the plugin may return the status as it is. */
#ifndef CONFITURE_SERVICES_H
#define CONFITURE_SERVICES_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The migration's own connection and transaction; in actions only. Grant: db.
 * BEGIN, COMMIT, ROLLBACK and their kin are refused with CONFITURE_DENIED: a hook must not end the
 * transaction that it runs in. */
#define CONFITURE_SERVICE_DB "confiture.db/1"
typedef struct confiture_db_v1 { /* FROZEN */
  /* One statement, or several where there are no parameters ($1, $2, ...; a parameter without
   * data is NULL). `out` may be NULL; several give no rows, *out is NULL. */
  confiture_status (*query)(confiture_call *, confiture_str sql, const confiture_str *params,
                            size_t param_count, const confiture_result **out) CONFITURE_NOEXCEPT;
  size_t (*row_count)(const confiture_result *) CONFITURE_NOEXCEPT;
  size_t (*column_count)(const confiture_result *) CONFITURE_NOEXCEPT;
  confiture_str (*column_name)(const confiture_result *, size_t column) CONFITURE_NOEXCEPT;
  confiture_str (*value)(const confiture_result *, size_t row, size_t column) CONFITURE_NOEXCEPT;
} confiture_db_v1; /* [call] */

#define CONFITURE_SERVICE_SECRET "confiture.secret/1" /* grant: secret */
typedef struct confiture_secret_v1 {                  /* FROZEN */
  /* The named secret; wiped when the call ends. [call] */
  confiture_status (*get)(confiture_call *, confiture_str name,
                          confiture_str *out) CONFITURE_NOEXCEPT;
  /* A key derived from the project key, the plugin's id and `label`: the same inputs give the same
   * bytes, in every run. `size` is 16 to 64. The project key itself is never handed out. [call] */
  confiture_status (*derive)(confiture_call *, confiture_str label, uint8_t *out,
                             size_t size) CONFITURE_NOEXCEPT;
} confiture_secret_v1;

/* One store per plugin id, for the length of one run. Always granted. */
#define CONFITURE_SERVICE_CACHE "confiture.cache/1"
typedef struct confiture_cache_v1 { /* FROZEN */
  /* CONFITURE_NOT_FOUND without a stored value; no message is due then. */
  confiture_status (*get)(confiture_call *, confiture_str key,
                          confiture_str *out) CONFITURE_NOEXCEPT;
  /* Stores value unless key is there; *winner is what is stored now. Atomic over all workers. */
  confiture_status (*put_if_absent)(confiture_call *, confiture_str key, confiture_str value,
                                    confiture_str *winner) CONFITURE_NOEXCEPT;
} confiture_cache_v1; /* [call], from any number of calls at once */

#define CONFITURE_SERVICE_PROGRESS "confiture.progress/1" /* always granted */
typedef struct confiture_progress_v1 {                    /* FROZEN */
  /* `total` 0: unknown. `note` may have no value. */
  void (*update)(confiture_call *, uint64_t done, uint64_t total,
                 confiture_str note) CONFITURE_NOEXCEPT; /* [call] */
} confiture_progress_v1;

/* Shared by all hooks of one run, and part of its audit. Actions only, always granted. */
#define CONFITURE_SERVICE_METADATA "confiture.metadata/1"
typedef struct confiture_metadata_v1 { /* FROZEN */
  /* CONFITURE_NOT_FOUND without a stored value; no message is due then. */
  confiture_status (*get)(confiture_call *, confiture_str key,
                          confiture_str *out) CONFITURE_NOEXCEPT;
  confiture_status (*set)(confiture_call *, confiture_str key,
                          confiture_str value) CONFITURE_NOEXCEPT;
} confiture_metadata_v1; /* [call] */

typedef struct confiture_metadata_entry { /* FROZEN */
  confiture_str key, value;
} confiture_metadata_entry;

/* The same store, and all that is in it. Actions only, always granted. */
#define CONFITURE_SERVICE_METADATA_V2 "confiture.metadata/2"
typedef struct confiture_metadata_v2 { /* FROZEN */
  confiture_status (*get)(confiture_call *, confiture_str key,
                          confiture_str *out) CONFITURE_NOEXCEPT;
  confiture_status (*set)(confiture_call *, confiture_str key,
                          confiture_str value) CONFITURE_NOEXCEPT;
  /* Every entry by its key, in memory of the call; *count of them at *out. */
  confiture_status (*all)(confiture_call *, const confiture_metadata_entry **out,
                          size_t *count) CONFITURE_NOEXCEPT;
} confiture_metadata_v2; /* [call] */

/* An entry that the host reads, too: a hook that has saved the database says where. Reviews that
   ask for a backup take it as the proof that there is one. */
#define CONFITURE_METADATA_BACKUP "backup.file"

#ifdef __cplusplus
}
#endif
#endif
