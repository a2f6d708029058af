/* SPDX-License-Identifier: MIT */
/* Asks for a host newer than this one. */
#include "bad.h"

static const confiture_plugin plugin = {sizeof plugin, 9,    9,    0,    "newer_host", "1.0.0",
                                        NULL,          NULL, NULL, NULL, NULL,         NULL};
ENTRY(plugin)
