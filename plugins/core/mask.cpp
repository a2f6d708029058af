// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/core/strategies.hpp"

namespace core {
namespace {

enum class Only { all, word, digits, letters };

struct Mask {
  std::int64_t keep_first = 0;
  std::int64_t keep_last = 0;
  std::string with = "*";
  Only only = Only::all;
  static constexpr auto params = confiture::params(
      confiture::field("keep_first", &Mask::keep_first, "Characters left readable at the beginning",
                       "0..64"),
      confiture::field("keep_last", &Mask::keep_last, "Characters left readable at the end",
                       "0..64"),
      confiture::field("with", &Mask::with, "The character that stands for each other one", "1..4"),
      confiture::field("only", &Mask::only,
                       "What is masked and counted: word is letters and digits, so that "
                       "punctuation and blanks stay",
                       confiture::choices("all", "word", "digits", "letters")));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc = R"doc(Writes stars over a text, except at its ends.

| before | after (keep_first: 1, keep_last: 2, only: word) |
|---|---|
| `mary@acme.com` | `m***@****.*om` |
| `+33 6 12 34 56 78` | `+3* * ** ** ** 78` |
| `abc` | `***` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  tables:
    public.customers:
      card: { use: core.mask, with: { keep_last: 4, only: digits } }
```

A text no longer than what is kept is masked as a whole. What stays readable is a part of the value,
and the length tells something too: HIPAA's Safe Harbor allows neither.
)doc";

  void prepare(confiture::Call&) {
    if (plugins::common::count_characters(with) != 1)
      throw confiture::BadConfig("'with' needs one character");
  }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    plugins::common::require_types(columns, "core.mask", plugins::common::text_types);
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    const std::string_view text = plugins::common::unpadded(value);
    std::size_t count = 0;
    for (const char c : text) count += is_masked(c) ? 1 : 0;
    const auto first = static_cast<std::size_t>(keep_first);
    const auto last = static_cast<std::size_t>(keep_last);
    const bool short_text = count <= first + last;
    const std::size_t begin = short_text ? 0 : first;
    const std::size_t end = short_text ? count : count - last;
    char* const out = row.allocate(text.size() + count * with.size());
    char* written = out;
    std::size_t index = 0;
    for (std::size_t offset = 0; offset < text.size();) {
      const std::size_t size = plugins::common::character_at(text, offset).size;
      const bool counted = is_masked(text[offset]);
      const bool star = counted && index >= begin && index < end;
      const std::string_view part = star ? std::string_view(with) : text.substr(offset, size);
      written = std::copy(part.begin(), part.end(), written);
      index += counted ? 1 : 0;
      offset += size;
    }
    return {out, static_cast<std::size_t>(written - out)};
  }

  // Looks at the first byte of a character; letters beyond ASCII are letters.
  bool is_masked(char c) const {
    if (plugins::common::is_continuation(c)) return false;
    const bool digit = plugins::common::is_digit(c);
    const bool letter = plugins::common::is_letter(c) || !plugins::common::is_ascii(c);
    switch (only) {
      case Only::digits:
        return digit;
      case Only::letters:
        return letter;
      case Only::word:
        return digit || letter;
      case Only::all:
        break;
    }
    return true;
  }
};

}  // namespace

confiture::StrategyExtension mask_strategy() {
  return confiture::strategy<Mask>("core.mask", "Write stars over a text, except at its ends");
}

}  // namespace core
