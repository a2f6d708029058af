// SPDX-License-Identifier: MIT
#include <array>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed_rows.hpp"
#include "plugins/core/strategies.hpp"
#include "plugins/text_column.hpp"

namespace core {
namespace {

struct Uuid {
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces every value by a UUID that follows from it.

122 bits of keyed BLAKE2b in the form of a random UUID (version 4): equal values give equal UUIDs, in
every table and every run with the same key, so that foreign keys meet; different values stay
different.

| before | after (depends on the key) |
|---|---|
| `a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11` | `15f8e1ba-1d6b-4230-8ae1-a69e405d73c1` |
| `any text` | `c78e5f95-d165-47a4-9afc-368542704a1c` |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.sessions:
      id: core.uuid
    public.events:
      session_id: core.uuid
```

Takes columns of type uuid, and text columns of 36 characters and more; there, an empty text gets a
UUID like any other. The time inside a UUID of version 1 or 7 is not kept.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "core.uuid/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    for (std::size_t index = 0; index < columns.target_count(); ++index)
      if (columns[index].type_name() != "uuid") plugins::require_text_columns(columns, 36);
    padded = columns[0].type_name() == "bpchar";
  }
  void apply(confiture::Batch& batch) const {
    plugins::common::rewrite_keyed<16>(
        batch, hash,
        [&](std::string_view value, std::size_t, std::string&) {
          return plugins::canonical(value, padded);
        },
        [&](std::string_view, std::size_t, const auto& bytes) { return uuid_of(bytes, batch); });
  }

  std::string_view uuid_of(const std::array<unsigned char, 16>& bytes,
                           const confiture::Call& call) const {
    constexpr std::string_view form = "xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx";
    constexpr char digits[] = "0123456789abcdef";
    char* const text = call.allocate(form.size());
    std::size_t half = 0;
    for (std::size_t index = 0; index < form.size(); ++index) {
      text[index] = form[index];
      if (form[index] == '-') continue;
      const unsigned drawn = half % 2 == 0 ? bytes[half / 2] >> 4 : bytes[half / 2] & 15u;
      if (form[index] == 'x') text[index] = digits[drawn];
      if (form[index] == 'v') text[index] = digits[8 | (drawn & 3)];
      ++half;
    }
    return {text, form.size()};
  }

  plugins::KeyedHash hash;
  bool padded = false;
};

}  // namespace

confiture::StrategyExtension uuid_strategy() {
  return confiture::strategy<Uuid>("core.uuid",
                                   "Replace every value by a UUID that follows from it");
}

}  // namespace core
