/* SPDX-License-Identifier: MIT */
/* The table of its strategy is too short for 1.0. */
#include "bad.h"

static const confiture_strategy_v1 table = {8, 0, NULL, keep_all};
static const confiture_extension extension = EXTENSION("short_table.x", NULL, 0, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("short_table", extensions, 1);
ENTRY(plugin)
