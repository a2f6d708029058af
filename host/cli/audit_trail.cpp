// SPDX-License-Identifier: MIT
#include "host/cli/audit_trail.hpp"

namespace host::cli {

audit::Trail audit_trail(Context& context, postgres::Connection& connection,
                         const std::string& person, const std::string& plan_hash) {
  audit::Origin origin{context.globals().environment};
  origin.person = person.empty() ? audit::person_of(context.project().review, connection) : person;
  origin.plan_hash = plan_hash;
  return audit::Trail(std::move(origin));
}

}  // namespace host::cli
