// SPDX-License-Identifier: MIT
// SQL in colours: keywords, literals and comments.
#pragma once

#include <string>

namespace host::cli {

std::string highlight_sql(const std::string& sql);

}  // namespace host::cli
