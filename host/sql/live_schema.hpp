// SPDX-License-Identifier: MIT
// A live database as DDL: what its catalog says, written as the statements that would make it, so
// that a schema is one model wherever it comes from.
#pragma once

#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sql/source.hpp"

namespace host::sql {

// One source an object ("database: public.customer" for a table with its constraints, indexes,
// triggers, policies, comments, grants and owner), as a model takes them: a foreign key may come
// before the table that it refers to. Left out is what belongs to an extension, to PostgreSQL and
// to confiture itself. Only reads the catalog; wants a transaction of the caller, so that all of it
// is of one moment.
std::vector<Source> read_live_schema(postgres::Connection& connection);

}  // namespace host::sql
