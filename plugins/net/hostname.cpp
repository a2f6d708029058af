// SPDX-License-Identifier: MIT
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/net/hostname_rewriter.hpp"
#include "plugins/net/strategies.hpp"

namespace plugins::net {
namespace {

struct Hostname {
  std::int64_t keep_labels = 0;
  static constexpr auto params = confiture::params(
      confiture::field("keep_labels", &Hostname::keep_labels,
                       "Labels that stay, from the right: 1 keeps com, 2 keeps acme.com", "0..4"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces a host's name, label by label.

Letters become letters and digits become digits, in lower case. Hosts of one domain stay in one
domain. A name whose last label is replaced ends in `example`, which belongs to nobody, so that
nothing connects to a stranger. An IP address in place of a name has its digits replaced.

| before | after (depends on the key) |
|---|---|
| `db1.acme.com` | `bs3.upiw.example` |
| `db2.acme.com` | `vx7.upiw.example` |
| `localhost` | `tnzlahvyf` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.servers:
      hostname: { use: net.hostname, with: { keep_labels: 2 } }
```

Short labels meet: two hosts may get one name, so a unique column needs core.hash instead. A name
that no longer fits the column loses its beginning.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "net.hostname/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "net.hostname", common::text_types);
    limit = common::shortest_limit(columns);
  }
  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    const std::string_view name = common::unpadded(value);
    char* const begin = row.allocate(name.size() + HostnameRewriter::growth);
    const char* const end =
        HostnameRewriter(hash).write(name, static_cast<std::size_t>(keep_labels), begin);
    const auto size = static_cast<std::size_t>(end - begin);
    const std::size_t excess = limit != 0 && size > limit ? size - limit : 0;
    return {begin + excess, size - excess};
  }

  KeyedHash hash;
  std::size_t limit = 0;
};

}  // namespace

confiture::StrategyExtension hostname_strategy() {
  return confiture::strategy<Hostname>("net.hostname", "Replace a host's name, label by label");
}

}  // namespace plugins::net
