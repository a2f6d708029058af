// SPDX-License-Identifier: MIT
// What a role without rights on confiture's own tables is told: which rights, and who can grant
// them, in place of the server's bare refusal.
#pragma once

#include <utility>

#include "host/postgres/connection.hpp"

namespace host::audit {

// Throws ledger.no_access where the server refused for want of rights; else returns.
void refuse_without_rights(const postgres::SqlError& error);

// Runs what reads or writes the tables of the schema confiture.
template <typename Work>
auto with_rights(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const postgres::SqlError& error) {
    refuse_without_rights(error);
    throw;
  }
}

}  // namespace host::audit
