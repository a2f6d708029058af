/* SPDX-License-Identifier: MIT */
/* A default out of its own range. */
#include "bad.h"

static const confiture_param params[] = {
    {"n", "A number", "9", "0..8", NULL, NULL, 0, CONFITURE_PARAM_INT, 0, 0}};
static const confiture_strategy_v1 table = STRATEGY_TABLE(keep_all);
static const confiture_extension extension = EXTENSION("bad_default.x", params, 1, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("bad_default", extensions, 1);
ENTRY(plugin)
