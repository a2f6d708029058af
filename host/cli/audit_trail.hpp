// SPDX-License-Identifier: MIT
// The audit as a command of its own writes it: one that is not a run of migrations.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "host/audit/trail.hpp"
#include "host/cli/context.hpp"

namespace host::cli {

// For what is done in the environment of -e over `connection`; `person`: who is known to do it, or
// else whoever's database role it is.
audit::Trail audit_trail(Context& context, postgres::Connection& connection,
                         const std::string& person = {}, const std::string& plan_hash = {});

// That the audit itself was looked at as a whole: noted where this session may write to it; who may
// only read it leaves no trace there.
void note_reading(Context& context, postgres::Connection& connection, std::string_view event,
                  const boost::json::object& facts);

}  // namespace host::cli
