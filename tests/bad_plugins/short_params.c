/* SPDX-License-Identifier: MIT */
/* Steps over its parameters in less than one. */
#include "bad.h"

static const confiture_param params[] = {
    {"n", "A number", NULL, NULL, NULL, NULL, 0, CONFITURE_PARAM_INT, 0, 0}};
static const confiture_strategy_v1 table = STRATEGY_TABLE(keep_all);
static const confiture_extension extension = {sizeof extension,
                                              8,
                                              CONFITURE_KIND_STRATEGY,
                                              "short_params.x",
                                              NULL,
                                              NULL,
                                              params,
                                              1,
                                              0,
                                              &table,
                                              NULL,
                                              NULL,
                                              NULL};
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("short_params", extensions, 1);
ENTRY(plugin)
