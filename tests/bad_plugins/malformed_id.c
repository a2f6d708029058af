/* SPDX-License-Identifier: MIT */
/* An extension whose id is none. */
#include "bad.h"

static const confiture_strategy_v1 table = STRATEGY_TABLE(keep_all);
static const confiture_extension extension = EXTENSION("malformed_id.X-Y.x", NULL, 0, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("malformed_id", extensions, 1);
ENTRY(plugin)
