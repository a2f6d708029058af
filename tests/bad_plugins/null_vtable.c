/* SPDX-License-Identifier: MIT */
/* A strategy without a table. */
#include "bad.h"

static const confiture_extension extension = EXTENSION("null_vtable.x", NULL, 0, NULL, NULL);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("null_vtable", extensions, 1);
ENTRY(plugin)
