// SPDX-License-Identifier: MIT
// What a person says of a plan, as the text that they sign: every word of it is covered by the
// signature, and it reads the same wherever it travels.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace host::review {

enum class Verdict { approve, reject, revoke, break_glass };
std::string_view to_string(Verdict verdict);  // "break-glass"

using Moment = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

struct Statement {
  std::string plan;         // 64 hexadecimal digits
  std::string environment;  // production
  std::string database;     // SYSTEM_IDENTIFIER/NAME
  std::string risk;         // of the plan, as it was when they looked
  std::string role;         // the one they speak in, or empty
  Verdict verdict = Verdict::approve;
  std::string approver;  // a name of review.people
  Moment issued, expires;
  std::string nonce;    // 32 hexadecimal digits
  std::string comment;  // one line, or empty
};

// confiture-approval-v1 and, in this order, a line `key: value` for plan, environment, database,
// risk, role, decision, approver, issued, expires, nonce and comment.
std::string to_text(const Statement& statement);

// The reverse. Throws approval.bad_statement for any text that to_text() does not write.
Statement parse_statement(std::string_view text);

// "2026-11-23T10:00:00.250Z".
std::string format_moment(Moment moment);
std::optional<Moment> parse_moment(const std::string& text);  // nothing for any other form
Moment now_in_milliseconds();
std::string make_nonce();

}  // namespace host::review
