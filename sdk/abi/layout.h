/* SPDX-License-Identifier: MIT */
/* abi/layout.h - how the layout of 1.0 is asserted: in bytes, on 64-bit Linux (LP64), where all of
 * x86_64 and aarch64 agree. A line that stops compiling is a plugin that stops loading. */
#ifndef CONFITURE_ABI_LAYOUT_H
#define CONFITURE_ABI_LAYOUT_H

#include <assert.h>
#include <confiture/abi.h>

static_assert(sizeof(void*) == 8 && sizeof(size_t) == 8, "the layout is known for LP64 only");

#define CONFITURE_OFFSET(type, field, bytes) \
  static_assert(offsetof(type, field) == bytes, #type "." #field " moved")
#define CONFITURE_SIZE(type, bytes) \
  static_assert(sizeof(type) == bytes, #type " grew or shrank: see abi/history.md")
#define CONFITURE_VALUE(name, value) static_assert(name == value, #name " changed its value")

#endif
