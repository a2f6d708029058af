// SPDX-License-Identifier: MIT
// What another environment says of a migration that is to be promoted: that the same file was
// applied there. The entry of that environment's audit stands with it, whole, so that everybody who
// is shown it can see by its hash whether it is what was written there.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>

#include "host/audit/entry.hpp"

namespace host::review {

struct Evidence {
  std::string migration;    // "0003_notes"
  std::string environment;  // where it was applied
  std::string applied_at, applied_by;
  double duration_ms = 0;
  bool verified = false;              // its check held there when this was written
  std::optional<audit::Entry> entry;  // nothing: that environment has no audit
};

// "0003_notes: applied in 'staging' at ... by 'app' in 12 ms; its check holds there; audit entry
// 6, HASH".
std::string describe(const Evidence& evidence);

boost::json::object to_object(const Evidence& evidence);
// Throws std::exception for what is none.
Evidence read_evidence(const boost::json::object& object);

// Why it is not what that audit says of a migration whose way up has this checksum: its entry was
// changed, or is about something else. Empty where it holds, and where there is no entry.
std::string contradiction(const Evidence& evidence, const std::string& version,
                          const std::string& checksum);

}  // namespace host::review
