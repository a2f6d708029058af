// SPDX-License-Identifier: MIT
#include "host/sync/patterns.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "host/foundation/text.hpp"
#include "host/sync/byte_classes.hpp"

namespace host::sync {
namespace {

// How the keys of Amazon, GitHub and Stripe begin, and how many characters follow at least.
constexpr std::array<std::pair<std::string_view, std::size_t>, 5> token_marks{
    {{"AKIA", 16}, {"ghp_", 36}, {"github_pat_", 40}, {"sk_live_", 20}, {"rk_live_", 20}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z');
}
bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_';
}
bool is_local(char c) {
  return is_word(c) || c == '.' || c == '+' || c == '-' || c == '%';
}

bool is_nobodys(std::string_view domain) {
  constexpr std::array<std::string_view, 3> reserved{"example.com", "example.org", "example.net"};
  return std::any_of(reserved.begin(), reserved.end(), [&](std::string_view kept) {
    return domain.size() == kept.size() && lower_ascii(domain) == kept;
  });
}

// From the '@' at `at`; returns where to go on.
std::size_t match_email(std::string_view text, std::size_t at, std::uint64_t& count) {
  if (at == 0 || !is_local(text[at - 1])) return at + 1;
  std::size_t end = at + 1, dot = 0;
  while (end < text.size() &&
         (is_letter(text[end]) || is_digit(text[end]) || text[end] == '-' || text[end] == '.')) {
    if (text[end] == '.') dot = end;
    ++end;
  }
  if (dot == end - 1 && dot > at) {  // the end of a sentence
    --end;
    dot = text.substr(at, end - at).find_last_of('.');
    dot = dot == std::string_view::npos ? 0 : dot + at;
  }
  if (dot > at + 1 && end - dot > 2 && is_letter(text[dot + 1]) &&
      !is_nobodys(text.substr(at + 1, end - at - 1)))
    ++count;
  return end;
}

struct Digits {
  std::array<char, 24> digits{};
  std::size_t count = 0, end = 0;
};

// Digits from `at`, with single separators of `between` among them.
Digits read_digits(std::string_view text, std::size_t at, std::string_view between) {
  Digits run;
  std::size_t i = at;
  for (; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      if (run.count < run.digits.size()) run.digits[run.count] = text[i];
      ++run.count;
      run.end = i + 1;
    } else if (between.find(text[i]) == std::string_view::npos || i > run.end + 1) {
      break;
    }
  }
  return run;
}

bool passes_luhn(const Digits& run) {
  int sum = 0;
  for (std::size_t i = 0; i < run.count; ++i) {
    int digit = run.digits[run.count - 1 - i] - '0';
    if (i % 2 == 1) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
    sum += digit;
  }
  return sum % 10 == 0;
}

bool is_card(const Digits& run, std::string_view text) {
  if (run.count < 13 || run.count > 19 || run.digits[0] < '2' || run.digits[0] > '6') return false;
  return (run.end == text.size() || !is_word(text[run.end])) && passes_luhn(run);
}

// Country, two check digits and up to 30 letters and digits, with or without blanks in between.
std::size_t match_iban(std::string_view text, std::size_t at, std::uint64_t& count) {
  std::array<char, 34> form;
  std::size_t size = 0, i = at;
  for (; i < text.size() && size < form.size(); ++i) {
    if (is_upper(text[i]) || is_digit(text[i])) {
      form[size++] = text[i];
    } else if (text[i] != ' ' || size % 4 != 0) {
      break;
    }
  }
  if (size < 15 || !is_upper(form[1]) || !is_digit(form[2]) || !is_digit(form[3])) return at + 1;
  // Blanks may lead into the next words: the longest part that holds counts.
  for (std::size_t length = size; length >= 15; --length) {
    unsigned rest = 0;
    for (std::size_t k = 0; k < length; ++k) {
      const char c = form[(k + 4) % length];
      rest = is_digit(c) ? (rest * 10 + static_cast<unsigned>(c - '0')) % 97
                         : (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
    }
    if (rest != 1) continue;
    ++count;
    return at + length;
  }
  return at + 1;
}

// AAA-GG-SSSS of the United States: areas 001 to 899 without 666, groups and numbers from 1.
bool is_ssn(std::string_view text, std::size_t at) {
  constexpr std::string_view form = "ddd-dd-dddd";
  if (at + form.size() > text.size()) return false;
  const std::string_view number = text.substr(at, form.size());
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == 'd' ? !is_digit(number[i]) : number[i] != '-') return false;
  if (at > 1 && text[at - 1] == '-' && is_word(text[at - 2])) return false;
  const std::string_view after = text.substr(at + form.size());
  if (!after.empty() && is_word(after[0])) return false;
  if (after.size() > 1 && after[0] == '-' && is_word(after[1])) return false;
  const std::string_view area = number.substr(0, 3);
  return area != "000" && area != "666" && area[0] != '9' && number.substr(4, 2) != "00" &&
         number.substr(7) != "0000";
}

// Whether the text has a part of `least` characters and more that pass, from `at` on; `at` moves
// behind it.
template <typename Passes>
bool skip(std::string_view text, std::size_t& at, std::size_t least, const Passes& passes) {
  const std::size_t begin = at;
  while (at < text.size() && passes(text[at])) ++at;
  return at - begin >= least;
}

// Of those that begin from `at` to `end`.
std::uint64_t count_ssns(std::string_view text, std::size_t at, std::size_t end) {
  std::uint64_t found = 0;
  for (; at < end; ++at)
    if ((at == 0 || !is_word(text[at - 1])) && is_ssn(text, at)) ++found;
  return found;
}

// A JSON Web Token, or a key of a service that marks its keys. Returns where to go on; `at` itself:
// it is none.
std::size_t match_token(std::string_view text, std::size_t at) {
  const auto is_base64 = [](char c) { return is_word(c) || c == '-'; };
  const auto begins = [&](std::size_t where, std::string_view with) {
    return text.substr(where, with.size()) == with;
  };
  std::size_t end = at;
  if (begins(at, "eyJ")) {
    if (skip(text, end, 10, is_base64) && begins(end, ".eyJ") && skip(text, ++end, 10, is_base64) &&
        begins(end, ".") && skip(text, ++end, 10, is_base64))
      return end;
    return at;
  }
  for (const auto& [mark, least] : token_marks) {
    if (!begins(at, mark)) continue;
    end = at + mark.size();
    if (skip(text, end, least, is_word)) return end;
  }
  return at;
}

bool may_hold_token(std::string_view text) {
  return text.find("eyJ") != std::string_view::npos ||
         std::any_of(token_marks.begin(), token_marks.end(), [&](const auto& mark) {
           return text.find(mark.first) != std::string_view::npos;
         });
}

// Whether the text has what one of the patterns cannot do without. Few texts have.
bool may_hold_any(std::string_view text) {
  constexpr int fewest_digits = 9;  // of a social security number
  constexpr std::size_t shortest_token = 20;
  bool address = false, phone = false, account = false, capitals = false;
  int digits = 0;
  std::uint64_t upper_before = 0, digits_before = 0;  // of the block before
  each_block(text, [&](std::size_t, const ByteClasses& classes) {
    address = address || classes.at != 0;
    phone = phone || classes.plus != 0;
    digits += std::popcount(classes.digits);
    capitals = capitals || classes.upper != 0;
    // Two capitals and two digits in a row; the first may lie in the block before.
    const auto shifted = [](std::uint64_t now, std::uint64_t before, int by) {
      return now << by | before >> (64 - by);
    };
    account = account || (classes.digits & shifted(classes.digits, digits_before, 1) &
                          shifted(classes.upper, upper_before, 2) &
                          shifted(classes.upper, upper_before, 3)) != 0;
    upper_before = classes.upper;
    digits_before = classes.digits;
  });
  if (address || account || phone || digits >= fewest_digits) return true;
  return text.size() >= shortest_token && (capitals || digits > 0) && may_hold_token(text);
}

}  // namespace

