// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <string>

#include "plugins/notify/mail_text.hpp"
#include "tests/plugins/support/actions.hpp"
#include "tests/plugins/support/fake_server.hpp"

using namespace test;

namespace {

std::string outcome(const FakeServer& server, const std::string& more) {
  testing::Host host;
  host.secrets["smtp"] = "hunter2";
  return refusal([&] {
    testing::Action(
        host, subject("notify.email"),
        "{to: [ops@example.com, dba@example.com], from: deploys@example.com, server: \"" +
            server.address() + "\", backoff: 1ms, " + more + "}")
        .run(applied());
  });
}

// A delivered mail as the server logs it.
std::string delivered(bool tls, const std::string& login, const std::string& subject) {
  return std::string(R"({"tls": )") + (tls ? "true" : "false") + ", " + login +
         R"(, "to": ["<ops@example.com>", "<dba@example.com>"], "from": "<deploys@example.com>", )"
         R"("subject": ")" +
         subject +
         R"(", "text": "production: migration 0002_orders applied\n\nRisk: low\nDatabase: shop\n)"
         R"(Phase: post_execute\nDuration: 1.2 s\n", "headers": ["Date", "From", "To", "Subject", )"
         R"("Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type", )"
         R"("Content-Transfer-Encoding"]})";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(email)

BOOST_AUTO_TEST_CASE(a_mail_goes_through_starttls) {
  const FakeServer server("fake_smtp", "tls");
  const std::string trust = "ca_file: \"" + server.log().string() + ".pem\"";
  BOOST_TEST(outcome(server, trust + ", user: deploys, password: smtp") == "");
  BOOST_TEST(server.lines().at(0) == delivered(true, R"("user": "deploys", "password": "hunter2")",
                                               "production: migration 0002_orders applied"));
}

BOOST_AUTO_TEST_CASE(a_certificate_of_a_stranger_is_refused) {
  const FakeServer server("fake_smtp", "tls");
  BOOST_TEST(outcome(server, "user: deploys, password: smtp") ==
             "the mail server '" + server.address() +
                 "' refused it: SSL peer certificate or SSH remote key was not OK [name the "
                 "authority that signed its certificate in `ca_file`]");
}

BOOST_AUTO_TEST_CASE(without_starttls_nothing_is_sent) {
  const FakeServer server("fake_smtp", "plain");
  BOOST_TEST(outcome(server, "user: deploys, password: smtp") ==
             "the mail server '" + server.address() +
                 "' refused it: it does not offer STARTTLS, and the mail was not sent [set `tls: "
                 "opportunistic` only where the way to the server is trusted]");
  for (const std::string& line : server.lines()) {
    BOOST_TEST(line.find("AUTH") == std::string::npos);
    BOOST_TEST(line.find("MAIL") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(without_tls_where_that_is_asked_for) {
  const FakeServer server("fake_smtp", "plain");
  BOOST_TEST(outcome(server, "tls: opportunistic, subject: \"Größe: 5 €\"") == "");
  BOOST_TEST(outcome(server, "tls: off") == "");
  BOOST_TEST(server.lines().at(0) ==
             delivered(false, R"("user": null, "password": null)", R"(Gr\u00f6\u00dfe: 5 \u20ac)"));
}

BOOST_AUTO_TEST_CASE(a_busy_server_is_asked_again) {
  const FakeServer server("fake_smtp", "busy");
  BOOST_TEST(outcome(server, "tls: off") == "");
}

BOOST_AUTO_TEST_CASE(an_unknown_recipient_is_a_failure) {
  const FakeServer server("fake_smtp", "refuse");
  BOOST_TEST(outcome(server, "tls: off") ==
             "the mail server '" + server.address() +
                 "' refused it: failed sending data to the peer (it answered with 550)");
}

BOOST_AUTO_TEST_CASE(wrong_parameters_are_refused_before_it_runs) {
  testing::Host host;
  host.secrets["smtp"] = "x";
  const auto made = [&](const std::string& to, const std::string& more) {
    return refusal([&] {
      testing::Action(host, subject("notify.email"),
                      "{to: \"" + to + "\", from: a@b.example, server: host" + more + "}");
    });
  };
  BOOST_TEST(made("a@b.example", "") == "");
  BOOST_TEST(made("nobody", "") == "'nobody' in `to` is not a mail address");
  BOOST_TEST(made("a@b.example>, x", "") == "'a@b.example>, x' in `to` is not a mail address");
  BOOST_TEST(made("a@b.example", ", user: me") == "give `user` and `password` together");
  BOOST_TEST(made("a@b.example", ", user: me, password: smtp, tls: off") ==
             "a password is sent with `tls: required` only");
}

BOOST_AUTO_TEST_CASE(no_text_adds_a_header) {
  const std::string text = notify::mail_text(
      {"a@b.example", {"c@d.example"}, "x\r\nBcc: evil@example.com", "\r\n.\r\n", "key", 0});
  BOOST_TEST(text ==
             "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\nFrom: a@b.example\r\nTo: c@d.example\r\n"
             "Subject: =?UTF-8?B?eA0KQmNjOiBldmlsQGV4YW1wbGUuY29t?=\r\n"
             "Message-ID: <key@b.example>\r\nAuto-Submitted: auto-generated\r\n"
             "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
             "Content-Transfer-Encoding: base64\r\n\r\nDQouDQo=\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
