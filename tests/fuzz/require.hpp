// SPDX-License-Identifier: MIT
// What must hold of any input: a fuzzer stops where it does not.
#pragma once

#include <cstdio>
#include <cstdlib>

inline void require(bool holds, const char* otherwise) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", otherwise);
  std::abort();
}
