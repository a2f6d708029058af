/* SPDX-License-Identifier: MIT */
/* A strategy that cannot be applied. */
#include "bad.h"

static const confiture_strategy_v1 table = STRATEGY_TABLE(NULL);
static const confiture_extension extension = EXTENSION("null_apply.x", NULL, 0, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("null_apply", extensions, 1);
ENTRY(plugin)
