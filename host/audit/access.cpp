// SPDX-License-Identifier: MIT
#include "host/audit/access.hpp"

#include <fmt/format.h>

#include "host/audit/errors.hpp"

namespace host::audit {

void refuse_without_rights(const postgres::SqlError& error) {
  constexpr std::string_view insufficient_privilege = "42501";
  if (error.sqlstate() != insufficient_privilege) return;
  throw Error(errors::no_access,
              fmt::format("this role may not do that with what confiture keeps in the database: {}",
                          error.message()),
              "connect as the role that migrates, or let it grant the rights: "
              "docs/reference/migrate.md lists them");
}

}  // namespace host::audit
