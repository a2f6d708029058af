/* SPDX-License-Identifier: MIT */
/* Cannot work without a service that there is not. */
#include "bad.h"

static const char* const needs[] = {"confiture.telepathy/1", NULL};
static const confiture_plugin plugin = {
    sizeof plugin, 0, 0, 0, "unknown_service", "1.0.0", NULL, NULL, needs, NULL, NULL, NULL};
ENTRY(plugin)
