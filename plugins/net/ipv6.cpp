// SPDX-License-Identifier: MIT
#include <string_view>

#include "plugins/net/address.hpp"
#include "plugins/net/strategies.hpp"

namespace plugins::net {
namespace {

struct Ipv6 {
  std::int64_t keep_prefix = 0;
  static constexpr auto params = confiture::params(confiture::field(
      "keep_prefix", &Ipv6::keep_prefix, "Leading bits of an IPv6 address that stay", "0..112"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces an IPv6 address by another, one-to-one.

Addresses of one subnet stay in one subnet: two that share their first n bits share n bits
afterwards (the scheme of Crypto-PAn, with keyed BLAKE2b). `keep_prefix` leaves leading bits as they
are, such as 16 for `2001:`. The last bit always changes: no address is its own replacement.

| before | after (depends on the key) |
|---|---|
| `2001:db8:85a3::8a2e:370:7334` | `5e23:3a2f:d074:854c:6d0:93c4:45f:a3c7` |
| `fe80::1/64` | `da82:fa46:cde6:df90:9b78:2e37:cba4:b1e2/64` |
| `192.0.2.10` | an IPv4 address, with no bit kept |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.logins:
      address: { use: net.ipv6, with: { keep_prefix: 16 } }
```

The new address is written as PostgreSQL writes it. A netmask stays, and of a cidr only the bits of
the network change. A text that is no address becomes an address in `fd00::/8`.
)doc";

  void prepare(confiture::Call& call) {
    addresses.prepare(call, "net.ipv6", 0, static_cast<std::size_t>(keep_prefix));
  }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    addresses.bind(columns, "net.ipv6");
  }
  std::string_view rewrite(std::string_view value, confiture::Row& row) {
    return addresses.rewrite(value, row);
  }

  AddressRewriter addresses;
};

}  // namespace

confiture::StrategyExtension ipv6_strategy() {
  return confiture::strategy<Ipv6>("net.ipv6", "Replace an IPv6 address, subnets kept together");
}

}  // namespace plugins::net
