// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/text/patterns.hpp"
#include "plugins/text/strategies.hpp"

namespace plugins::text {
namespace {

enum class Style { label, stars };

// Tried in this order: what has a check digit before what only looks like a number.
constexpr std::array<Pattern, pattern_count> order = {
    Pattern::email, Pattern::iban, Pattern::ip, Pattern::card, Pattern::ssn, Pattern::phone};
constexpr std::array<std::string_view, pattern_count> labels = {"[EMAIL]", "[PHONE]", "[CARD]",
                                                                "[IBAN]",  "[IP]",    "[SSN]"};

struct Redact {
  std::vector<Pattern> patterns = {Pattern::email, Pattern::phone, Pattern::card,
                                   Pattern::iban,  Pattern::ip,    Pattern::ssn};
  Style style = Style::label;
  static constexpr auto params = confiture::params(
      confiture::field("patterns", &Redact::patterns, "What to look for",
                       confiture::choices("email", "phone", "card", "iban", "ip", "ssn")),
      confiture::field("style", &Redact::style,
                       "What stands there instead: [EMAIL], or a star for each character",
                       confiture::choices("label", "stars")));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc = R"doc(Replaces what points at a person inside a free text.

Finds mail addresses, telephone numbers, card numbers (whose check digit holds), IBANs (likewise), IP
addresses and US social security numbers, and leaves the rest of the text.

| before | after |
|---|---|
| `Call Jane at (212) 555-0123 or mail jane.doe@acme.com.` | `Call Jane at [PHONE] or mail [EMAIL].` |
| `paid with 4111 1111 1111 1111 from 192.0.2.10` | `paid with [CARD] from [IP]` |
| `DE89 3704 0044 0532 0130 00 or 078-05-1120` | `[IBAN] or [SSN]` |
| `order 4111 1111 1111 1112` | `order 4111 1111 1111 1112` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  tables:
    public.tickets:
      body: { use: text.redact, with: { patterns: [email, phone], style: stars } }
```

Names, addresses and all that has no pattern stay readable, as `Jane` above: a text that people wrote
freely is safe only with text.lorem, core.redact or core.null. A text that gets too long for its
column is cut at its end.
)doc";

  void prepare(confiture::Call&) {
    for (const Pattern pattern : order)
      if (std::find(patterns.begin(), patterns.end(), pattern) != patterns.end())
        wanted.push_back(pattern);
    if (wanted.empty()) throw confiture::BadConfig("'patterns' is empty");
  }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "text.redact", common::text_types);
    limit = common::shortest_limit(columns);
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) {
    result.clear();
    std::size_t copied = 0;
    for (std::size_t at = 0; at < value.size();) {
      const auto [pattern, size] = find(value, at);
      if (size == 0) {
        ++at;
        continue;
      }
      result.append(value, copied, at - copied);
      replace(pattern, value.substr(at, size));
      copied = at += size;
    }
    if (copied == 0) return value;
    result.append(value, copied);
    return row.keep(common::cut(result, limit));
  }

  struct Found {
    Pattern pattern;
    std::size_t size;
  };
  Found find(std::string_view value, std::size_t at) const {
    for (const Pattern pattern : wanted)
      if (const std::size_t size = match(pattern, value, at); size != 0) return {pattern, size};
    return {Pattern::email, 0};
  }
  void replace(Pattern pattern, std::string_view found) {
    if (style == Style::label)
      result += labels[static_cast<std::size_t>(pattern)];
    else
      result.append(common::count_characters(found), '*');
  }

  std::vector<Pattern> wanted;
  std::string result;  // kept, so that it allocates once
  std::size_t limit = 0;
};

}  // namespace

confiture::StrategyExtension redact_strategy() {
  return confiture::strategy<Redact>("text.redact", "Replace addresses and numbers inside a text");
}

}  // namespace plugins::text
