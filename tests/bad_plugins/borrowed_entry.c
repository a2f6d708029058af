/* SPDX-License-Identifier: MIT */
/* Has the entry from a library that it links, not itself. */
#include "bad.h"

__attribute__((visibility("default"))) const void* use_the_entry(void);

const void* use_the_entry(void) {
  return confiture_plugin_v1(NULL);
}
