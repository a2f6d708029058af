/* SPDX-License-Identifier: MIT */
/* confiture/abi.h - the whole contract between the host and a plugin, in plain C11.
 * base.h holds the rules that every line of it keeps. */
#ifndef CONFITURE_ABI_H
#define CONFITURE_ABI_H

#include "base.h"
#include "parameters.h"
#include "schema.h"
#include "tree.h"
#include "services.h"
#include "action.h"
#include "strategy.h"
#include "rule.h"
#include "classifier.h"
#include "linter.h"
#include "plugin.h"

#endif
