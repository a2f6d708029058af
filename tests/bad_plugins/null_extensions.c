/* SPDX-License-Identifier: MIT */
/* Counts extensions and lists none. */
#include "bad.h"

static const confiture_plugin plugin = PLUGIN("null_extensions", NULL, 2);
ENTRY(plugin)
