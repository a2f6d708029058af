// SPDX-License-Identifier: MIT
// A seal: where the audit of a database ended at a moment, signed by a person. Kept elsewhere, it
// shows what the chain alone cannot, an audit that was written anew with its head.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "host/review/statement.hpp"

namespace host::review {

struct Seal {
  std::string database;  // SYSTEM_IDENTIFIER/NAME
  std::string environment;
  std::int64_t seq = 0;  // the last entry
  std::string hash;      // its hash
  std::string sealer;    // a name of review.people
  Moment sealed;
};

// confiture-seal-v1 and, in this order, a line `key: value` for database, environment, seq, hash,
// sealer and sealed.
std::string to_text(const Seal& seal);

struct SignedSeal {
  Seal seal;
  std::string text, signature;
};
// A file that holds a seal and its signature, and nothing else. Throws audit.bad_seal for anything
// that differs from that by a single byte; whether the signature fits is not looked at.
SignedSeal parse_seal(std::string_view file);

}  // namespace host::review
