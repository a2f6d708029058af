// SPDX-License-Identifier: MIT
#include <string_view>

#include "plugins/net/address.hpp"
#include "plugins/net/strategies.hpp"

namespace plugins::net {
namespace {

struct Ipv4 {
  std::int64_t keep_prefix = 0;
  static constexpr auto params = confiture::params(confiture::field(
      "keep_prefix", &Ipv4::keep_prefix, "Leading bits of an IPv4 address that stay", "0..24"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces an IPv4 address by another, one-to-one.

Addresses of one subnet stay in one subnet: two that share their first n bits share n bits
afterwards (the scheme of Crypto-PAn, with keyed BLAKE2b). So joins, counts by network and unique
columns still work, and `keep_prefix` leaves leading bits as they are. The last bit always changes:
no address is its own replacement.

| before | after (depends on the key) |
|---|---|
| `192.0.2.10` | `91.199.141.127` |
| `192.0.2.11` | `91.199.141.126` |
| `10.1.2.3/24` | `216.51.35.14/24` |
| `10.1.2.0/24` in a cidr column | another network of 24 bits |
| `2001:db8::1` | an IPv6 address, with no bit kept |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.logins:
      address: { use: net.ipv4, with: { keep_prefix: 8 } }
```

A netmask stays, and of a cidr only the bits of the network change. A text that is no address
becomes an address in `fd00::/8`. Whoever knows some of the addresses learns in which subnets the
others lie; where that matters, use core.hash or core.null.
)doc";

  void prepare(confiture::Call& call) {
    addresses.prepare(call, "net.ipv4", static_cast<std::size_t>(keep_prefix), 0);
  }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    addresses.bind(columns, "net.ipv4");
  }
  std::string_view rewrite(std::string_view value, confiture::Row& row) {
    return addresses.rewrite(value, row);
  }

  AddressRewriter addresses;
};

}  // namespace

confiture::StrategyExtension ipv4_strategy() {
  return confiture::strategy<Ipv4>("net.ipv4", "Replace an IPv4 address, subnets kept together");
}

}  // namespace plugins::net
