/* SPDX-License-Identifier: MIT */
/* Exports something, but no entry. */
__attribute__((visibility("default"))) int confiture_answer(void);

int confiture_answer(void) {
  return 42;
}
