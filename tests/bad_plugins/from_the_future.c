/* SPDX-License-Identifier: MIT */
/* A kind and a phase that this host does not know, in structs longer than ours: no error. */
#include "bad.h"

static confiture_status run(void* self, confiture_call* call, const confiture_event* event) {
  (void)self;
  (void)call;
  (void)event;
  return CONFITURE_OK;
}

static const struct {
  confiture_action_v1 known;
  const void* newer;
} table = {{sizeof table, CONFITURE_PHASE_PRE_SYNC | 1u << 31, 0, 0, run}, NULL};
static const confiture_extension action = {sizeof action,
                                           sizeof(confiture_param),
                                           CONFITURE_KIND_ACTION,
                                           "from_the_future.act",
                                           "Act",
                                           NULL,
                                           NULL,
                                           0,
                                           0,
                                           &table,
                                           NULL,
                                           NULL,
                                           NULL};
static const confiture_extension oracle = {sizeof oracle,
                                           sizeof(confiture_param),
                                           "confiture.oracle/1",
                                           "from_the_future.see",
                                           "See",
                                           NULL,
                                           NULL,
                                           0,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           NULL};
static const confiture_extension* const extensions[] = {&action, &oracle};
static const confiture_plugin plugin = PLUGIN("from_the_future", extensions, 2);
ENTRY(plugin)
