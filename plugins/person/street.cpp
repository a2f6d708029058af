// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>

#include "plugins/person/pseudonym.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

struct Street : Pseudonym {
  static constexpr auto params = confiture::params(locale_field(), by_field());
  static constexpr const char* doc = R"doc(Replaces a street and house number by others, of a list.

With `by`, all strategies of this plugin that are given the same column make one person of the row,
who has one address, here and in other tables. Without it the value alone decides. Equal inputs give
equal results, in every run with the same key.

| before | after (depends on the key) |
|---|---|
| `47 MySakila Drive` | `18 Maple Drive` |
| `Platz der Republik 1` | `6 Laurel Way` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      street: { use: person.street, with: { locale: de, by: id } }
```

The number comes first in English and French, last in German. With `by` the result may be the
original, by chance. One that is too long for the column is cut.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    bind_text(columns, "person.street");
  }
  void apply(confiture::Batch& batch) const {
    choose(batch, "person.street", [&](const Identity& made) {
      std::array<char, 10> digits;
      const auto written =
          std::to_chars(digits.data(), digits.data() + digits.size(), made.house_number);
      const std::string_view number(digits.data(),
                                    static_cast<std::size_t>(written.ptr - digits.data()));
      const bool number_first = locale != Language::de;
      const std::string_view left = number_first ? number : made.street;
      const std::string_view right = number_first ? made.street : number;
      const std::size_t size = left.size() + 1 + right.size();
      char* const begin = batch.allocate(size);
      char* const middle = std::copy(left.begin(), left.end(), begin);
      *middle = ' ';
      std::copy(right.begin(), right.end(), middle + 1);
      return std::string_view(begin, size);
    });
  }
};

}  // namespace

confiture::StrategyExtension street_strategy() {
  return confiture::strategy<Street>("person.street", "Replace a street and house number");
}

}  // namespace person
