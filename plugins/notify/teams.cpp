// SPDX-License-Identifier: MIT
#include <string>

#include "plugins/action_common/json.hpp"
#include "plugins/notify/chat.hpp"
#include "plugins/notify/headline.hpp"

namespace notify {
namespace {

using action_common::JsonList;
using action_common::JsonObject;

struct Teams {
  static constexpr const char* name = "Teams";
  static constexpr const char* doc = R"doc(Writes a message to a Microsoft Teams channel.

`url` is the secret that holds the URL of a workflow "When a Teams webhook request is received". The
message is an adaptive card: a headline, and the facts below it. `text` goes before the headline.
Tries, time limits and transactions are as with `notify.webhook`.

```yaml
secrets:
  teams: { env: TEAMS_WORKFLOW_URL }
hooks:
  post_complete:
    - action: notify.teams
      with: { url: teams }
      environments: [production]
      on_error: warn
```
)doc";

  static std::string payload(const confiture::Event& event, const confiture::Context& context,
                             const std::string& text) {
    JsonList listed;
    for (const auto& [fact, value] : facts(event, context))
      listed.add_raw(JsonObject().add("title", fact).add("value", value).text());
    const JsonObject title = JsonObject()
                                 .add("type", "TextBlock")
                                 .add("text", (text.empty() ? "" : text + " ") + headline(event))
                                 .add("weight", "Bolder")
                                 .add_raw("wrap", "true");
    const JsonObject set = JsonObject().add("type", "FactSet").add_raw("facts", listed.text());
    const JsonObject card =
        JsonObject()
            .add("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .add("type", "AdaptiveCard")
            .add("version", "1.4")
            .add_raw("body", JsonList().add_raw(title.text()).add_raw(set.text()).text());
    const JsonObject attachment = JsonObject()
                                      .add("contentType", "application/vnd.microsoft.card.adaptive")
                                      .add_raw("contentUrl", "null")
                                      .add_raw("content", card.text());
    return JsonObject()
        .add("type", "message")
        .add_raw("attachments", JsonList().add_raw(attachment.text()).text())
        .text();
  }
};

}  // namespace

confiture::ActionExtension teams_action() {
  return confiture::action<Chat<Teams>>("notify.teams", "Write a message to a Teams channel",
                                        action_common::telling_phases);
}

}  // namespace notify
