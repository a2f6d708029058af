// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <string>

#include "plugins/notify/signature.hpp"
#include "tests/plugins/support/actions.hpp"
#include "tests/plugins/support/fake_server.hpp"

using namespace test;

namespace {

constexpr const char* brief_body =
    R"({"phase": "post_execute", "environment": "production", "database": "shop", "status": "applied", )"
    R"("direction": "up", "error": "", "dry_run": false, "duration_ms": 1250, "row_count": 0, "metadata": {}, )"
    R"("migration": {"version": "0002", "name": "orders", "checksum": "c0ffee", "risk": "low", )"
    R"("summary": "", "author": ""}, "plan": [{"version": "0002", "name": "orders", )"
    R"("checksum": "c0ffee", "risk": "low"}]}})";

// What the webhook at `path` says after a run with these further parameters.
std::string outcome(const FakeServer& server, const std::string& path,
                    const std::string& more = "") {
  testing::Host host;
  return refusal([&] {
    testing::Action hook(
        host, subject("notify.webhook"),
        "{url: \"http://" + server.address() + path + "\", backoff: 1ms" + more + "}");
    hook.run(applied());
  });
}

std::string origin(const FakeServer& server) {
  return "the webhook at http://" + server.address();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(webhook)

// Computed with: printf '1700000000.{}' | openssl dgst -sha256 -hmac secret
BOOST_AUTO_TEST_CASE(the_signature_is_an_hmac) {
  BOOST_TEST(notify::sign("secret", "{}", 1700000000) ==
             "t=1700000000,v1=b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163");
}

BOOST_AUTO_TEST_CASE(the_event_arrives_signed) {
  const FakeServer server("fake_http", "s3cret");
  testing::Host host;
  host.secrets = {{"key", "s3cret"}, {"bearer", "t0ken"}};
  testing::Action hook(host, subject("notify.webhook"),
                       "{url: \"http://" + server.address() + "/ok\", secret: key, token: bearer}");
  hook.run(applied());
  const auto lines = server.lines();
  BOOST_REQUIRE(lines.size() == 1u);
  const std::string key = member(lines[0], "key");
  BOOST_TEST(key.size() == 32u);
  BOOST_TEST(lines[0] ==
             R"({"method": "POST", "path": "/ok", "key": ")" + key +
                 R"(", "authorization": "Bearer t0ken", "signature": "valid", "body": )" +
                 brief_body);
  hook.run(applied());
  BOOST_TEST(member(server.lines().at(1), "key") != key, "each delivery has a key of its own");
}

BOOST_AUTO_TEST_CASE(another_key_does_not_verify) {
  const FakeServer server("fake_http", "s3cret");
  testing::Host host;
  host.secrets["key"] = "another";
  testing::Action(host, subject("notify.webhook"),
                  "{url: \"http://" + server.address() + "/ok\", secret: key}")
      .run(applied());
  BOOST_TEST(member(server.lines().at(0), "signature") == "wrong");
}

BOOST_AUTO_TEST_CASE(sql_is_sent_when_asked_for) {
  const FakeServer server("fake_http");
  BOOST_TEST(outcome(server, "/created") == "");
  BOOST_TEST(outcome(server, "/created", ", sql: true") == "");
  BOOST_TEST(member(server.lines().at(0), "sql") == "");
  BOOST_TEST(member(server.lines().at(1), "sql") == "SELECT 'secret row'");
}

BOOST_AUTO_TEST_CASE(a_failed_try_is_repeated_with_the_same_key) {
  const FakeServer server("fake_http");
  BOOST_TEST(outcome(server, "/flaky") == "");
  const auto lines = server.lines();
  BOOST_REQUIRE(lines.size() == 2u);
  BOOST_TEST(member(lines[0], "key").size() == 32u);
  BOOST_TEST(member(lines[0], "key") == member(lines[1], "key"));
}

BOOST_AUTO_TEST_CASE(tries_end) {
  const FakeServer server("fake_http");
  BOOST_TEST(outcome(server, "/status/503", ", retries: 2") ==
             origin(server) + " could not be reached in 3 tries: it answered with status 503");
  BOOST_TEST(server.lines().size() == 3u);
  BOOST_TEST(outcome(server, "/status/429", ", retries: 0") ==
             origin(server) + " could not be reached: it answered with status 429");
  BOOST_TEST(outcome(server, "/status/404") ==
             origin(server) + " refused it: it answered with status 404");
  BOOST_TEST(server.lines().size() == 5u);
}

BOOST_AUTO_TEST_CASE(a_redirect_is_not_followed) {
  const FakeServer server("fake_http");
  BOOST_TEST(outcome(server, "/moved") ==
             origin(server) +
                 " refused it: it answered with status 307, a redirect, which is not "
                 "followed [give the URL that it redirects to]");
  BOOST_TEST(server.lines().size() == 1u);
}

BOOST_AUTO_TEST_CASE(silence_is_a_failure) {
  const FakeServer server("fake_http");
  BOOST_TEST(outcome(server, "/silent", ", timeout: 100ms, retries: 1") ==
             origin(server) + " could not be reached in 2 tries: timeout was reached");
  BOOST_TEST(server.lines().size() == 2u);
}

BOOST_AUTO_TEST_CASE(nobody_there_is_a_failure_that_shows_no_credentials) {
  std::string address;
  { address = FakeServer("fake_http").address(); }
  testing::Host host;
  host.secrets["hook"] = "http://ada:hunter2@" + address + "/T0P/SECRET?token=x";
  const auto run = [&] {
    testing::Action(host, subject("notify.webhook"), "{url_secret: hook, retries: 1, backoff: 1ms}")
        .run(applied());
  };
  BOOST_TEST(refusal(run) == "the webhook at http://" + address +
                                 " could not be reached in 2 tries: couldn't connect to server");
  for (const auto& line : host.log) {
    BOOST_TEST(line.text.find("hunter2") == std::string::npos);
    BOOST_TEST(line.text.find("T0P") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(cancelling_ends_it) {
  const FakeServer server("fake_http");
  testing::Host host;
  testing::Action hook(host, subject("notify.webhook"),
                       "{url: \"http://" + server.address() + "/silent\", timeout: 10m}");
  host.cancelled = true;
  BOOST_TEST(refusal([&] { hook.run(applied()); }) == "cancelled");
}

BOOST_AUTO_TEST_CASE(wrong_parameters_are_refused_before_it_runs) {
  testing::Host host;
  host.secrets = {{"ftp", "ftp://host/"}, {"lines", "a\nEvil: b"}};
  const auto made = [&](const std::string& parameters) {
    return refusal([&] { testing::Action(host, subject("notify.webhook"), parameters); });
  };
  BOOST_TEST(made("{}") == "give either `url` or `url_secret`");
  BOOST_TEST(made("{url: \"http://a/\", url_secret: ftp}") == "give either `url` or `url_secret`");
  BOOST_TEST(made("{url_secret: ftp}") == "`url_secret` is neither an https nor an http URL");
  BOOST_TEST(made("{url: \"file:///etc/passwd\"}") == "`url` is neither an https nor an http URL");
  BOOST_TEST(made("{url: \"not a url\"}") == "`url` is not a URL [https://example.com/hook]");
  BOOST_TEST(made("{url: \"http://a/\", secret: none}") == "there is no secret 'none'");
  BOOST_TEST(made("{url: \"http://a/\", token: lines}") ==
             "the secret of `token` holds what a header cannot");
}

BOOST_AUTO_TEST_SUITE_END()
