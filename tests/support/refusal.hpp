// SPDX-License-Identifier: MIT
// An expected failure as one line, so that a test asserts all of it at once.
#pragma once

#include <fmt/format.h>

#include <string>

#include "host/foundation/error.hpp"

namespace host::test {

// "config.unknown_key 5: db/confiture.yaml:1:1: message [hint]"; empty when nothing was thrown.
template <typename Function>
std::string refusal(const Function& function) {
  try {
    function();
  } catch (const Error& error) {
    return fmt::format("{} {}: {}{}", error.code().id, static_cast<int>(error.code().exit),
                       error.what(), error.hint().empty() ? "" : " [" + error.hint() + "]");
  }
  return {};
}

}  // namespace host::test
