// SPDX-License-Identifier: MIT
// What a sync shows at its end, and what a dry run shows instead.
#pragma once

#include <vector>

#include "host/cli/output.hpp"
#include "host/hooks/runner.hpp"
#include "host/sync/sync.hpp"

namespace host::cli {

void show_report(Output& output, const sync::Report& report, const hooks::Runner& hooks);

// `originals`: whether the values before are shown too.
void show_plan(Output& output, const sync::Plan& plan, const std::vector<sync::Sample>& samples,
               bool originals);

}  // namespace host::cli
