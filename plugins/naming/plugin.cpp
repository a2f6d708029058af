// SPDX-License-Identifier: MIT
// The rules of naming.
#include <confiture/plugin.hpp>

#include "plugins/naming/table_case.hpp"

using confiture::NodeKind;

CONFITURE_PLUGIN("naming", "1.0.0", "Rules about names",
                 plugins::rule<plugins::naming::TableCase>({NodeKind::table, NodeKind::view}))
