/* SPDX-License-Identifier: MIT */
/* A sound plugin with one strategy, so that each bad plugin beside this file shows nothing but what
 * is bad about it. Plain C against the contract alone. */
#ifndef TESTS_BAD_PLUGINS_BAD_H
#define TESTS_BAD_PLUGINS_BAD_H

#include <confiture/abi.h>
#include <string.h>

static inline confiture_str text_of(const char* text) {
  confiture_str view;
  view.data = text;
  view.size = strlen(text);
  return view;
}

/* Leaves every value as it is. */
static inline confiture_status keep_all(void* self, confiture_call* call,
                                        const confiture_batch* batch) {
  (void)self;
  (void)call;
  (void)batch;
  return CONFITURE_OK;
}

#define STRATEGY_TABLE(apply_function) \
  { sizeof(confiture_strategy_v1), 0, NULL, apply_function }

#define EXTENSION(id, params, param_count, table, create)                              \
  {                                                                                    \
    sizeof(confiture_extension), sizeof(confiture_param), CONFITURE_KIND_STRATEGY, id, \
        "Do something", NULL, params, param_count, 0, table, NULL, create, NULL        \
  }

#define PLUGIN(id, extensions, count)                                                        \
  {                                                                                          \
    sizeof(confiture_plugin), CONFITURE_ABI_MINOR, 0, count, id, "1.0.0", "Bad Plugins Inc", \
        "Is bad", NULL, extensions, NULL, NULL                                               \
  }

#define ENTRY(plugin)                                                       \
  const confiture_plugin* confiture_plugin_v1(const confiture_host* host) { \
    (void)host;                                                             \
    return &plugin;                                                         \
  }

#endif
