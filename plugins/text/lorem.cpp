// SPDX-License-Identifier: MIT
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/text/strategies.hpp"

namespace plugins::text {
namespace {

constexpr std::string_view lorem =
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut "
    "labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco "
    "laboris nisi ut aliquip ex ea commodo consequat. Duis aute irure dolor in reprehenderit in "
    "voluptate velit esse cillum dolore eu fugiat nulla pariatur. Excepteur sint occaecat "
    "cupidatat "
    "non proident, sunt in culpa qui officia deserunt mollit anim id est laborum. ";

struct Lorem {
  bool keep_lines = false;
  static constexpr auto params = confiture::params(
      confiture::field("keep_lines", &Lorem::keep_lines, "Leave the line breaks where they are"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc =
      R"doc(Replaces a text by Lorem ipsum of the same number of characters.

Says nothing about the text but its length, and with `keep_lines` the lengths of its lines: for
notes, comments and messages whose layout matters in a test.

| before | after |
|---|---|
| `Patient reports chest pain.` | `Lorem ipsum dolor sit amet,` |
| `résumé` | `Lorem.` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  tables:
    public.patients:
      notes: { use: text.lorem, with: { keep_lines: true } }
```

A blank at the end becomes a full stop. Texts of one length become one text.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "text.lorem", common::text_types);
  }
  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    const std::string_view text = common::unpadded(value);
    char* const begin = row.allocate(text.size());
    char* end = begin;
    std::size_t next = 0;
    for (const char c : text) {
      if (common::is_continuation(c)) continue;
      const bool line_break = keep_lines && (c == '\n' || c == '\r');
      *end++ = line_break ? c : lorem[next++ % lorem.size()];
    }
    if (end != begin && end[-1] == ' ') end[-1] = '.';
    return {begin, static_cast<std::size_t>(end - begin)};
  }
};

}  // namespace

confiture::StrategyExtension lorem_strategy() {
  return confiture::strategy<Lorem>("text.lorem", "Replace a text by Lorem ipsum of its length");
}

}  // namespace plugins::text
