// SPDX-License-Identifier: MIT
// Writes the audit: what happened, beside what is the same for all that a run or a command does.
// The server adds who the session is, from where, and when.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "host/config/review.hpp"
#include "host/postgres/connection.hpp"

namespace host::audit {

// Empty: not known, or none.
struct Origin {
  std::string environment;  // its name
  std::string person = {};  // of review.people
  std::string run = {};     // its id
  std::string plan_hash = {};
};

// An entry is part of the transaction that it is written in, and whoever writes the next one waits
// for that: write late in a transaction, and never on one connection while another of the same
// program holds an entry that is not committed.
class Trail {
 public:
  explicit Trail(Origin origin) : origin_(std::move(origin)) {}

  Origin& origin() { return origin_; }
  const Origin& origin() const { return origin_; }
  // One statement that adds an entry, without a semicolon. `event`: "migration.applied".
  std::string sql(std::string_view event, const boost::json::object& payload) const;
  void append(postgres::Connection& connection, std::string_view event,
              const boost::json::object& payload) const;

 private:
  Origin origin_;
};

// The person whose database role the session logged in with; empty where it is nobody's.
std::string person_of(const config::Review& review, postgres::Connection& connection);
// The name of this machine.
std::string host_name();
// JSON with its keys in order at every depth: the same facts are the same text.
std::string canonical_json(const boost::json::value& value);

}  // namespace host::audit
