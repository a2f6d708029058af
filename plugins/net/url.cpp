// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/net/hostname_rewriter.hpp"
#include "plugins/net/strategies.hpp"

namespace plugins::net {
namespace {

// The parts of "scheme://user@host:port/path?query#fragment"; all but the host keep their marks.
struct Parts {
  std::string_view scheme, user, host, port, path, query, fragment;
};

std::string_view take(std::string_view& text, std::size_t size) {
  const std::string_view taken = text.substr(0, size);
  text.remove_prefix(taken.size());
  return taken;
}

Parts split(std::string_view url) {
  Parts parts;
  const std::size_t scheme_end = url.find("://");
  if (scheme_end != std::string_view::npos && url.find_first_of("/?#") > scheme_end) {
    parts.scheme = take(url, scheme_end + 3);
    std::string_view authority = take(url, url.find_first_of("/?#"));
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) parts.user = take(authority, at + 1);
    const bool bracketed = !authority.empty() && authority.front() == '[';
    parts.host = take(authority, authority.find(':', bracketed ? authority.find(']') : 0));
    parts.port = authority;
  }
  parts.path = take(url, url.find_first_of("?#"));
  parts.query = take(url, url.find('#'));
  parts.fragment = url;
  return parts;
}

struct Url {
  bool keep_host = false;
  bool keep_path = false;
  static constexpr auto params =
      confiture::params(confiture::field("keep_host", &Url::keep_host, "Leave the host readable"),
                        confiture::field("keep_path", &Url::keep_path, "Leave the path readable"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces what a URL says and keeps how it is built.

Scheme, port, punctuation and the names of query parameters stay. The host is replaced as by
net.hostname; letters and digits of user, password, path, values of the query and fragment are
replaced by others. `keep_host` and `keep_path` leave those parts readable.

| before | after (depends on the key) |
|---|---|
| `https://acme.com/users/17?token=a1B2#top` | `https://ojnu.example/sruyl/78?token=j6M0#kqj` |
| `/users/17` | `/xrcxd/82` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.visits:
      referrer: { use: net.url, with: { keep_host: true } }
```

A URL of which nothing is to be replaced, such as `https://acme.com` with `keep_host`, stays as it
is. One that no longer fits the column is cut at its end.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "net.url/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "net.url", common::text_types);
    limit = common::shortest_limit(columns);
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    const std::string_view url = common::unpadded(value);
    const Parts parts = split(url);
    common::Draw draw(hash, url);
    char* const begin = row.allocate(url.size() + HostnameRewriter::growth);
    char* out = copy(parts.scheme, begin);
    out = replace(parts.user, draw, out);
    out = keep_host ? copy(parts.host, out) : HostnameRewriter(hash).write(parts.host, 0, out);
    out = copy(parts.port, out);
    out = keep_path ? copy(parts.path, out) : replace(parts.path, draw, out);
    out = replace_values(parts.query, draw, out);
    out = replace(parts.fragment, draw, out);
    return common::cut({begin, static_cast<std::size_t>(out - begin)}, limit);
  }

  static char* copy(std::string_view text, char* out) {
    return std::copy(text.begin(), text.end(), out);
  }
  // Letters for letters, digits for digits; %41 stays an escape of a letter.
  static char* replace(std::string_view text, common::Draw& draw, char* out) {
    for (std::size_t index = 0; index < text.size(); ++index) {
      const char c = text[index];
      if (c == '%' && index + 2 < text.size()) {
        *out++ = '%';
        *out++ = draw.below(2) == 0 ? '4' : '6';
        *out++ = static_cast<char>('1' + draw.below(9));
        index += 2;
      } else if (common::is_digit(c)) {
        *out++ = draw.digit();
      } else if (common::is_upper(c)) {
        *out++ = draw.upper();
      } else if (common::is_lower(c) || (!common::is_ascii(c) && !common::is_continuation(c))) {
        *out++ = draw.lower();
      } else if (common::is_ascii(c)) {
        *out++ = c;
      }
    }
    return out;
  }
  // "?name=value&name=value": the values.
  static char* replace_values(std::string_view query, common::Draw& draw, char* out) {
    while (!query.empty()) {
      std::string_view pair = take(query, query.find('&', 1));
      out = copy(take(pair, std::min(pair.find('='), pair.size())), out);
      out = replace(pair, draw, out);
    }
    return out;
  }

  KeyedHash hash;
  std::size_t limit = 0;
};

}  // namespace

confiture::StrategyExtension url_strategy() {
  return confiture::strategy<Url>("net.url", "Replace what a URL says, keep how it is built");
}

}  // namespace plugins::net
