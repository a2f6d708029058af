// SPDX-License-Identifier: MIT
// confiture/error.hpp - what a plugin throws to fail. The SDK catches everything at the boundary:
// an Error becomes its message and hint; std::bad_alloc says that memory ran out; anything else is
// reported as a bug in the plugin. No exception ever reaches the host.
#pragma once

#include <confiture/base.h>

#include <exception>
#include <string>
#include <utility>

#pragma GCC visibility push(hidden)
namespace confiture {

// An expected failure. Neither text may hold a cell value: people who must not see the data read
// the messages.
class Error : public std::exception {
 public:
  // `hint` says what to do next; empty: no hint.
  explicit Error(std::string message, std::string hint = {},
                 confiture_status status = CONFITURE_FAILED)
      : message_(std::move(message)), hint_(std::move(hint)), status_(status) {}

  const char* what() const noexcept override { return message_.c_str(); }
  const std::string& message() const noexcept { return message_; }
  const std::string& hint() const noexcept { return hint_; }
  confiture_status status() const noexcept { return status_; }

 private:
  std::string message_, hint_;
  confiture_status status_;
};

// The parameters make no sense together.
struct BadConfig : Error {
  explicit BadConfig(std::string message, std::string hint = {})
      : Error(std::move(message), std::move(hint), CONFITURE_BAD_CONFIG) {}
};

// Such as a column type that the strategy cannot rewrite.
struct Unsupported : Error {
  explicit Unsupported(std::string message, std::string hint = {})
      : Error(std::move(message), std::move(hint), CONFITURE_UNSUPPORTED) {}
};

// The user asked to stop, or time is up; see Call::stop_if_cancelled().
struct Cancelled : Error {
  Cancelled() : Error("cancelled", {}, CONFITURE_CANCELLED) {}
};

// A service of the host failed. The host noted why already, and its words reach the user unless the
// plugin catches this.
struct ServiceError : Error {
  ServiceError(confiture_status status, std::string message)
      : Error(std::move(message), {}, status) {}
};

// The database refused a statement.
struct DatabaseError : ServiceError {
  explicit DatabaseError(confiture_status status)
      : ServiceError(status, "the database refused a statement") {}
};

}  // namespace confiture
#pragma GCC visibility pop
