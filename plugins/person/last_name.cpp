// SPDX-License-Identifier: MIT
#include "plugins/person/pseudonym.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

struct LastName : Pseudonym {
  static constexpr auto params = confiture::params(locale_field(), by_field());
  static constexpr const char* doc = R"doc(Replaces a family name by another, of a list.

With `by`, all strategies of this plugin that are given the same column make one person of the row:
the names, the user name and the address fit together, and so they do in other tables. Without it
the value alone decides. Equal inputs give equal results, in every run with the same key.

| before | after (depends on the key) |
|---|---|
| `Smith` | `Harrison` |
| `O'Neil` | `Matthews` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      last_name: { use: person.last_name, with: { by: id } }
```

The lists hold some 300 names, so many people get the same one: the column cannot stay unique.
With `by` the result may be the original, by chance. One that is too long for the column is cut.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    bind_text(columns, "person.last_name");
  }
  void apply(confiture::Batch& batch) const {
    choose(batch, "person.last_name", [](const Identity& made) { return made.last_name; });
  }
};

}  // namespace

confiture::StrategyExtension last_name_strategy() {
  return confiture::strategy<LastName>("person.last_name", "Replace a family name by another");
}

}  // namespace person
