// SPDX-License-Identifier: MIT
// Hooks as one text that is the same for the same configuration, wherever and however it was
// written: what a plan's hash stands on, so that an approval does not outlive an edited hook.
#pragma once

#include <span>
#include <string>

#include "host/hooks/binding.hpp"

namespace host::hooks {

// One line of JSON a hook, in their order: action, name, phase, every parameter as resolved (the
// defaults too), environments, migrations, when, on_error, timeout, and the sha256 of the plugin's
// file. Reads those files; throws file.not_readable. Where a hook's line stands in the
// configuration is left out. A parameter may be a URL with a password: hash it, do not show it.
std::string canonical(std::span<const Hook* const> hooks);

}  // namespace host::hooks
