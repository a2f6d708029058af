/* SPDX-License-Identifier: MIT */
/* Refuses to load, after a word in the log. */
#include "bad.h"

const confiture_plugin* confiture_plugin_v1(const confiture_host* host) {
  host->log(host, NULL, CONFITURE_LOG_WARN, text_of("not today"));
  return NULL;
}
