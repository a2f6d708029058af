/* SPDX-License-Identifier: MIT */
/* create() fails and does not say why. */
#include "bad.h"

static confiture_status create(const confiture_extension* extension, const confiture_host* host,
                               confiture_call* call, const confiture_config* config, void** self) {
  (void)extension;
  (void)host;
  (void)call;
  (void)config;
  (void)self;
  return CONFITURE_FAILED;
}

static const confiture_strategy_v1 table = STRATEGY_TABLE(keep_all);
static const confiture_extension extension = EXTENSION("fails_silently.x", NULL, 0, &table, create);
static const confiture_extension* const extensions[] = {&extension};
static const confiture_plugin plugin = PLUGIN("fails_silently", extensions, 1);
ENTRY(plugin)
