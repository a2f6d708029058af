// SPDX-License-Identifier: MIT
// A migration's version: digits of any length, ordered as a number, shown as they were written.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace host::migrations {

class Version {
 public:
  // Nothing unless the text is one digit or more.
  static std::optional<Version> parse(std::string_view text);

  const std::string& text() const { return text_; }      // "0042"
  const std::string& number() const { return number_; }  // "42"; "0" for zero
  bool is_zero() const { return number_ == "0"; }

  // 7, 07 and 007 are equal.
  friend std::strong_ordering operator<=>(const Version& a, const Version& b);
  friend bool operator==(const Version& a, const Version& b) { return a.number_ == b.number_; }

 private:
  explicit Version(std::string_view text);
  std::string text_, number_;
};

}  // namespace host::migrations
