// SPDX-License-Identifier: MIT
// Whether a default gives each row a value of its own, so that ADD COLUMN has to write them all.
#pragma once

#include <string>

#include "plugins/common/rule.hpp"

namespace plugins::safety {

enum class Volatility { none, perhaps, sure };

struct VolatileCall {
  Volatility volatility = Volatility::none;
  std::string function;  // as the SQL writes it
};

// perhaps: it calls a function of the project's own that the file does not define. A function that
// is neither built in as volatile nor qualified by a schema counts as none.
VolatileCall volatile_call(const Tree& expression, const Node& file);

}  // namespace plugins::safety
