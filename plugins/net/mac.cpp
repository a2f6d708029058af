// SPDX-License-Identifier: MIT
#include <array>
#include <memory>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/net/prefix_tree.hpp"
#include "plugins/net/strategies.hpp"

namespace plugins::net {
namespace {

int hex_value(char c) {
  if (common::is_digit(c)) return c - '0';
  const char lower = common::to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The bytes of "08:00:2b:01:02:03", whatever separates them; 0 if it is no address.
std::size_t read(std::string_view text, std::array<unsigned char, 8>& bytes) {
  std::size_t digits = 0;
  for (const char c : text) {
    const int value = hex_value(c);
    if (value < 0 && c != ':' && c != '-' && c != '.') return 0;
    if (value < 0) continue;
    if (digits == 16) return 0;
    bytes[digits / 2] = static_cast<unsigned char>(bytes[digits / 2] << 4 | value);
    ++digits;
  }
  return digits == 12 || digits == 16 ? digits / 2 : 0;
}

struct Mac {
  bool keep_vendor = false;
  static constexpr auto params = confiture::params(
      confiture::field("keep_vendor", &Mac::keep_vendor, "Leave the first three bytes readable"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces a MAC address by another, one-to-one.

Devices of one vendor keep a common beginning, another one unless `keep_vendor` is true. The two
bits for group addresses and local administration stay, and the last bit always changes: no address
is its own replacement. Separators and upper case are kept, and so are 8-byte addresses.

| before | after (depends on the key) |
|---|---|
| `08:00:2b:01:02:03` | `b8:bb:16:1a:6a:c6` |
| `08-00-2B-01-02-04` | `B8-BB-16-1A-6A-C3` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.devices:
      mac: { use: net.mac, with: { keep_vendor: true } }
```

In a text column, a value that is no MAC address stops the run: nothing else would stay unique.
)doc";

  void prepare(confiture::Call& call) {
    hash.derive(call, "net.mac/1");
    tree = std::make_unique<PrefixTree>(hash);
  }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "net.mac",
                          {"macaddr", "macaddr8", "text", "varchar", "bpchar", "citext"});
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) {
    constexpr unsigned kept_bits = 0x03;  // local, group
    const std::string_view text = common::unpadded(value);
    if (text.empty()) return value;
    std::array<unsigned char, 8> bytes{};
    const std::size_t size = read(text, bytes);
    if (size == 0) throw confiture::Error("a value is no MAC address", "core.hash takes any text");
    const unsigned char first = bytes[0];
    tree->permute(bytes.data(), size, keep_vendor ? 24 : 0, size * 8);
    bytes[0] = static_cast<unsigned char>((bytes[0] & ~kept_bits) | (first & kept_bits));
    return write(text, bytes, row);
  }

  static std::string_view write(std::string_view before, const std::array<unsigned char, 8>& bytes,
                                const confiture::Row& row) {
    constexpr char digits[] = "0123456789abcdef";
    bool upper = false;
    for (const char c : before) upper = upper || common::is_upper(c);
    char* const text = row.allocate(before.size());
    std::size_t digit = 0;
    for (std::size_t index = 0; index < before.size(); ++index) {
      text[index] = before[index];
      if (hex_value(before[index]) < 0) continue;
      const unsigned half = digit % 2 == 0 ? bytes[digit / 2] >> 4 : bytes[digit / 2] & 15u;
      text[index] = upper ? common::to_upper(digits[half]) : digits[half];
      ++digit;
    }
    return {text, before.size()};
  }

  KeyedHash hash;
  std::unique_ptr<PrefixTree> tree;
};

}  // namespace

confiture::StrategyExtension mac_strategy() {
  return confiture::strategy<Mac>("net.mac", "Replace a MAC address, vendors kept together");
}

}  // namespace plugins::net
