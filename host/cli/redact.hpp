// SPDX-License-Identifier: MIT
// The last look at a text before a person or a log sees it.
#pragma once

#include <string>
#include <string_view>

namespace host::cli {

// Replaces the password in URLs (scheme://user:password@, ?password=...) and in libpq keyword lists
// (password=...) by ***.
std::string redact_passwords(std::string_view text);

}  // namespace host::cli
