// SPDX-License-Identifier: MIT
// The rules of security.
#include <confiture/plugin.hpp>

#include "plugins/security/plain_text_secret_column.hpp"

using confiture::NodeKind;

CONFITURE_PLUGIN("security", "1.0.0", "Rules about secrets and access",
                 plugins::rule<plugins::security::PlainTextSecretColumn>({NodeKind::column}))
