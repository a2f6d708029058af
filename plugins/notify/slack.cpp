// SPDX-License-Identifier: MIT
#include <string>
#include <string_view>

#include "plugins/action_common/json.hpp"
#include "plugins/notify/chat.hpp"
#include "plugins/notify/headline.hpp"

namespace notify {
namespace {

// Slack reads &, < and > as its own.
std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

struct Slack {
  static constexpr const char* name = "Slack";
  static constexpr const char* doc = R"doc(Writes a message to a Slack channel.

`url` is the secret that holds an incoming webhook's URL, made in Slack for one channel. `text` goes
before the message as it is, so `<!here>` mentions those who are there. Tries, time limits and
transactions are as with `notify.webhook`.

```yaml
secrets:
  slack: { env: SLACK_WEBHOOK_URL }
hooks:
  on_error:
    - action: notify.slack
      with: { url: slack, text: "<!here>" }
```

> <!here> *production: migration 0002_orders failed*
> Error: canceling statement due to lock timeout
> Database: shop
> Phase: on_error
)doc";

  static std::string payload(const confiture::Event& event, const confiture::Context& context,
                             const std::string& text) {
    std::string message = text + (text.empty() ? "*" : " *") + escape(headline(event)) + "*";
    for (const auto& [fact, value] : facts(event, context))
      message += "\n" + fact + ": " + escape(value);
    return action_common::JsonObject().add("text", message).text();
  }
};

}  // namespace

confiture::ActionExtension slack_action() {
  return confiture::action<Chat<Slack>>("notify.slack", "Write a message to a Slack channel",
                                        action_common::telling_phases);
}

}  // namespace notify
