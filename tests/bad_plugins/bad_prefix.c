/* SPDX-License-Identifier: MIT */
/* An extension under the name of another plugin. */
#include "bad.h"

static const confiture_strategy_v1 table = STRATEGY_TABLE(keep_all);
static const confiture_extension extension = EXTENSION("core.x", NULL, 0, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("bad_prefix", extensions, 1);
ENTRY(plugin)
