// SPDX-License-Identifier: MIT
// The rules of performance.
#include <confiture/plugin.hpp>

#include "plugins/performance/foreign_key_without_index.hpp"

using confiture::NodeKind;

CONFITURE_PLUGIN(
    "performance", "1.0.0", "Rules about indexes and slow queries",
    plugins::rule<plugins::performance::ForeignKeyWithoutIndex>({NodeKind::constraint}))
