// SPDX-License-Identifier: MIT
// How the commands that ask about migrations show them: from the options, the terminal and what is
// known of each migration beside its files.
#pragma once

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/migration_run.hpp"
#include "host/review/wizard.hpp"

namespace host::cli {

// --accessible and --ascii.
extern const Option accessible_option, ascii_option;

// For a run that is prepared; all three outlive it. Its facts ask git and the database.
review::WizardSetting review_setting(Context& context, const Arguments& arguments,
                                     MigrationRun& migration_run);

}  // namespace host::cli
