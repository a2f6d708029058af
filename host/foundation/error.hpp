// SPDX-License-Identifier: MIT
// The one type for expected failures: what happened, where, and what to do about it. Thrown by
// value, caught once per command, printed by one function (host/cli). Broken invariants are
// assertions instead.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace host {

// The program's exit statuses: a contract with scripts.
enum class Exit : int {
  done = 0,
  findings = 1,        // findings, or a check did not hold
  usage = 2,           // usage, or it would have had to ask
  unreachable = 3,     // the database is not reachable
  sql_failed = 4,      // a migration's SQL failed
  configuration = 5,   // the configuration is invalid
  locked = 6,          // the lock is held by another run
  stopped = 7,         // a hook or a plugin stopped it
  irreversible = 8,    // there is no way back
  unapproved = 9,      // an approval is missing
  anonymization = 10,  // anonymization refused
  timed_out = 124,     // a question timed out
  interrupted = 130,
};

// A stable name for a kind of failure, "config.unknown_key", with the exit status that it means.
// Each floor lists its codes in its errors.hpp.
struct ErrorCode {
  std::string_view id;  // compared by its text: a constant's address differs from file to file
  Exit exit;
};

// A place in a file. Lines and columns count from 1; 0 means unknown.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  bool known() const { return !file.empty(); }
};

// "db/confiture.yaml:3:5", or as much of it as is known.
std::string to_string(const Place& place);

// Messages are lower case, quote the user's text, and never hold a cell value or a password.
class Error : public std::exception {
 public:
  Error(ErrorCode code, std::string message, std::string hint = {}, Place place = {});

  const ErrorCode& code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::string& hint() const { return hint_; }
  const Place& place() const { return place_; }

  // The same error with a place, for a caller who knows it; a place already known is kept.
  Error at(Place place) const;

  // One line, "db/confiture.yaml:3:5: unknown key 'actoin'", for logs and debuggers.
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  ErrorCode code_;
  std::string message_;
  std::string hint_;
  Place place_;
  std::string what_;
};

}  // namespace host