std::string_view plural(Pattern pattern) {
  constexpr std::array<std::string_view, all_patterns.size()> names{
      "e-mail addresses", "phone numbers",           "card numbers",
      "bank accounts",    "social security numbers", "access tokens"};
  return names[static_cast<std::size_t>(pattern)];
}

void PatternCounts::add(const PatternCounts& other) {
  for (std::size_t i = 0; i < found.size(); ++i) found[i] += other.found[i];
}

void PatternCounts::add(std::string_view text) {
  if (!may_hold_any(text)) return;
  const auto count = [&](Pattern pattern) -> std::uint64_t& {
    return found[static_cast<std::size_t>(pattern)];
  };
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const bool begins = at == 0 || !is_word(text[at - 1]);
    if (c == '@') {
      at = match_email(text, at, count(Pattern::email));
    } else if (c == '+' && begins) {
      const Digits run = read_digits(text, at + 1, " -.()/");
      if (run.count >= 9 && run.count <= 15) ++count(Pattern::phone);
      at = std::max(run.end, at + 1);
    } else if (is_digit(c) && begins) {
      const Digits run = read_digits(text, at, " -");
      if (is_card(run, text))
        ++count(Pattern::card);
      else
        count(Pattern::ssn) += count_ssns(text, at, run.end);
      at = std::max(run.end, at + 1);
    } else if (const std::size_t end = begins ? match_token(text, at) : at; end > at) {
      ++count(Pattern::token);
      at = end;
    } else if (is_upper(c) && begins && at + 15 <= text.size()) {
      at = match_iban(text, at, count(Pattern::iban));
    } else {
      ++at;
    }
  }
}

}  // namespace host::sync
