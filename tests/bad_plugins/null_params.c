/* SPDX-License-Identifier: MIT */
/* Counts parameters and lists none. */
#include "bad.h"

static const confiture_strategy_v1 table = STRATEGY_TABLE(keep_all);
static const confiture_extension extension = EXTENSION("null_params.x", NULL, 3, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("null_params", extensions, 1);
ENTRY(plugin)
