/* SPDX-License-Identifier: MIT */
/* confiture/base.h - the types every other header stands on, and the host that a plugin talks to.
 *
 * Rules that hold for every line of the contract (all headers that confiture/abi.h includes):
 *  - Strings are UTF-8. `const char *` is NUL-terminated static text; `confiture_str` is a view.
 *  - A view passed into a call is valid until that call returns, unless its comment says more.
 *  - Nobody frees what the other side allocated. Results go into confiture_host.alloc() memory.
 *  - No C++ exception crosses a function pointer (C++17 checks it: they are all noexcept).
 *  - A struct is either FROZEN (it never changes) or begins with struct_size and only grows at its
 *    end. Service and kind ids end in /N; a change that is not an append is /N+1.
 *  - Every enumerator has an explicit value, which never changes and is never used again.
 *  - Thread tags: [main] the host's main thread; [call] only the thread that runs the current call;
 *    [serial] any thread, but never two at once on one instance; [any] any thread, at any time. */
#ifndef CONFITURE_BASE_H
#define CONFITURE_BASE_H

#include <stddef.h>
#include <stdint.h>

#define CONFITURE_ABI_MAJOR 1u /* is also in the name of the entry symbol */
#define CONFITURE_ABI_MINOR 2u

#if defined(__GNUC__)
#define CONFITURE_EXPORT __attribute__((visibility("default")))
#else
#define CONFITURE_EXPORT
#endif

#ifdef __cplusplus
#define CONFITURE_NOEXCEPT noexcept
extern "C" {
#else
#define CONFITURE_NOEXCEPT
#endif

/* True when the other side's build knows `field`. Use before reading any field newer than 1.0. */
#define CONFITURE_HAS(p, type, field) \
  ((p)->struct_size >= offsetof(type, field) + sizeof(((type *)0)->field))

typedef struct confiture_str { /* FROZEN. data == NULL means "no value" (SQL NULL, unset). */
  const char *data;            /* An empty string has size 0 and data != NULL. */
  size_t size;                 /* in bytes */
} confiture_str;

/* What a call returns. A code that this build does not know is treated as CONFITURE_FAILED. */
typedef int32_t confiture_status;
enum {
  CONFITURE_OK = 0,
  CONFITURE_FAILED = 1,      /* an expected failure; confiture_host.fail() was called first */
  CONFITURE_BAD_CONFIG = 2,  /* the parameters make no sense together */
  CONFITURE_UNSUPPORTED = 3, /* e.g. a column type that the strategy cannot rewrite */
  CONFITURE_CANCELLED = 4,   /* stopped because confiture_host.cancelled() said so */
  CONFITURE_DENIED = 5,      /* service not granted, or not allowed in this kind of call */
  CONFITURE_NOT_FOUND = 6,
  CONFITURE_DB_ERROR = 7,
  CONFITURE_NO_MEMORY = 8,
  CONFITURE_BUG = 9 /* an exception or a broken contract, caught at the boundary */
};

typedef int32_t confiture_log_level;
enum {
  CONFITURE_LOG_DEBUG = 0, /* shown with -v */
  CONFITURE_LOG_INFO = 1,
  CONFITURE_LOG_WARN = 2,
  CONFITURE_LOG_ERROR = 3
};

/* One call into a plugin: its error, its memory and its cancellation. Dies when the call returns. */
typedef struct confiture_call confiture_call;
/* Validated parameters with their defaults filled in; lives as long as the instance. */
typedef struct confiture_config confiture_config;
/* An object of a schema, a plan or a statement; read through confiture_schema_v1. */
typedef struct confiture_node confiture_node;
/* The rows of a query; dies with its call. */
typedef struct confiture_result confiture_result;

/* The host, as a plugin sees it. Lives until the process ends. */
typedef struct confiture_host {
  uint32_t struct_size;
  uint32_t abi_minor;
  const char *name;    /* "confiture" */
  const char *version; /* "1.4.0", for messages only */
  void *host_data;     /* the host's own; plugins leave it alone */
  /* A FROZEN function table such as confiture_db_v1; NULL: unknown here, or not granted. [any] */
  const void *(*get_service)(const struct confiture_host *, const char *id)CONFITURE_NOEXCEPT;
  /* `call` may be NULL. Never log cell values: people who must not see the data read logs. [any] */
  void (*log)(const struct confiture_host *, const confiture_call *call, confiture_log_level,
              confiture_str message) CONFITURE_NOEXCEPT;
  /* Says why the call is about to return non-zero; copies both texts. `hint` may have no value.
   * Neither may hold a cell value. [call] */
  void (*fail)(confiture_call *, confiture_status, confiture_str message,
               confiture_str hint) CONFITURE_NOEXCEPT;
  /* Memory that lives until the host has used this call's results; NULL if there is none.
   * `align` is a power of two, at most 64. [call] */
  void *(*alloc)(confiture_call *, size_t size, size_t align)CONFITURE_NOEXCEPT;
  /* Non-zero once the user asked to stop, or time is up. Poll at least every 100 ms. [any] */
  int32_t (*cancelled)(const confiture_call *) CONFITURE_NOEXCEPT;
} confiture_host;

#ifdef __cplusplus
}
#endif
#endif
