// SPDX-License-Identifier: MIT
// The rules of structure.
#include <confiture/plugin.hpp>

#include "plugins/structure/require_primary_key.hpp"

using confiture::NodeKind;

CONFITURE_PLUGIN("structure", "1.0.0", "Rules about tables and their columns",
                 plugins::rule<plugins::structure::RequirePrimaryKey>({NodeKind::table}))
