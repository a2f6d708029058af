// SPDX-License-Identifier: MIT
// Numbers: telephone, card, IBAN and social security numbers.
#include <array>

#include "plugins/common/utf8.hpp"
#include "plugins/text/patterns.hpp"

namespace plugins::text {
namespace {

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() &&
         (common::is_digit(text[at]) || common::is_letter(text[at]) || !common::is_ascii(text[at]));
}

// A run of digits with single marks between them.
struct Run {
  std::size_t digits = 0;
  std::size_t end = 0;     // after the last digit
  std::size_t groups = 0;  // of digits
  bool parenthesis = false;
};

Run read_run(std::string_view text, std::size_t at, std::string_view marks, std::size_t most) {
  Run run;
  run.end = at;
  bool marked = true;
  for (std::size_t index = at; index < text.size() && run.digits <= most; ++index) {
    const char c = text[index];
    if (common::is_digit(c)) {
      run.groups += marked ? 1 : 0;
      ++run.digits;
      run.end = index + 1;
      marked = false;
    } else if (marks.find(c) != std::string_view::npos && index - run.end < 2) {
      run.parenthesis = run.parenthesis || c == '(';
      marked = true;
    } else {
      break;
    }
  }
  return run;
}

bool luhn_holds(std::string_view text) {
  unsigned sum = 0;
  bool doubled = false;
  for (std::size_t index = text.size(); index-- > 0;) {
    if (!common::is_digit(text[index])) continue;
    const auto value = static_cast<unsigned>(text[index] - '0');
    sum += !doubled ? value : value < 5 ? value * 2 : value * 2 - 9;
    doubled = !doubled;
  }
  return sum % 10 == 0;
}

unsigned append(unsigned remainder, char c) {
  if (common::is_digit(c)) return (remainder * 10 + static_cast<unsigned>(c - '0')) % 97;
  return (remainder * 100 + static_cast<unsigned>(common::to_upper(c) - 'A') + 10) % 97;
}

// Whether the characters, the first four of them last, leave 1 modulo 97.
bool checks_out(const std::array<char, 34>& letters, std::size_t size) {
  unsigned remainder = 0;
  for (std::size_t index = 4; index < size; ++index) remainder = append(remainder, letters[index]);
  for (std::size_t index = 0; index < 4; ++index) remainder = append(remainder, letters[index]);
  return remainder == 1;
}

}  // namespace

// "+33 1 23 45 67 89", "(212) 555-0123", "01 23 45 67 89", "0170/1234567": an international prefix
// with 8 to 15 digits, or 9 to 11 digits in groups or after a trunk prefix.
std::size_t match_phone(std::string_view text, std::size_t at) {
  const bool plus = text[at] == '+';
  const std::size_t begin = at + (plus ? 1 : 0);
  if (!plus && text[at] != '(' && !common::is_digit(text[at])) return 0;
  if (plus && (begin == text.size() || !common::is_digit(text[begin]))) return 0;
  constexpr std::size_t area_code = 7;  // "(02041)"
  const bool opened = text[at] == '(';
  if (opened && text.substr(at, area_code).find_first_of("()", 1) == std::string_view::npos)
    return 0;
  if (opened && text[text.find_first_of("()", at + 1)] == '(') return 0;
  const Run run = read_run(text, begin, " -./()", 15);
  if (run.digits > 15 || continues(text, run.end)) return 0;
  if (plus) return run.digits >= 8 ? run.end - at : 0;
  const bool trunk = text[at] == '0';
  const bool grouped = run.groups >= 3 || run.parenthesis;
  const bool date = run.digits == 8;
  const std::size_t most = text.substr(at, 2) == "00" ? 15 : 11;
  if (date || run.digits < 9 || run.digits > most) return 0;
  return trunk || grouped ? run.end - at : 0;
}

std::size_t match_card(std::string_view text, std::size_t at) {
  if (!common::is_digit(text[at])) return 0;
  const Run run = read_run(text, at, " -", 19);
  if (run.digits < 12 || run.digits > 19 || continues(text, run.end)) return 0;
  return luhn_holds(text.substr(at, run.end - at)) ? run.end - at : 0;
}

// Two letters, two digits, then up to 30 letters and digits, in groups or not; the longest that
// checks out, because a word may follow after a blank.
std::size_t match_iban(std::string_view text, std::size_t at) {
  std::array<char, 34> letters;
  std::size_t size = 0;
  std::size_t longest = 0;
  for (std::size_t index = at; index < text.size() && size < letters.size(); ++index) {
    const char c = text[index];
    if (c == ' ' && size >= 4) continue;
    const bool fits = size < 2   ? common::is_letter(c)
                      : size < 4 ? common::is_digit(c)
                                 : common::is_letter(c) || common::is_digit(c);
    if (!fits) break;
    letters[size++] = c;
    if (size >= 15 && !continues(text, index + 1) && checks_out(letters, size))
      longest = index + 1 - at;
  }
  return longest;
}

// "078-05-1120", "078 05 1120"; never 000, 666 or 9xx first, nor a group of zeros.
std::size_t match_ssn(std::string_view text, std::size_t at) {
  constexpr std::string_view form = "ddd-dd-dddd";
  if (text.size() - at < form.size()) return 0;
  const std::string_view number = text.substr(at, form.size());
  const char mark = number[3];
  if (mark != '-' && mark != ' ') return 0;
  for (std::size_t index = 0; index < form.size(); ++index)
    if (form[index] == 'd' ? !common::is_digit(number[index]) : number[index] != mark) return 0;
  const std::size_t end = at + form.size();
  if (continues(text, end) || (end < text.size() && text[end] == '-')) return 0;
  const bool issued = number.substr(0, 3) != "000" && number.substr(0, 3) != "666" &&
                      number[0] != '9' && number.substr(4, 2) != "00" && number.substr(7) != "0000";
  return issued ? form.size() : 0;
}

}  // namespace plugins::text
