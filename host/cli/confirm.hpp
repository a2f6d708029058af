// SPDX-License-Identifier: MIT
// The question before a destructive command on a protected environment.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/cli/context.hpp"

namespace host::cli {

// Returns where the environment is not protected, or where its name was given by --confirm or is
// typed now. Else throws protected.not_confirmed, or question.would_ask where nobody can answer.
// `deed` completes "this will ...": "drop every object of its schemas".
void confirm_protected(Context& context, const config::Environment& environment,
                       std::string_view deed, const std::optional<std::string>& confirmed);

// A rehearsal takes the locks that the real thing would take: on a protected environment it has to
// be meant, by --confirm. Throws question.would_ask.
void require_rehearsal_consent(const config::Environment& environment,
                               const std::optional<std::string>& confirmed);

}  // namespace host::cli
