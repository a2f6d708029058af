// SPDX-License-Identifier: MIT
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/text/strategies.hpp"

namespace plugins::text {
namespace {

// The blanks of Unicode and the control characters that separate words.
bool is_space(std::uint32_t code) {
  return code == ' ' || (code >= 9 && code <= 13) || code == 0x85 || code == 0xa0 ||
         code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
         code == 0x202f || code == 0x205f || code == 0x3000;
}

struct Trim {
  bool collapse = false;
  static constexpr auto params = confiture::params(confiture::field(
      "collapse", &Trim::collapse, "Also make one blank of each run of white space inside"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc = R"doc(Removes white space at both ends of a text.

For chains, so that texts which differ by blanks alone get one replacement. Tabs, line breaks and
the blanks of Unicode count.

| before | after (collapse: true) |
|---|---|
| `  Jane   Doe ` | `Jane Doe` |
| `Jane Doe` | `Jane Doe` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  strategies:
    same_company: { chain: [ { use: text.trim, with: { collapse: true } }, text.lower, core.hash ] }
```

By itself it hides nothing: a text without white space at its ends stays as it is.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "text.trim", common::text_types);
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    const std::string_view trimmed = trim(value);
    if (!collapse) return trimmed;
    char* const begin = row.allocate(trimmed.size());
    char* end = begin;
    bool spaced = false;
    for (std::size_t offset = 0; offset < trimmed.size();) {
      const common::Character character = common::character_at(trimmed, offset);
      const bool space = is_space(character.code);
      if (space && !spaced) *end++ = ' ';
      if (!space) end += trimmed.copy(end, character.size, offset);
      spaced = space;
      offset += character.size;
    }
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  static std::string_view trim(std::string_view text) {
    std::size_t begin = text.size();
    std::size_t end = 0;
    for (std::size_t offset = 0; offset < text.size();) {
      const common::Character character = common::character_at(text, offset);
      if (!is_space(character.code)) {
        if (begin == text.size()) begin = offset;
        end = offset + character.size;
      }
      offset += character.size;
    }
    return begin < end ? text.substr(begin, end - begin) : "";
  }
};

}  // namespace

confiture::StrategyExtension trim_strategy() {
  return confiture::strategy<Trim>("text.trim", "Remove white space at both ends");
}

}  // namespace plugins::text
