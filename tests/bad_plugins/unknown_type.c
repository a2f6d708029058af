/* SPDX-License-Identifier: MIT */
/* A parameter of a type that no contract knows. */
#include "bad.h"

static const confiture_param params[] = {{"n", "A number", NULL, NULL, NULL, NULL, 0, 42, 0, 0}};
static const confiture_strategy_v1 table = STRATEGY_TABLE(keep_all);
static const confiture_extension extension = EXTENSION("unknown_type.x", params, 1, &table, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("unknown_type", extensions, 1);
ENTRY(plugin)
