// SPDX-License-Identifier: MIT
// What was typed after confiture lint, as the linter takes it.
#pragma once

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/lint/linter.hpp"

namespace host::cli {

lint::Severity fail_level(const Arguments& arguments);
lint::Choice rule_choice(const Arguments& arguments);
// The server, the environment's timeouts, the baseline, what git says. Throws usage.
lint::RunOptions run_options(Context& context, const Arguments& arguments);
// "15", "15.4" as server_version_num.
int server_version(const std::string& given);

}  // namespace host::cli
