// SPDX-License-Identifier: MIT
// The rules of safety: what a migration should not do to data and to running programs.
#include <confiture/plugin.hpp>

#include "plugins/safety/drop_column.hpp"
#include "plugins/safety/drop_table.hpp"

using confiture::NodeKind;

CONFITURE_PLUGIN("safety", "1.0.0", "Rules about what migrations do to data and running programs",
                 plugins::rule<plugins::safety::DropTable>({NodeKind::subcommand}),
                 plugins::rule<plugins::safety::DropColumn>({NodeKind::subcommand}))
