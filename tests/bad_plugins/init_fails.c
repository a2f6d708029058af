/* SPDX-License-Identifier: MIT */
/* init() fails and says why. */
#include "bad.h"

static const confiture_host* the_host;

static confiture_status init(const confiture_host* host, confiture_call* call) {
  the_host = host;
  the_host->fail(call, CONFITURE_FAILED, text_of("no licence file"), text_of("buy one"));
  return CONFITURE_FAILED;
}

static const confiture_plugin plugin = {sizeof plugin, 0,    0,    0,    "init_fails", "1.0.0",
                                        NULL,          NULL, NULL, NULL, init,         NULL};
ENTRY(plugin)
