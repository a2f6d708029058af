// SPDX-License-Identifier: MIT
// What was typed after confiture lint, as the linter takes it.
#pragma once

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/lint/linter.hpp"

namespace host::cli {

lint::Severity fail_level(const Arguments& arguments);
lint::Choice rule_choice(const Arguments& arguments);
// The timeouts that the tool sets for the environment before a migration's first statement.
sql::ModelOptions server_options(Context& context);
// These, the server, the baseline, what git says. Throws usage.
lint::RunOptions run_options(Context& context, const Arguments& arguments);
// "15", "15.4" as server_version_num.
int server_version(const std::string& given);

}  // namespace host::cli
