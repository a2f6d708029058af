// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "plugins/common/keyed_rows.hpp"
#include "plugins/person/strategies.hpp"
#include "plugins/text_column.hpp"

namespace person {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
bool is_replaceable(char c) {
  return is_digit(c) || is_lower(c) || is_upper(c);
}

using Block = std::array<unsigned char, 64>;

// Keyed bytes without an end.
class Stream {
 public:
  Stream(const plugins::KeyedHash& hash, const Block& block) : hash_(hash), bytes_(block) {}
  unsigned below(unsigned bound) {
    if (used_ == bytes_.size()) {
      bytes_ = hash_.operator()<64>({reinterpret_cast<const char*>(bytes_.data()), bytes_.size()});
      used_ = 0;
    }
    return bytes_[used_++] * bound / 256;
  }

 private:
  const plugins::KeyedHash& hash_;
  Block bytes_;
  std::size_t used_ = 0;
};

char next_digit(char c, char least) {
  return c == '9' ? least : static_cast<char>(c + 1);
}

// E.164: a + and a country, and no country begins with 0.
bool begins_with_plus(std::string_view value) {
  const std::size_t begin = value.find_first_not_of(" (");
  return begin != std::string_view::npos && value[begin] == '+';
}

// How many digits of an international number (E.164), from behind the + on, are its country: 1 and
// 7 stand alone, some have two, all others three.
std::int64_t country_size(std::string_view number) {
  constexpr std::string_view of_two =
      " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 "
      "64"
      " 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
  std::array<char, 4> first{' ', ' ', ' ', ' '};
  std::size_t count = 0;
  for (const char c : number)
    if (is_digit(c) && count < 2) first[++count] = c;
  if (count == 0) return 0;
  if (first[1] == '1' || first[1] == '7') return 1;
  return of_two.find(std::string_view(first.data(), first.size())) == std::string_view::npos ? 3
                                                                                             : 2;
}

struct Phone {
  std::int64_t keep_last = 0;
  bool keep_country = false;
  static constexpr auto params = confiture::params(
      confiture::field("keep_last", &Phone::keep_last, "Digits left as they are at the end",
                       "0..8"),
      confiture::field("keep_country", &Phone::keep_country,
                       "Leave the country's digits behind a leading + or 00 (E.164)"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces a telephone number by another of the same form.

Digits become digits and letters become letters; blanks, brackets, dashes and the plus sign stay. The
same number becomes the same new one, in every table and every run with the same key, however it is
punctuated. The result is never the number that it was.

| before | after (keep_last: 4, depends on the key) |
|---|---|
| `(171) 555-7788` | `(604) 918-7788` |
| `+33 6 12 34 56 78` | `+80 2 95 17 56 78` |
| `112` | `839`: with no more digits than are kept, none is kept |
| (empty), `-` | as it is: there is nothing to replace |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customer:
      phone: { use: person.phone, with: { keep_last: 4 } }
```

With `keep_country: true` a number that begins with + or 00 stays one of its country:
`+33 6 12 34 56 78` becomes `+33 2 95 17 40 61`. Without it the country is replaced like all else;
behind a + it never begins with 0, so that an E.164 number stays one.

Two numbers may become the same one, so a column in a unique index is refused. Digits that are kept
help to tell people apart: keep as few as you need.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "person.phone/1"); }

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    plugins::require_text_columns(columns, 0);
  }

  // The same for every way to punctuate one number.
  void apply(confiture::Batch& batch) const {
    plugins::common::rewrite_keyed<64>(
        batch, hash,
        [](std::string_view value, std::size_t, std::string& number) {
          number.clear();
          for (const char c : value)
            if (is_replaceable(c)) number += c;
          return std::string_view(number);
        },
        [&](std::string_view value, std::size_t, const Block& block) {
          return replace(value, Stream(hash, block), batch);
        });
  }

  std::string_view replace(std::string_view value, Stream stream,
                           const confiture::Call& call) const {
    const auto digits = std::count_if(value.begin(), value.end(), is_digit);
    auto kept_digits = keep_country ? country_digits(value) : 0;
    auto replaced_digits = digits - keep_last - kept_digits;
    if (replaced_digits <= 0) {
      kept_digits = 0;
      replaced_digits = digits > keep_last ? digits - keep_last : digits;
    }
    char* text = call.allocate(value.size() + 1);
    char *first_digit = nullptr, first_least = '0';
    char least = begins_with_plus(value) ? '1' : '0';  // of the digit that is next
    char* end = text;
    for (const char c : value) {
      if (is_digit(c) && kept_digits > 0) {
        --kept_digits;
        *end++ = c;
        least = '0';
      } else if (is_digit(c)) {
        if (replaced_digits > 0 && first_digit == nullptr) {
          first_digit = end;
          first_least = least;
        }
        *end++ = replaced_digits-- > 0 ? draw(stream, least) : c;
        least = '0';
      } else if (is_lower(c) || is_upper(c)) {
        *end++ = static_cast<char>((is_lower(c) ? 'a' : 'A') + stream.below(26));
      } else if (is_ascii(c)) {
        *end++ = c;
      } else if ((c & '\xc0') == '\xc0') {
        *end++ = 'x';  // a character that no number needs
      }
    }
    const std::string_view result(text, static_cast<std::size_t>(end - text));
    if (result == value) change(text, first_digit, first_least, value);
    return result;
  }

  static char draw(Stream& stream, char least) {
    const char digit = static_cast<char>('0' + stream.below(10));
    return digit >= least ? digit : static_cast<char>(least + stream.below(9));
  }

  // Digits at the beginning that say which country it is, 00 included.
  static std::int64_t country_digits(std::string_view value) {
    const std::size_t begin = value.find_first_not_of(" (");
    if (begin == std::string_view::npos) return 0;
    const std::string_view number = value.substr(begin);
    if (number.substr(0, 1) == "+") return country_size(number);
    return number.substr(0, 2) == "00" ? 2 + country_size(number.substr(2)) : 0;
  }

  // The stream gave the very same characters.
  static void change(char* text, char* first_digit, char least, std::string_view value) {
    if (first_digit != nullptr) {
      *first_digit = next_digit(*first_digit, least);
      return;
    }
    const auto letter = std::find_if(value.begin(), value.end(), is_replaceable);
    if (letter == value.end()) return;
    const auto at = static_cast<std::size_t>(letter - value.begin());
    text[at] = text[at] == 'z' || text[at] == 'Z' ? static_cast<char>(text[at] - 25)
                                                  : static_cast<char>(text[at] + 1);
  }

  plugins::KeyedHash hash;
};

}  // namespace

confiture::StrategyExtension phone_strategy() {
  return confiture::strategy<Phone>("person.phone",
                                    "Replace a telephone number by one of its form");
}

}  // namespace person
