// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "plugins/person/pseudonym.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

struct Gender : Pseudonym {
  std::vector<std::string> values = {"female", "male"};
  static constexpr auto params = confiture::params(
      by_field(), confiture::field("values", &Gender::values,
                                   "How the column writes female and male, in this order"));
  static constexpr const char* doc =
      R"doc(Replaces a gender by that of the person whom the other strategies make up.

`by` is required: it names the column that person.first_name and person.name are given too, so that
name and gender fit together. What was there before has no influence, so nothing can be concluded
from the result.

| before | after (by: id, of one id; depends on the key) |
|---|---|
| `male` | `male` |
| `female` | `male` |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      first_name: { use: person.first_name, with: { by: id } }
      sex: { use: person.gender, with: { by: id, values: [F, M] } }
```

Every value but NULL is replaced, the empty one too, and each of the two comes half of the time: by
chance half of the rows stay what they were, and the shares of the original are lost. Rows whose
`by` is NULL are made up from their value. The column may have any type that takes both words, such
as an enum.
)doc";

  void prepare(confiture::Call& call) {
    if (!by)
      throw confiture::BadConfig("person.gender needs 'by'",
                                 "name the column that says whose gender it is, such as the key");
    if (values.size() != 2)
      throw confiture::BadConfig("'values' needs two texts, for female and male",
                                 "write `values: [F, M]`");
    Pseudonym::prepare(call);
  }
  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    plugins::common::Draw drawn = draw(value, row, "person.gender");
    return row.keep(identity(drawn, row).female ? values[0] : values[1]);
  }
};

}  // namespace

confiture::StrategyExtension gender_strategy() {
  return confiture::strategy<Gender>("person.gender", "Replace a gender by that of the new name");
}

}  // namespace person
