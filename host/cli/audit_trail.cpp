// SPDX-License-Identifier: MIT
#include "host/cli/audit_trail.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/audit/schema.hpp"

namespace host::cli {

audit::Trail audit_trail(Context& context, postgres::Connection& connection,
                         const std::string& person, const std::string& plan_hash) {
  audit::Origin origin{context.globals().environment};
  origin.person = person.empty() ? audit::person_of(context.project().review, connection) : person;
  origin.plan_hash = plan_hash;
  return audit::Trail(std::move(origin));
}

void note_reading(Context& context, postgres::Connection& connection, std::string_view event,
                  const boost::json::object& facts) {
  if (!audit::writable(connection)) return;
  try {
    connection.execute("SET lock_timeout = '2s'");  // behind a run that has yet to commit an entry
    audit_trail(context, connection).append(connection, event, facts);
  } catch (const Error& error) {
    context.output().warning(
        fmt::format("that it was looked at is not in the audit: {}", error.message()));
  }
}

}  // namespace host::cli
