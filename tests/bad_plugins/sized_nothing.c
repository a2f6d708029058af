/* SPDX-License-Identifier: MIT */
/* apply() hands out a text without data that has a size. */
#include "bad.h"

static confiture_status apply(void* self, confiture_call* call, const confiture_batch* batch) {
  (void)self;
  (void)call;
  batch->out[0][0].data = NULL;
  batch->out[0][0].size = 7;
  return CONFITURE_OK;
}

static const confiture_strategy_v1 table = STRATEGY_TABLE(apply);
static const confiture_extension extension = EXTENSION("sized_nothing.x", NULL, 0, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("sized_nothing", extensions, 1);
ENTRY(plugin)
