/* SPDX-License-Identifier: MIT */
/* confiture/plugin.h - what a plugin is made of, and the one symbol that it exports. */
#ifndef CONFITURE_PLUGIN_H
#define CONFITURE_PLUGIN_H

#include "base.h"
#include "parameters.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct confiture_extension {
  uint32_t struct_size;
  uint32_t param_size; /* sizeof(confiture_param) in the plugin's build */
  const char *kind;    /* CONFITURE_KIND_*; an unknown kind is reported and skipped */
  const char *id;      /* "acme.mask_iban": [a-z0-9_]+ on both sides of one dot. The first part is
                          the plugin's id */
  const char *summary; /* one line without a full stop */
  const char *doc;     /* Markdown or NULL */
  const confiture_param *params;
  uint32_t param_count;
  uint32_t reserved;  /* 0 */
  const void *vtable; /* confiture_action_v1, confiture_strategy_v1 or confiture_rule_v1, by kind */
  const void *user;   /* the plugin's own */
  /* One instance per use in the configuration and per worker. NULL: stateless, self is NULL.
   * *self is NULL on entry and is not destroyed when the call fails. [main] */
  confiture_status (*create)(const struct confiture_extension *, const confiture_host *,
                             confiture_call *, const confiture_config *,
                             void **self) CONFITURE_NOEXCEPT;
  void (*destroy)(void *self) CONFITURE_NOEXCEPT; /* never with a call running; may be NULL. [main] */
} confiture_extension;

typedef struct confiture_plugin {
  uint32_t struct_size;
  uint32_t abi_minor;      /* CONFITURE_ABI_MINOR of the plugin's build */
  uint32_t min_host_minor; /* older hosts refuse to load it; 0 unless it needs something newer */
  uint32_t extension_count;
  const char *id; /* "acme"; the file is confiture-acme.so */
  const char *version;
  const char *vendor;
  const char *summary;      /* one line without a full stop */
  const char *const *needs; /* service ids it cannot work without; NULL-terminated, or NULL */
  const confiture_extension *const *extensions;
  confiture_status (*init)(const confiture_host *,
                           confiture_call *) CONFITURE_NOEXCEPT; /* optional. [main] */
  void (*deinit)(void) CONFITURE_NOEXCEPT; /* optional; joins the plugin's own threads. [main] */
} confiture_plugin;

/* The one exported symbol. Returns the same static data each time, does no work, and may return
 * NULL to refuse (after host->log). The library is never unloaded before the process ends. */
CONFITURE_EXPORT const confiture_plugin *confiture_plugin_v1(const confiture_host *host)
    CONFITURE_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
