// SPDX-License-Identifier: MIT
// The rows that a stage of a promotion gets before a change is tried on them: those of the
// environment that its policy names, copied as `sync --strict-compliance` copies them, so that
// nothing comes along that nobody decided about.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "host/cli/context.hpp"

namespace host::cli {

struct StageRows {
  std::string from, to;  // environments; `from` empty: the stage keeps its own

  // Plans the copy and writes nothing. Throws what sync::Sync throws.
  void plan(Context& context) const;
  // Throws after the stage was left as it was. What is returned says what was copied.
  boost::json::object replace(Context& context) const;
};

}  // namespace host::cli
