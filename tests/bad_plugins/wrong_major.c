/* SPDX-License-Identifier: MIT */
/* Speaks another major of the contract. */
__attribute__((visibility("default"))) const void* confiture_plugin_v2(const void* host);

const void* confiture_plugin_v2(const void* host) {
  (void)host;
  return 0;
}
