/* SPDX-License-Identifier: MIT */
/* Cannot work without a service that must be granted. */
#include "bad.h"

static const char* const needs[] = {CONFITURE_SERVICE_DB, NULL};
static const confiture_plugin plugin = {sizeof plugin, 0,    0,     0,    "needs_db", "1.0.0",
                                        NULL,          NULL, needs, NULL, NULL,       NULL};
ENTRY(plugin)
