// SPDX-License-Identifier: MIT
// The rules of compliance.
#include <confiture/plugin.hpp>

#include "plugins/compliance/audit_columns.hpp"

using confiture::NodeKind;

CONFITURE_PLUGIN("compliance", "1.0.0", "Rules about personal and regulated data",
                 plugins::rule<plugins::compliance::AuditColumns>({NodeKind::table}))
