// SPDX-License-Identifier: MIT
// The settings on which the text of a value depends, the same at both ends, and those that would
// hide rows or end a long copy.
#pragma once

#include <chrono>

#include "host/postgres/connection.hpp"

namespace host::sync {

// For the transaction that is open: formats as pg_dump pins them, no search path, no row security
// (where a policy would hide rows, the server says so), no time limit but for locks.
void pin_settings(postgres::Connection& connection, std::chrono::milliseconds lock_timeout);

// The search path and the limits of the session again, for hooks that run in the same transaction.
void unpin_settings(postgres::Connection& connection);

}  // namespace host::sync
