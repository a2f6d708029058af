// SPDX-License-Identifier: MIT
#include <ctime>
#include <string>
#include <vector>

#include "plugins/action_common/event_json.hpp"
#include "plugins/notify/actions.hpp"
#include "plugins/notify/delivery.hpp"
#include "plugins/notify/signature.hpp"

namespace notify {
namespace {

struct Webhook {
  std::string url, ca_file;
  confiture::SecretName url_secret, secret, token;
  bool sql = false;
  std::chrono::milliseconds timeout{10'000}, backoff{500};
  std::int64_t retries = 3;
  static constexpr auto params = confiture::params(
      confiture::field("url", &Webhook::url, "Where to POST to, http or https"),
      confiture::field("url_secret", &Webhook::url_secret,
                       "The secret that holds the URL, in place of `url`"),
      confiture::field("secret", &Webhook::secret, "The secret that the body is signed with"),
      confiture::field("token", &Webhook::token,
                       "The secret that is sent as `Authorization: Bearer`"),
      confiture::field("sql", &Webhook::sql, "Send the migration's SQL too"),
      confiture::field("timeout", &Webhook::timeout, "For each try", "1..600000"),
      confiture::field("retries", &Webhook::retries, "Further tries after one that failed",
                       "0..10"),
      confiture::field("backoff", &Webhook::backoff,
                       "Pause before the second try, doubled for each further one", "1..60000"),
      confiture::field("ca_file", &Webhook::ca_file,
                       "Certificates of the authorities to trust, in place of the system's"));
  static constexpr auto flags = to_the_world;
  static constexpr const char* doc = R"doc(Sends the event as JSON to a web address.

The body is `{"phase", "environment", "database", "status", "direction", "error", "dry_run",
"duration_ms", "row_count", "metadata": {...}, "migration": {"version", "name", "checksum", "risk", "summary",
"author"}, "plan": [...]}`, and with `sql: true` the migration's `"sql"` as well.

| header | holds |
|---|---|
| `Idempotency-Key` | 32 hexadecimal digits, the same in every try, also of a later run of confiture, so that the receiver can drop a second one |
| `X-Confiture-Signature` | with a `secret`: `t=SECONDS,v1=HEX`, where HEX is the HMAC-SHA256 of `SECONDS.BODY` |
| `Authorization` | with a `token`: `Bearer TOKEN` |

To verify, compute the HMAC over the seconds, a point and the body as it came, compare in constant
time, and refuse seconds that lie more than some minutes back.

No connection, no answer in time, and the statuses 408, 429 and 5xx are tried again; any other
status that is not 2xx is a failure at once. A redirect is not followed. It is never sent from
within a transaction: bound to `post_execute` it is sent after the commit. It is not sent in a dry
run. Secrets, and what else a URL may hold, are never shown: messages name the host alone.

```yaml
secrets:
  deploys: { env: DEPLOYS_WEBHOOK_SECRET }
hooks:
  post_complete:
    - action: notify.webhook
      name: tell the deploy board
      with: { url: "https://deploys.example/confiture", secret: deploys }
      on_error: warn
```
)doc";

  // Secrets that are not there are found before anything is run.
  void prepare(confiture::Call& call) const {
    if (url.empty() == !url_secret) throw confiture::BadConfig("give either `url` or `url_secret`");
    origin_of(address(call), url.empty() ? "url_secret" : "url");
    if (secret) call.secret(secret);
    if (token)
      for (const char c : call.secret(token))
        if (c < ' ' || c > '~')
          throw confiture::BadConfig("the secret of `token` holds what a header cannot");
  }

  void run(const confiture::Event& event, confiture::Context& context) const {
    using action_common::Detail;
    HttpRequest request;
    request.url = address(context);
    request.body = action_common::event_json(event, context, sql ? Detail::whole : Detail::brief);
    request.timeout = timeout;
    request.ca_file = ca_file;
    std::vector<std::string> headers{"Content-Type: application/json",
                                     "Idempotency-Key: " + delivery_key(context)};
    if (token) headers.push_back("Authorization: Bearer " + std::string(context.secret(token)));
    const std::string_view key = secret ? context.secret(secret) : std::string_view();
    deliver("the webhook at " + origin_of(request.url, "url"), {retries, backoff}, context, [&] {
      request.headers = headers;
      if (secret)
        request.headers.push_back("X-Confiture-Signature: " +
                                  sign(key, request.body, std::time(nullptr)));
      return post(request, context);
    });
  }

 private:
  std::string address(const confiture::Call& call) const {
    return url.empty() ? std::string(call.secret(url_secret)) : url;
  }
};

}  // namespace

confiture::ActionExtension webhook_action() {
  return confiture::action<Webhook>("notify.webhook", "Send the event as signed JSON",
                                    action_common::telling_phases);
}

}  // namespace notify
