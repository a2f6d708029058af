/* SPDX-License-Identifier: MIT */
/* apply() returns a status that there is not. */
#include "bad.h"

static confiture_status apply(void* self, confiture_call* call, const confiture_batch* batch) {
  (void)self;
  (void)call;
  (void)batch;
  return 4711;
}

static const confiture_strategy_v1 table = STRATEGY_TABLE(apply);
static const confiture_extension extension = EXTENSION("nonsense_status.x", NULL, 0, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("nonsense_status", extensions, 1);
ENTRY(plugin)
