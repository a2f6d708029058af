// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include "plugins/action_common/event_json.hpp"
#include "plugins/action_common/json.hpp"
#include "plugins/notify/actions.hpp"

namespace notify {
namespace {

constexpr std::size_t longest_error = 2000;  // a payload has less than 8000 bytes

// At most so many bytes, and no half character at the end.
std::string_view clip(std::string_view text) {
  if (text.size() <= longest_error) return text;
  std::size_t end = longest_error;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

std::string payload(const confiture::Event& event) {
  const confiture::Node migration = event.migration();
  action_common::JsonObject json;
  json.add("phase", action_common::phase_name(event.phase()))
      .add("environment", event.environment())
      .add("status", event.status())
      .add("direction", event.direction())
      .add("error", clip(event.error()))
      .add_raw("duration_ms", std::to_string(event.duration().count() / 1000))
      .add_raw("migrations", std::to_string(event.plan().children().size()));
  if (migration)
    json.add("version", migration.version())
        .add("name", migration.name())
        .add("checksum", migration.checksum());
  return json.text();
}

struct Postgres {
  std::string channel = "confiture";
  static constexpr auto params = confiture::params(confiture::field(
      "channel", &Postgres::channel, "The channel, as the catalog spells it", "1..63"));
  static constexpr auto flags = confiture::ActionFlag::writes;
  static constexpr const char* doc = R"doc(Tells those who LISTEN on a channel of the database.

The payload is JSON: `{"phase", "environment", "status", "direction", "error", "duration_ms",
"migrations"}` and, for one migration, `"version", "name", "checksum"`. Bound to `post_execute` it
takes part in the migration's transaction: listeners hear of it when that commits, and never of what
was rolled back. Not in a dry run.

```yaml
hooks:
  post_execute:
    - action: notify.postgres
      with: { channel: schema_changes }
```

Listen with `LISTEN schema_changes`; an application that caches what the schema looks like can then
drop its cache.
)doc";

  void run(const confiture::Event& event, confiture::Context& context) const {
    context.query("SELECT pg_catalog.pg_notify($1, $2)", {channel, payload(event)});
  }
};

}  // namespace

confiture::ActionExtension postgres_action() {
  return confiture::action<Postgres>("notify.postgres", "Tell those who LISTEN on a channel",
                                     action_common::any_phase);
}

}  // namespace notify
