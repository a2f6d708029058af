// SPDX-License-Identifier: MIT
// Whether an audit is what was written: every entry hashes to what it says, follows the one before
// it, and the last is the one that the head names. Somebody who writes all of it anew, with the
// head, leaves no trace here: only what was noted elsewhere, a seal, shows that.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/audit/entry.hpp"
#include "host/audit/reader.hpp"

namespace host::audit {

struct Problem {
  enum class Kind {
    content,  // an entry was changed
    link,     // an entry does not follow the one before it, or others are missing between them
    head,     // the end is missing, or is not the one that the head names
    seal,     // the audit is not the one that was sealed
  };
  Kind kind;
  std::int64_t seq;  // the entry that it is about
  std::string text;
};

std::string_view to_string(Problem::Kind kind);  // "content"

using Sealed = std::multimap<std::int64_t, std::string>;  // numbers of entries and their hashes

// [serial]
class Chain {
 public:
  // `sealed`: what is known of some entries from elsewhere.
  explicit Chain(Sealed sealed = {}) : sealed_(std::move(sealed)) {}

  void add(const Entry& entry);  // in the order of their numbers
  void end(const Head& head);    // after the last

  const Head& last() const { return last_; }
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  void report(Problem::Kind kind, std::int64_t seq, std::string text);

  Sealed sealed_;
  Head last_;
  std::vector<Problem> problems_;
};

}  // namespace host::audit
