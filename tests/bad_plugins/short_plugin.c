/* SPDX-License-Identifier: MIT */
/* Its struct is too short for 1.0. */
#include "bad.h"

static const confiture_plugin plugin = {
    16, CONFITURE_ABI_MINOR, 0, 0, "short_plugin", "1.0.0", NULL, NULL, NULL, NULL, NULL, NULL};
ENTRY(plugin)
