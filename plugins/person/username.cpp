// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>

#include "plugins/person/pseudonym.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

constexpr std::size_t code_size = 13;  // characters of 5 bits

// Letters of a to z only: "Jérôme" gives "jerome", "Müller" gives "muller".
void append_plain(std::string& out, std::string_view name) {
  constexpr std::string_view plain =  // of U+00C0 to U+00FF
      "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty";
  for (std::size_t offset = 0; offset < name.size();) {
    const auto [code, size] = plugins::common::character_at(name, offset);
    offset += size;
    if (code < 0x80) {
      const char c = plugins::common::to_lower(static_cast<char>(code));
      if (plugins::common::is_lower(c)) out += c;
    } else if (code >= 0xc0 && code <= 0xff && plain[code - 0xc0] != '.') {
      out += plain[code - 0xc0];
    }
  }
}

struct Username : Pseudonym {
  static constexpr auto params = confiture::params(locale_field(), by_field(), gender_field());
  static constexpr auto flags = Pseudonym::flags | confiture::StrategyFlag::keeps_unique;
  static constexpr const char* doc = R"doc(Replaces a user name by another that nobody else has.

A made-up name and 13 characters of a code: 65 bits of keyed BLAKE2b, so that different user names
stay different. With `by`, the name is that of person.name with the same column; the code always
follows from the value.

| before | after (depends on the key) |
|---|---|
| `msmith` | `virginia.pratt.bmwtb3rrohfbr` |
| `admin` | `sharon.parker.qr4irl53peeon` |
| (empty) | a user name like any other |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.users:
      login: { use: person.username, with: { by: id } }
```

A column of fewer than 13 characters is refused; in a short one the name is cut, never the code. User
names that differ in upper and lower case are two.
)doc";

  void prepare(confiture::Call& call) {
    Pseudonym::prepare(call);
    codes.derive(call, "person.username/1");
  }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    bind_text(columns, "person.username");
    room = plugins::common::shortest_limit(columns);
    if (room != 0 && room < code_size)
      throw confiture::Unsupported("person.username needs columns of at least 13 characters",
                                   "widen the column, or use core.null");
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) {
    constexpr char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    const std::string_view before = plugins::common::unpadded(value);
    plugins::common::Draw drawn = draw(before, row, "person.username");
    const Identity made = identity(drawn, row);
    text.clear();
    append_plain(text, made.first_name);
    text += '.';
    append_plain(text, made.last_name);
    if (room != 0) text.resize(std::min(text.size(), room - std::min(room, code_size + 1)));
    if (!text.empty()) text += '.';
    const auto bytes = codes.operator()<16>(before);
    for (std::size_t index = 0; index < code_size; ++index) text += letters[bytes[index] % 32];
    return row.keep(text);
  }

  plugins::KeyedHash codes;
  std::string text;  // kept, so that it allocates once
  std::size_t room = 0;
};

}  // namespace

confiture::StrategyExtension username_strategy() {
  return confiture::strategy<Username>("person.username", "Replace a user name, kept unique");
}

}  // namespace person
