// SPDX-License-Identifier: MIT
// A way back that does not depend on a down file.
#include "plugins/backup/dump.hpp"

CONFITURE_PLUGIN("backup", "1.0.0", "Hooks that save what may be lost",
                 confiture::vendor("confiture"), backup::dump_action())
