// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed_rows.hpp"
#include "plugins/common/scramble.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/finance/iban_registry.hpp"
#include "plugins/finance/strategies.hpp"

namespace plugins::finance {
namespace {

constexpr std::size_t most_characters = 34;

struct Iban {
  std::int64_t keep_bank = 0;
  static constexpr auto params = confiture::params(confiture::field(
      "keep_bank", &Iban::keep_bank,
      "Characters after the check digits that stay: 8 keep a German bank, 4 a Dutch one", "0..10"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces an IBAN by another of the same country.

The new one has the country's length and structure, digits where digits were, letters where letters
were, and check digits that hold (modulo 97). Blanks stay where they are; letters become upper case.
`keep_bank` leaves the beginning of the national part readable.

| before | after (depends on the key) |
|---|---|
| `DE89 3704 0044 0532 0130 00` | `DE37 7730 7538 3399 6033 63` |
| `GB82WEST12345698765432` | `GB93TVUV30284739827312` |
| `FR1420041010050500013M02606` | `FR5355726638342223550G11907` |
| `DE89 3704` | `BF80 6054` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.mandates:
      iban: finance.iban
```

A value that is not built as an IBAN of its country has its letters and digits replaced. Check
digits inside the national part (of France, Italy, Spain and others) are not computed.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "finance.iban/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "finance.iban", common::text_types);
  }

  // The characters alone decide, however they are grouped.
  void apply(confiture::Batch& batch) const {
    common::rewrite_keyed<common::Draw::block_size>(
        batch, hash,
        [](std::string_view value, std::size_t, std::string& room) {
          const std::string_view text = common::unpadded(value);
          std::array<char, most_characters> letters;
          const std::size_t size = read(text, letters);
          if (size == 0) return text;
          room.assign(letters.data(), size);
          return std::string_view(room);
        },
        [&](std::string_view value, std::size_t, const common::Draw::Block& block) {
          return account(common::unpadded(value), common::Draw(hash, block), batch);
        });
  }

  std::string_view account(std::string_view text, common::Draw draw,
                           const confiture::Call& call) const {
    std::array<char, most_characters> letters;
    const std::size_t size = read(text, letters);
    if (size == 0) return common::scramble(text, draw, call);
    replace(letters, size, draw);
    char* const out = call.allocate(text.size());
    const char* letter = letters.data();
    for (std::size_t index = 0; index < text.size(); ++index)
      out[index] = text[index] == ' ' ? ' ' : *letter++;
    return {out, text.size()};
  }

  // The characters in upper case and without blanks, or 0 if they are no IBAN. Its check digits
  // need not hold: one that was mistyped is replaced all the same.
  static std::size_t read(std::string_view text, std::array<char, most_characters>& letters) {
    std::size_t size = 0;
    for (const char c : text) {
      if (c == ' ') continue;
      if (size == most_characters) return 0;
      letters[size++] = common::to_upper(c);
    }
    if (size < 5) return 0;
    const IbanCountry* country = find_iban_country({letters.data(), 2});
    const bool checked = common::is_digit(letters[2]) && common::is_digit(letters[3]);
    if (country == nullptr || !checked) return 0;
    return has_structure({letters.data() + 4, size - 4}, country->structure) ? size : 0;
  }

  void replace(std::array<char, most_characters>& letters, std::size_t size,
               common::Draw& draw) const {
    const auto before = letters;
    const auto begin = static_cast<std::size_t>(4 + keep_bank);
    do {
      for (std::size_t index = begin; index < size; ++index)
        letters[index] = common::is_digit(letters[index]) ? draw.digit() : draw.upper();
    } while (std::equal(letters.begin(), letters.begin() + size, before.begin()));
    const unsigned check =
        98 - iban_remainder({letters.data() + 4, size - 4}, {letters.data(), 2}, "00");
    letters[2] = static_cast<char>('0' + check / 10);
    letters[3] = static_cast<char>('0' + check % 10);
  }

  KeyedHash hash;
};

}  // namespace

confiture::StrategyExtension iban_strategy() {
  return confiture::strategy<Iban>("finance.iban", "Replace an IBAN by another of its country");
}

}  // namespace plugins::finance
