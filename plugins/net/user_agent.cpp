// SPDX-License-Identifier: MIT
#include <array>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/net/strategies.hpp"

namespace plugins::net {
namespace {

using namespace std::string_view_literals;

struct Family {
  std::string_view mark;  // the first family whose mark the old value holds
  std::array<std::string_view, 4> agents;
};

constexpr std::array<Family, 6> families = {{
    {"bot",
     {"Mozilla/5.0 (compatible; examplebot/1.0; +http://bot.example/)"sv, "examplebot/2.1"sv,
      "Mozilla/5.0 (compatible; samplebot/3.2)"sv, "samplebot/1.4 (+http://bot.example/info)"sv}},
    {"Edg",
     {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0"sv,
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/118.0.0.0 Safari/537.36 Edg/118.0.0.0"sv,
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/119.0.0.0 Safari/537.36 Edg/119.0.0.0"sv,
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0"sv}},
    {"Firefox",
     {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0"sv,
      "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"sv,
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:120.0) Gecko/20100101 Firefox/120.0"sv,
      "Mozilla/5.0 (Android 13; Mobile; rv:121.0) Gecko/121.0 Firefox/121.0"sv}},
    {"Chrome",
     {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/120.0.0.0 Safari/537.36"sv,
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/119.0.0.0 Safari/537.36"sv,
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/118.0.0.0 Safari/537.36"sv,
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
      "Chrome/120.0.0.0 Mobile Safari/537.36"sv}},
    {"Safari",
     {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
      "Version/17.1 Safari/605.1.15"sv,
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
      "Gecko) Version/17.1 Mobile/15E148 Safari/604.1"sv,
      "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
      "Version/16.6 Mobile/15E148 Safari/604.1"sv,
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
      "Version/16.5 Safari/605.1.15"sv}},
    {"", {"curl/8.4.0"sv, "Wget/1.21.3"sv, "python-requests/2.31.0"sv, "okhttp/4.12.0"sv}},
}};

struct UserAgent {
  bool keep_family = true;
  static constexpr auto params = confiture::params(
      confiture::field("keep_family", &UserAgent::keep_family,
                       "Choose an agent of the same family: bots, Edge, Firefox, Chrome, Safari, "
                       "programs"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces a browser's user agent by a common one.

A rare user agent is a fingerprint; this puts one of 24 in its place, of the same family unless
`keep_family` is false. Equal ones stay equal.

| before | after (depends on the key) |
|---|---|
| `curl/7.88.1 (x86_64-pc-linux-gnu)` | `okhttp/4.12.0` |
| `Mozilla/5.0 (X11; Debian) Firefox/91.0` | `Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:120.0) Gecko/20100101 Firefox/120.0` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.visits:
      user_agent: net.user_agent
```

One that does not fit the column is cut at its end.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "net.user_agent/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "net.user_agent", common::text_types);
    limit = common::shortest_limit(columns);
  }
  std::string_view rewrite(std::string_view value, confiture::Row&) const {
    const std::string_view before = common::unpadded(value);
    if (before.empty()) return value;
    common::Draw draw(hash, before);
    const Family& family = keep_family ? family_of(before) : families[draw.below(families.size())];
    const std::uint32_t chosen = draw.below(4);
    if (family.agents[chosen] != before) return common::cut(family.agents[chosen], limit);
    return common::cut(family.agents[(chosen + 1) % 4], limit);
  }
  static const Family& family_of(std::string_view agent) {
    for (const Family& family : families)
      if (agent.find(family.mark) != std::string_view::npos) return family;
    return families.back();
  }

  KeyedHash hash;
  std::size_t limit = 0;
};

}  // namespace

confiture::StrategyExtension user_agent_strategy() {
  return confiture::strategy<UserAgent>("net.user_agent", "Replace a user agent by a common one");
}

}  // namespace plugins::net
