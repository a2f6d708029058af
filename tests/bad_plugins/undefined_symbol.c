/* SPDX-License-Identifier: MIT */
/* Needs a function that nobody has. */
#include "bad.h"

extern confiture_status confiture_function_that_nobody_has(void* self, confiture_call* call,
                                                           const confiture_batch* batch);

static const confiture_strategy_v1 table = STRATEGY_TABLE(confiture_function_that_nobody_has);
static const confiture_extension extension = EXTENSION("undefined_symbol.x", NULL, 0, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("undefined_symbol", extensions, 1);
ENTRY(plugin)
