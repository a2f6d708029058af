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
  std::vector<Applied> applied;  // by version
  std::vector<Applied>
      repeated;  // repeatable ones that have run as they are, or whose file is gone
  // By version; live with the Directory. The repeatable ones that are new or have changed come
  // last.
  std::vector<const Migration*> pending;
  // migration.edited, migration.missing, migration.out_of_order: in the order of their versions.
  std::vector<Error> problems;
};

// `applied` as the Ledger gives it: the repeatable ones last.
Standing compare(const Directory& directory, std::vector<Applied> applied);

}  // namespace host::migrations
