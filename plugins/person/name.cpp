// SPDX-License-Identifier: MIT
#include <algorithm>

#include "plugins/person/pseudonym.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

enum class Form { first_last, last_first };

struct Name : Pseudonym {
  Form form = Form::first_last;
  static constexpr auto params =
      confiture::params(locale_field(), by_field(), gender_field(),
                        confiture::field("form", &Name::form, "'Ada Lovelace' or 'Lovelace, Ada'",
                                         confiture::choices("first_last", "last_first")));
  static constexpr const char* doc = R"doc(Replaces a full name by another, put together from lists.

With `by`, all strategies of this plugin that are given the same column make one person of the row:
person.first_name and person.last_name give the parts of this name, here and in other tables.
Without it the value alone decides. Equal inputs give equal results, in every run with the same key.

| before | after (depends on the key) |
|---|---|
| `Mary Smith` | `Emily Duncan` |
| `Dr. Jean-Luc Picard` | `Ryan Perry` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      name: { use: person.name, with: { locale: fr, by: id } }
    public.orders:
      ship_to: { use: person.name, with: { locale: fr, by: customer_id } }
```

A language has some 60,000 pairs of names each for women and men, so two people may get one name:
the column cannot stay unique. With `by` the result may be the original, by chance. One that is too
long for the column is cut.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    bind_text(columns, "person.name");
  }
  void apply(confiture::Batch& batch) const {
    choose(batch, "person.name", [&](const Identity& made) {
      const bool last_first = form == Form::last_first;
      const std::string_view left = last_first ? made.last_name : made.first_name;
      const std::string_view between = last_first ? ", " : " ";
      const std::string_view right = last_first ? made.first_name : made.last_name;
      const std::size_t size = left.size() + between.size() + right.size();
      char* const begin = batch.allocate(size);
      char* end = begin;
      for (const std::string_view part : {left, between, right})
        end = std::copy(part.begin(), part.end(), end);
      return std::string_view(begin, size);
    });
  }
};

}  // namespace

confiture::StrategyExtension name_strategy() {
  return confiture::strategy<Name>("person.name", "Replace a full name by another");
}

}  // namespace person
