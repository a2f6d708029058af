// SPDX-License-Identifier: MIT
// The tests of a `when`: what they are compared with, in the form in which the column's values
// come, and whether they hold of a row. A test that can never hold would mask nothing, or all.
#pragma once

#include <confiture/abi.h>

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

// Lets the source read what values are compared with as the columns' types: 'yes' is true, 1 is
// 1.00. Throws sync.bad_test for what such a column cannot hold.
void settle_row_tests(Plan& plan, postgres::Connection& source);

bool passes(const Test& test, confiture_str value);

}  // namespace host::sync
