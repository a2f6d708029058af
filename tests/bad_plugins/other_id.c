/* SPDX-License-Identifier: MIT */
/* Its id is not the one of its file. */
#include "bad.h"

static const confiture_plugin plugin = PLUGIN("somebody_else", NULL, 0);
ENTRY(plugin)
