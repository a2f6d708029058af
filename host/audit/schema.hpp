// SPDX-License-Identifier: MIT
// Where the audit is kept: confiture.audit, an entry a row, each with the hash of the one before
// it, and confiture.audit_head, which says where the chain ends. Entries are only ever added, by
// confiture.append_audit(), which runs as the owner of the tables; a trigger numbers, dates, signs
// for the session and chains whatever is inserted, and others refuse every change.
#pragma once

#include <string>

#include "host/postgres/connection.hpp"

namespace host::audit {

// Whether the database has an audit; needs no rights on it.
bool exists(postgres::Connection& connection);
// Whether there is one, and this session may add to it.
bool writable(postgres::Connection& connection);
// Makes it where it is missing, in the caller's transaction or its own.
void create(postgres::Connection& connection);
// "GRANT ...": what a role needs to read the audit and to add to it; the name is quoted already.
std::string grants(const std::string& quoted_role);

}  // namespace host::audit
