/* SPDX-License-Identifier: MIT */
/* A range that is none. */
#include "bad.h"

static const confiture_param params[] = {
    {"n", "A number", NULL, "8..0", NULL, NULL, 0, CONFITURE_PARAM_INT, 0, 0}};
static const confiture_strategy_v1 table = STRATEGY_TABLE(keep_all);
static const confiture_extension extension = EXTENSION("bad_range.x", params, 1, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("bad_range", extensions, 1);
ENTRY(plugin)
