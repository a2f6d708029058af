// SPDX-License-Identifier: MIT
// How the files and the ledger stand to each other: what is applied, what is pending, and what is
// wrong. Nothing runs while something is wrong.
#pragma once

#include <vector>

#include "host/foundation/error.hpp"
#include "host/migrations/directory.hpp"
#include "host/migrations/ledger.hpp"

namespace host::migrations {

struct Standing {
  std::vector<Applied> applied;           // by version
  std::vector<const Migration*> pending;  // by version; live with the Directory
  // migration.edited, migration.missing, migration.out_of_order: in the order of their versions.
  std::vector<Error> problems;
};

Standing compare(const Directory& directory, std::vector<Applied> applied);

}  // namespace host::migrations
