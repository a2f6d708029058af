// SPDX-License-Identifier: MIT
#include <array>
#include <string>
#include <string_view>

#include "plugins/common/keyed_rows.hpp"
#include "plugins/core/strategies.hpp"
#include "plugins/text_column.hpp"

namespace core {
namespace {

enum class Encoding { hex, base32, base64 };

struct Hash {
  std::int64_t length = 32;
  Encoding encoding = Encoding::hex;
  static constexpr auto params = confiture::params(
      confiture::field("length", &Hash::length,
                       "Characters to keep: 4 bits each of hex, 5 of base32, 6 of base64",
                       "16..64"),
      confiture::field("encoding", &Hash::encoding,
                       "How the hash is written; base32 in lower case, base64 for URLs",
                       confiture::choices("hex", "base32", "base64")));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc =
      R"doc(Replaces a value by its keyed hash, in hexadecimal digits unless `encoding` says otherwise.

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
      token: { use: core.hash, with: { encoding: base64, length: 22 } }
```

16 hexadecimal digits are 64 bits: among a million distinct values two meet with a chance of 3 in
100,000,000. 22 characters of base64 or 26 of base32 are 128 bits and more.
The result is pseudonymous: whoever has the key and a guess can confirm it.
)doc";

  void prepare(confiture::Call& call) {
    const auto most = static_cast<std::int64_t>(256 / bits());
    if (length > most)
      throw confiture::BadConfig(
          "a hash has " + std::to_string(most) + " characters in this encoding", "lower 'length'");
    hash.derive(call, "core.hash/1");
  }
  std::size_t bits() const {
    return encoding == Encoding::hex ? 4 : encoding == Encoding::base32 ? 5 : 6;
  }

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
    constexpr std::string_view alphabets[] = {
        "0123456789abcdef", "abcdefghijklmnopqrstuvwxyz234567",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};
    const std::string_view alphabet = alphabets[static_cast<std::size_t>(encoding)];
    const auto size = static_cast<std::size_t>(length);
    char* text = call.allocate(size);
    std::uint32_t waiting = 0;  // bits that are not written yet
    std::size_t count = 0, next = 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (count < bits()) {
        waiting = waiting << 8 | bytes[next++];
        count += 8;
      }
      count -= bits();
      text[i] = alphabet[waiting >> count & (alphabet.size() - 1)];
    }
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
