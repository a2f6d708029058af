// SPDX-License-Identifier: MIT
// The key `database` of an environment: embedded, an address, or the parts of one.
#pragma once

#include <filesystem>
#include <string>

#include "host/config/environment.hpp"

namespace host::config {

// Relative secret files are relative to `folder`.
Database read_database(const Value& value, const std::filesystem::path& folder);

// An address or a libpq connection string; `what` names it in messages, which never show it.
Database database_of_url(const std::string& url, const std::string& what, const Place& place);

}  // namespace host::config
