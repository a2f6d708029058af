// SPDX-License-Identifier: MIT
#include "host/review/statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <random>
#include <vector>

#include "host/foundation/text.hpp"
#include "host/review/errors.hpp"

namespace host::review {
namespace {

constexpr std::string_view format_line = "confiture-approval-v1";
constexpr std::array<Verdict, 4> verdicts{Verdict::approve, Verdict::reject, Verdict::revoke,
                                          Verdict::break_glass};

[[noreturn]] void refuse(const std::string& what) {
  throw Error(errors::bad_statement, "this is no statement about a plan: " + what,
              "take the file as confiture approve wrote it");
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// The lines of a statement, taken one after the other.
class Lines {
 public:
  explicit Lines(std::string_view text) {
    if (text.empty() || text.back() != '\n') refuse("it ends in the middle of a line");
    text.remove_suffix(1);
    lines_ = split_text(text, '\n');
    if (lines_.front() != format_line)
      refuse(fmt::format("its first line is not '{}'", format_line));
  }
  std::string take(std::string_view key) {
    const std::string start = fmt::format("{}: ", key);
    if (next_ >= lines_.size() || !lines_[next_].starts_with(start))
      refuse(fmt::format("line {} is not '{}: ...'", next_ + 1, key));
    return lines_[next_++].substr(start.size());
  }
  Moment take_moment(std::string_view key) {
    const std::string text = take(key);
    const std::optional<Moment> moment = parse_moment(text);
    if (!moment) refuse(fmt::format("'{}' is no moment", printable(text)));
    return *moment;
  }
  void finish() const {
    if (next_ != lines_.size()) refuse("it goes on after its end");
  }

 private:
  std::vector<std::string> lines_;
  std::size_t next_ = 1;
};

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::approve:
      return "approve";
    case Verdict::reject:
      return "reject";
    case Verdict::revoke:
      return "revoke";
    case Verdict::break_glass:
      break;
  }
  return "break-glass";
}

std::string to_text(const Statement& statement) {
  return fmt::format(
      "{}\nplan: sha256:{}\nenvironment: {}\ndatabase: {}\nrisk: {}\nrole: {}\ndecision: {}\n"
      "approver: {}\nissued: {}\nexpires: {}\nnonce: {}\ncomment: {}\n",
      format_line, statement.plan, statement.environment, statement.database, statement.risk,
      statement.role, to_string(statement.verdict), statement.approver,
      format_moment(statement.issued), format_moment(statement.expires), statement.nonce,
      statement.comment);
}

Statement parse_statement(std::string_view text) {
  Lines lines(text);
  Statement statement;
  const std::string plan = lines.take("plan");
  constexpr std::string_view algorithm = "sha256:";
  if (!plan.starts_with(algorithm) || !is_hex(plan.substr(algorithm.size()), 64))
    refuse("it names no plan");
  statement.plan = plan.substr(algorithm.size());
  statement.environment = lines.take("environment");
  statement.database = lines.take("database");
  statement.risk = lines.take("risk");
  statement.role = lines.take("role");
  const std::string decision = lines.take("decision");
  const auto* verdict = std::find_if(verdicts.begin(), verdicts.end(),
                                     [&](Verdict each) { return to_string(each) == decision; });
  if (verdict == verdicts.end()) refuse(fmt::format("'{}' is no decision", printable(decision)));
  statement.verdict = *verdict;
  statement.approver = lines.take("approver");
  statement.issued = lines.take_moment("issued");
  statement.expires = lines.take_moment("expires");
  statement.nonce = lines.take("nonce");
  if (!is_hex(statement.nonce, 32)) refuse("its nonce is not 32 hexadecimal digits");
  statement.comment = lines.take("comment");
  lines.finish();
  if (to_text(statement) != text) refuse("it is not written as confiture writes it");
  return statement;
}

std::string format_moment(Moment moment) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(moment);
  const std::time_t time = seconds.time_since_epoch().count();
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900,
                     parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                     (moment - seconds).count());
}

std::optional<Moment> parse_moment(const std::string& text) {
  // 2026-11-23T10:00:00.250Z
  std::tm parts{};
  unsigned milliseconds = 0;
  if (text.size() != 24 || text[19] != '.' || text[23] != 'Z') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + 20, text.data() + 23, milliseconds);
  const char* rest = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (error != std::errc() || end != text.data() + 23 || rest != text.data() + 19)
    return std::nullopt;
  return Moment(std::chrono::seconds(::timegm(&parts)) + std::chrono::milliseconds(milliseconds));
}

Moment now_in_milliseconds() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string make_nonce() {
  std::random_device random;
  std::string nonce;
  for (int i = 0; i < 4; ++i) nonce += fmt::format("{:08x}", random() & 0xffffffffu);
  return nonce;
}

}  // namespace host::review
