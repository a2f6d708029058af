// SPDX-License-Identifier: MIT
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/text/strategies.hpp"

namespace plugins::text {
namespace {

// One to one, in the same number of bytes: Latin, Greek and Cyrillic.
std::uint32_t lower_case(std::uint32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z' ? code + 32 : code;
  if (code >= 0xc0 && code <= 0xde) return code == 0xd7 ? code : code + 32;
  if (code == 0x178) return 0xff;
  const bool even_pairs = (code >= 0x100 && code <= 0x137 && code != 0x130) ||
                          (code >= 0x14a && code <= 0x177) || (code >= 0x218 && code <= 0x21b) ||
                          (code >= 0x460 && code <= 0x481) || (code >= 0x48a && code <= 0x4bf) ||
                          (code >= 0x4d0 && code <= 0x52f) || (code >= 0x1e00 && code <= 0x1e95) ||
                          (code >= 0x1ea0 && code <= 0x1eff);
  if (even_pairs) return code | 1;
  const bool odd_pairs = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17e);
  if (odd_pairs) return code + (code & 1);
  if (code == 0x386) return 0x3ac;
  if (code >= 0x388 && code <= 0x38a) return code + 37;
  if (code == 0x38c) return 0x3cc;
  if (code == 0x38e || code == 0x38f) return code + 63;
  if (code >= 0x391 && code <= 0x3ab && code != 0x3a2) return code + 32;
  if (code >= 0x400 && code <= 0x40f) return code + 80;
  return code >= 0x410 && code <= 0x42f ? code + 32 : code;
}

struct Lower {
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc = R"doc(Puts a text in lower case.

For chains, so that texts which differ by case alone get one replacement. Latin, Greek and Cyrillic
letters that have one lower-case letter; no rules of a language apply.

| before | after |
|---|---|
| `Jane.DOE@Acme.com` | `jane.doe@acme.com` |
| `ÉCOLE STRAẞE Αθήνα МОСКВА` | `école straẞe αθήνα москва` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  strategies:
    same_mailbox: { chain: [ text.trim, text.lower, core.hash ] }
```

By itself it hides nothing: a text in lower case stays as it is.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "text.lower", common::text_types);
  }
  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    char* const begin = row.allocate(value.size());
    char* end = begin;
    for (std::size_t offset = 0; offset < value.size();) {
      const common::Character character = common::character_at(value, offset);
      const std::uint32_t lower = lower_case(character.code);
      if (lower == character.code)
        end += value.copy(end, character.size, offset);
      else
        end = common::write_character(end, lower);
      offset += character.size;
    }
    return {begin, static_cast<std::size_t>(end - begin)};
  }
};

}  // namespace

confiture::StrategyExtension lower_strategy() {
  return confiture::strategy<Lower>("text.lower", "Put a text in lower case");
}

}  // namespace plugins::text
