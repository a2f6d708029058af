// SPDX-License-Identifier: MIT
// From a form to what it means here and now: what raises or lowers its risk, in a fixed order, each
// with its reason.
#pragma once

#include <string>
#include <vector>

#include "plugins/risk/reading.hpp"

namespace plugins::risk {

struct Modifiers {
  const Node& statement;
  Catalog& catalog;
  const std::vector<std::string>& protected_tables;  // "billing.*", "public.orders"

  confiture::Effect effect(const Reading& reading) const;
};

}  // namespace plugins::risk
