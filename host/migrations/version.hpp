// SPDX-License-Identifier: MIT
// A migration's version: digits of any length, in parts with dots between them where a layout has
// such (1.2.10), ordered part by part as numbers, shown as they were written. A repeatable
// migration has none: it comes after all that have one, in the order of the names.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace host::migrations {

class Version {
 public:
  // Nothing unless the text is digits, or parts of digits with a dot between each two.
  static std::optional<Version> parse(std::string_view text);
  static Version repeatable(std::string_view name);

  const std::string& text() const { return text_; }  // "0042"; "R" for a repeatable one
  // "42", "0" for zero, "1.2" for 01.2.0; "R_name" for a repeatable one: equal for equal versions.
  const std::string& number() const { return number_; }
  bool is_zero() const { return number_ == "0"; }
  bool is_repeatable() const { return number_.front() == 'R'; }

  // 7, 07 and 7.0 are equal.
  friend std::strong_ordering operator<=>(const Version& a, const Version& b);
  friend bool operator==(const Version& a, const Version& b) { return a.number_ == b.number_; }

 private:
  Version(std::string_view text, std::string number) : text_(text), number_(std::move(number)) {}
  std::string text_, number_;
};

}  // namespace host::migrations
