/* SPDX-License-Identifier: MIT */
/* Two extensions of one name. */
#include "bad.h"

static const confiture_strategy_v1 table = STRATEGY_TABLE(keep_all);
static const confiture_extension extension = EXTENSION("duplicate_ids.x", NULL, 0, &table, NULL);
static const confiture_extension* const extensions[] = {&extension, &extension};
static const confiture_plugin plugin = PLUGIN("duplicate_ids", extensions, 2);
ENTRY(plugin)
