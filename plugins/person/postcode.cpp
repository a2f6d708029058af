// SPDX-License-Identifier: MIT
#include "plugins/person/pseudonym.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

struct Postcode : Pseudonym {
  static constexpr auto params = confiture::params(locale_field(), by_field());
  static constexpr const char* doc = R"doc(Replaces a postcode by that of another city, of a list.

With `by`, all strategies of this plugin that are given the same column make one person of the row:
the names, the user name and the address fit together, and so they do in other tables. Without it
the value alone decides. Equal inputs give equal results, in every run with the same key.

| before | after (depends on the key) |
|---|---|
| `75011` | `WR1 1AA` |
| `SW1A 1AA` | `EX1 1AA` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      postcode: { use: person.postcode, with: { by: customer_id } }
```

The postcode is that of the city which person.city gives with the same `by`, in the form of the
locale's country. privacy.generalize keeps the region instead.
With `by` the result may be the original, by chance. One that is too long for the column is cut.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    bind_text(columns, "person.postcode");
  }
  void apply(confiture::Batch& batch) const {
    choose(batch, "person.postcode", [](const Identity& made) { return made.city.postcode; });
  }
};

}  // namespace

confiture::StrategyExtension postcode_strategy() {
  return confiture::strategy<Postcode>("person.postcode",
                                       "Replace a postcode by that of another city");
}

}  // namespace person
