// SPDX-License-Identifier: MIT
// Telling people and programs what happened.
#include "plugins/notify/actions.hpp"

CONFITURE_PLUGIN("notify", "1.0.0", "Hooks that tell others", confiture::vendor("confiture"),
                 notify::webhook_action(), notify::slack_action(), notify::teams_action(),
                 notify::email_action(), notify::postgres_action())
