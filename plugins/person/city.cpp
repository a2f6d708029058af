// SPDX-License-Identifier: MIT
#include "plugins/person/pseudonym.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

struct CityName : Pseudonym {
  static constexpr auto params = confiture::params(locale_field(), by_field());
  static constexpr const char* doc = R"doc(Replaces a city by another, of a list.

With `by`, all strategies of this plugin that are given the same column make one person of the row:
the names, the user name and the address fit together, and so they do in other tables. Without it
the value alone decides. Equal inputs give equal results, in every run with the same key.

| before | after (depends on the key) |
|---|---|
| `Springfield` | `Sheffield` |
| `Lyon` | `Worcester` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      city: { use: person.city, with: { by: customer_id } }
```

The lists hold 47 to 74 cities. With the same `by`, person.postcode gives the postcode of this city.
With `by` the result may be the original, by chance. One that is too long for the column is cut.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    bind_text(columns, "person.city");
  }
  void apply(confiture::Batch& batch) const {
    choose(batch, "person.city", [](const Identity& made) { return made.city.name; });
  }
};

}  // namespace

confiture::StrategyExtension city_strategy() {
  return confiture::strategy<CityName>("person.city", "Replace a city by another");
}

}  // namespace person
