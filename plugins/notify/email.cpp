// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cctype>
#include <ctime>
#include <string>
#include <vector>

#include "plugins/notify/actions.hpp"
#include "plugins/notify/delivery.hpp"
#include "plugins/notify/headline.hpp"
#include "plugins/notify/mail_text.hpp"

namespace notify {
namespace {

bool is_server(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view(".-:[]").find(c) != std::string_view::npos;
  });
}

struct Email {
  std::vector<std::string> to;
  std::string from, server, user, subject, ca_file;
  confiture::SecretName password;
  Tls tls = Tls::required;
  std::chrono::milliseconds timeout{15'000}, backoff{500};
  std::int64_t retries = 2;
  static constexpr auto params = confiture::params(
      confiture::field("to", &Email::to, "Who gets it: an address or a list of them", "3..254")
          .required(),
      confiture::field("from", &Email::from, "The sender's address", "3..254").required(),
      confiture::field("server", &Email::server, "The mail server, with its port unless that is 25",
                       "1..")
          .required(),
      confiture::field("tls", &Email::tls, "Whether the way to the server must be encrypted",
                       confiture::choices("required", "opportunistic", "off")),
      confiture::field("user", &Email::user, "The name to log in with"),
      confiture::field("password", &Email::password, "The secret that holds its password"),
      confiture::field("subject", &Email::subject, "In place of the one made of the event"),
      confiture::field("timeout", &Email::timeout, "For each try", "1..600000"),
      confiture::field("retries", &Email::retries, "Further tries after one that failed", "0..10"),
      confiture::field("backoff", &Email::backoff,
                       "Pause before the second try, doubled for each further one", "1..60000"),
      confiture::field("ca_file", &Email::ca_file,
                       "Certificates of the authorities to trust, in place of the system's"));
  static constexpr auto flags = to_the_world;
  static constexpr const char* doc = R"doc(Sends a mail through an SMTP server.

With `tls: required` the connection is encrypted by STARTTLS and the server's certificate is
verified, or nothing is sent. `opportunistic` encrypts where the server offers it, `off` never. A
login is sent with `tls: required` only. The subject is made of the event ("production: migration
0002_orders failed"), the text holds what else is known of it. A try that may have succeeded is
repeated with the same Message-ID. It is never sent from within a transaction, and not in a dry run.

```yaml
secrets:
  smtp: { file: /etc/confiture/smtp.password }
hooks:
  on_error:
    - action: notify.email
      with:
        server: "smtp.example.com:587"
        user: deploys
        password: smtp
        from: deploys@example.com
        to: [database-team@example.com, on-call@example.com]
```
)doc";

  void prepare(confiture::Call& call) const {
    for (const std::string& each : to)
      if (!is_address(each))
        throw confiture::BadConfig("'" + each + "' in `to` is not a mail address");
    if (!is_address(from)) throw confiture::BadConfig("`from` is not a mail address");
    if (!is_server(server))
      throw confiture::BadConfig("`server` is not a host, or a host and a port",
                                 "smtp.example.com:587");
    if (user.empty() == static_cast<bool>(password))
      throw confiture::BadConfig("give `user` and `password` together");
    if (password && tls != Tls::required)
      throw confiture::BadConfig("a password is sent with `tls: required` only");
    if (password) call.secret(password);
  }

  void run(const confiture::Event& event, confiture::Context& context) const {
    Mail mail;
    mail.server = server;
    mail.tls = tls;
    mail.user = user;
    if (password) mail.password = std::string(context.secret(password));
    mail.from = "<" + from + ">";
    for (const std::string& each : to) mail.to.push_back("<" + each + ">");
    mail.timeout = timeout;
    mail.ca_file = ca_file;
    std::string body = headline(event) + "\n\n";
    for (const auto& [fact, value] : facts(event, context)) body += fact + ": " + value + "\n";
    mail.text = mail_text({from, to, subject.empty() ? headline(event) : subject, body,
                           delivery_key(context), std::time(nullptr)});
    deliver("the mail server '" + server + "'", {retries, backoff}, context,
            [&] { return send(mail, context); });
  }
};

}  // namespace

confiture::ActionExtension email_action() {
  return confiture::action<Email>("notify.email", "Send a mail through an SMTP server",
                                  action_common::telling_phases);
}

}  // namespace notify
