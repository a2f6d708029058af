// SPDX-License-Identifier: MIT
// Hooks that are SQL.
#include "plugins/sql/actions.hpp"

CONFITURE_PLUGIN("sql", "1.0.0", "Hooks that are SQL", confiture::vendor("confiture"),
                 sql::run_action(), sql::assert_action())
