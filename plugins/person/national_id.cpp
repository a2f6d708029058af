// SPDX-License-Identifier: MIT
#include "plugins/person/national_id_formats.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

bool is_symbol(char c) {
  return plugins::common::is_digit(c) || plugins::common::is_letter(c);
}

struct NationalId {
  IdFormat format = IdFormat::us_ssn;
  static constexpr auto params =
      confiture::params(confiture::field("format", &NationalId::format, "Whose number it is",
                                         confiture::choices("us_ssn", "fr_nir", "de_tax_id",
                                                            "uk_nino", "es_dni", "ch_ahv"))
                            .required());
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc =
      R"doc(Replaces a national identity or tax number by another valid one.

| format | number | check |
|---|---|---|
| us_ssn | US social security number | no forbidden group |
| fr_nir | French NIR (social security) | key modulo 97 |
| de_tax_id | German Steuer-Identifikationsnummer | one digit twice, ISO 7064 MOD 11,10 |
| uk_nino | British national insurance number | letters in use |
| es_dni | Spanish DNI | letter modulo 23 |
| ch_ahv | Swiss AHV/AVS number | EAN-13 |

A value of the right length keeps its punctuation; any other becomes a number as it is usually
written. The same number becomes the same new one, however it is punctuated.

| before | after (format: us_ssn, depends on the key) |
|---|---|
| `078-05-1120` | `870-45-7308` |
| `078051120` | `870457308` |
| `unknown` | `398-84-0146` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.employees:
      ssn: { use: person.national_id, with: { format: us_ssn } }
```

The new number may belong to somebody, as every valid number may. Two may become one: a unique column
needs fpe.digits. A column too short for the number is refused. HIPAA's Safe Harbor counts a code
derived from the number as the number: use core.null there.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "person.national_id/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    plugins::common::require_types(columns, "person.national_id", plugins::common::text_types);
    const std::string_view form = usual_form(format);
    const std::size_t room = plugins::common::shortest_limit(columns);
    compact = room != 0 && room < form.size();
    const auto symbols = static_cast<std::size_t>(std::count(form.begin(), form.end(), '#'));
    if (room != 0 && room < symbols)
      throw confiture::Unsupported("the column is too short for this national number",
                                   "check 'format', or use core.null");
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    const std::string_view before = plugins::common::unpadded(value);
    if (before.empty()) return value;
    std::array<char, 64> symbols;
    std::size_t count = 0;
    for (const char c : before)
      if (is_symbol(c) && count < symbols.size()) symbols[count++] = plugins::common::to_upper(c);
    const std::string_view number(symbols.data(), count);
    plugins::common::Draw draw(hash, count == 0 ? before : number);

    std::array<char, longest_id> made;
    std::size_t size = write_id(format, draw, made.data());
    while (number == std::string_view(made.data(), size))
      size = write_id(format, draw, made.data());
    if (size == count) return fill(before, made.data(), is_symbol, row);
    if (compact) return row.keep({made.data(), size});
    return fill(
        usual_form(format), made.data(), [](char c) { return c == '#'; }, row);
  }

  // The form with its places taken by the number's symbols.
  template <typename IsPlace>
  static std::string_view fill(std::string_view form, const char* symbols, IsPlace is_place,
                               const confiture::Row& row) {
    char* const out = row.allocate(form.size());
    for (std::size_t index = 0; index < form.size(); ++index)
      out[index] = is_place(form[index]) ? *symbols++ : form[index];
    return {out, form.size()};
  }

  plugins::KeyedHash hash;
  bool compact = false;  // the column has no room for punctuation
};

}  // namespace

confiture::StrategyExtension national_id_strategy() {
  return confiture::strategy<NationalId>("person.national_id",
                                         "Replace a national number by another valid one");
}

}  // namespace person
