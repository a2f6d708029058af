// SPDX-License-Identifier: MIT
#include "plugins/person/pseudonym.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

struct FirstName : Pseudonym {
  static constexpr auto params = confiture::params(locale_field(), by_field(), gender_field());
  static constexpr const char* doc = R"doc(Replaces a first name by another, of a list.

With `by`, all strategies of this plugin that are given the same column make one person of the row:
the names, the user name and the address fit together, and so they do in other tables. Without it
the value alone decides. Equal inputs give equal results, in every run with the same key.

| before | after (depends on the key) |
|---|---|
| `Mary` | `Tyler` |
| `Jean-Luc` | `Evan` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      first_name: { use: person.first_name, with: { by: id, gender: sex } }
```

A woman's name or a man's follows from the column named by `gender`, if there is one, and else
from the key.
With `by` the result may be the original, by chance. One that is too long for the column is cut.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    bind_text(columns, "person.first_name");
  }
  void apply(confiture::Batch& batch) const {
    choose(batch, "person.first_name", [](const Identity& made) { return made.first_name; });
  }
};

}  // namespace

confiture::StrategyExtension first_name_strategy() {
  return confiture::strategy<FirstName>("person.first_name", "Replace a first name by another");
}

}  // namespace person
