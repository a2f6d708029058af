// SPDX-License-Identifier: MIT
// confiture/testing/failure.hpp - how a failed call shows in a plugin's unit test.
#pragma once

#include <confiture/base.h>

#include <stdexcept>
#include <string>
#include <utility>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace testing {

// The extension, or the fake host on its behalf, refused. what() is the message.
class Failure : public std::runtime_error {
 public:
  Failure(confiture_status status, const std::string& message, std::string hint = {})
      : std::runtime_error(message), status_(status), hint_(std::move(hint)) {}
  confiture_status status() const noexcept { return status_; }
  const std::string& hint() const noexcept { return hint_; }

 private:
  confiture_status status_;
  std::string hint_;
};

}  // namespace testing
}  // namespace confiture
#pragma GCC visibility pop
