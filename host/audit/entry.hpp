// SPDX-License-Identifier: MIT
// An entry of the audit as it is read, hashed and written down elsewhere.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace host::audit {

using Field = std::optional<std::string>;

// What stands before the first entry.
inline constexpr const char* beginning =
    "0000000000000000000000000000000000000000000000000000000000000000";

struct Entry {
  std::int64_t seq = 0;
  std::string at;     // "2026-11-23T10:00:00.123456Z"
  std::string actor;  // the database role that logged in
  Field login;        // how the server knew it: "scram-sha-256:alice"; PostgreSQL 16 and later
  Field person, host;
  Field client;  // its address; nothing: a Unix socket
  std::string application;
  Field tool, environment, run, plan_hash;
  std::string event;
  std::string payload;  // JSON, as it was hashed
  std::string prev, hash;
};

// What its hash has to be: SHA-256, in hexadecimal, of `prev`, a line feed and, each followed by a
// comma, the fields from `seq` to `event` and the SHA-256 of the payload, in that order: its number
// of bytes, a colon and the field in UTF-8, or a hyphen where there is none.
std::string entry_hash(const Entry& entry);

// The fields by their names, in that order, `payload_sha256` before `prev`. `redact`: without the
// payload, which leaves the chain whole.
using Column = std::pair<const char*, Field>;
std::vector<Column> columns(const Entry& entry, bool redact = false);
// The same as an object, with `seq` as a number.
boost::json::object to_object(const Entry& entry, bool redact = false);
// Reads that back, where it has its payload. Throws std::exception for what is none.
Entry from_object(const boost::json::object& object);

}  // namespace host::audit
