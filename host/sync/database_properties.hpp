// SPDX-License-Identifier: MIT
// What a database has beside its contents: settings, rights, a comment, a limit. A copy of a
// database does not have them, so they are given to it.
#pragma once

#include <string>

#include "host/postgres/connection.hpp"

namespace host::sync {

// ALTER DATABASE ... SET and ALTER ROLE ... IN DATABASE ... SET, of one database for another.
void copy_settings(postgres::Connection& connection, const std::string& from,
                   const std::string& to);

// Rights, comment and the limit of connections.
void copy_access(postgres::Connection& connection, const std::string& from, const std::string& to);

}  // namespace host::sync
