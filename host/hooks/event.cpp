// SPDX-License-Identifier: MIT
#include "host/hooks/event.hpp"

#include <boost/json.hpp>

namespace host::hooks {

std::string_view to_string(Outcome::Status status) {
  switch (status) {
    case Outcome::Status::ok:
      return "ok";
    case Outcome::Status::failed:
      return "failed";
    case Outcome::Status::warned:
      return "warned";
    case Outcome::Status::ignored:
      return "ignored";
    case Outcome::Status::skipped:
      return "skipped";
  }
  return "ok";
}

boost::json::object to_object(const Outcome& outcome) {
  boost::json::object object{{"phase", phase_name(outcome.phase)},
                             {"action", outcome.action},
                             {"name", outcome.name},
                             {"status", to_string(outcome.status)},
                             {"duration_ms", outcome.duration_ms}};
  if (!outcome.migration.empty()) object["migration"] = outcome.migration;
  return object;
}

}  // namespace host::hooks
