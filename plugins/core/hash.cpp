// SPDX-License-Identifier: MIT
#include <array>
#include <string>
#include <string_view>

#include "plugins/common/keyed_rows.hpp"
#include "plugins/core/strategies.hpp"
#include "plugins/text_column.hpp"

namespace core {
namespace {

struct Hash {
  std::int64_t length = 32;
  static constexpr auto params = confiture::params(confiture::field(
      "length", &Hash::length, "Hexadecimal digits to keep, 4 bits each", "16..64"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc =
      R"doc(Replaces a value by its keyed hash, in hexadecimal digits.

Keyed BLAKE2b under a key that follows from the project key: equal values give equal hashes, in
every table and every run, so that rows still join; without the key nobody can try values out.

| before | after (length: 16, depends on the key) |
|---|---|
| `acct-20817` | `9b6f3c0d5e1a7742` |
| (empty) | a hash like any other |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.accounts:
      external_id: { use: core.hash, with: { length: 16 } }
```

16 digits are 64 bits: among a million distinct values two meet with a chance of 3 in 100,000,000.
The result is pseudonymous: whoever has the key and a guess can confirm it.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "core.hash/1"); }

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    plugins::require_text_columns(columns, length);
    padded = columns[0].type_name() == "bpchar";
  }

  void apply(confiture::Batch& batch) const {
    plugins::common::rewrite_keyed<32>(
        batch, hash,
        [&](std::string_view value, std::size_t, std::string&) {
          return plugins::canonical(value, padded);
        },
        [&](std::string_view, std::size_t, const auto& bytes) { return digits_of(bytes, batch); });
  }

  std::string_view digits_of(const std::array<unsigned char, 32>& bytes,
                             const confiture::Call& call) const {
    constexpr char digits[] = "0123456789abcdef";
    const auto size = static_cast<std::size_t>(length);
    char* text = call.allocate(size);
    for (std::size_t i = 0; i < size; ++i)
      text[i] = digits[i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2] & 15];
    return {text, size};
  }

  plugins::KeyedHash hash;
  bool padded = false;
};

}  // namespace

confiture::StrategyExtension hash_strategy() {
  return confiture::strategy<Hash>("core.hash", "Replace a value by its keyed hash");
}

}  // namespace core
