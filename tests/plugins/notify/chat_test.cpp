// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/plugins/support/actions.hpp"
#include "tests/plugins/support/fake_server.hpp"

using namespace test;

namespace {

// The body that the chat's webhook gets.
std::string body_of(const std::string& id, const std::string& more, const testing::Moment& moment) {
  const FakeServer server("fake_http");
  testing::Host host;
  host.secrets["chat"] = "http://" + server.address() + "/ok";
  testing::Action(host, subject(id), "{url: chat" + more + "}").run(moment);
  const std::string line = server.lines().at(0);
  const std::size_t at = line.find("\"body\": ") + 8;
  return line.substr(at, line.size() - 1 - at);
}

testing::Moment failed() {
  testing::Moment moment = applied();
  moment.phase = confiture::Phase::on_error;
  moment.status = "error";
  moment.error = "type <a> & \"b\" differ";
  moment.duration_us = 0;
  return moment;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(chat)

BOOST_AUTO_TEST_CASE(slack_gets_a_text) {
  BOOST_TEST(body_of("notify.slack", "", applied()) ==
             R"({"text": "*production: migration 0002_orders applied*\nRisk: low\nDatabase: shop\n)"
             R"(Phase: post_execute\nDuration: 1.2 s"})");
  BOOST_TEST(
      body_of("notify.slack", ", text: \"<!here>\"", failed()) ==
      R"({"text": "<!here> *production: migration 0002_orders failed*\n)"
      R"(Error: type &lt;a&gt; &amp; \"b\" differ\nRisk: low\nDatabase: shop\nPhase: on_error"})");
}

BOOST_AUTO_TEST_CASE(teams_gets_an_adaptive_card) {
  testing::Moment moment = applied();
  moment.migration.reset();
  moment.phase = confiture::Phase::post_complete;
  BOOST_TEST(
      body_of("notify.teams", "", moment) ==
      R"({"type": "message", "attachments": [{"contentType": )"
      R"("application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": {"$schema": )"
      R"("http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": )"
      R"("1.4", "body": [{"type": "TextBlock", "text": "production: 1 migration applied", "weight": )"
      R"("Bolder", "wrap": true}, {"type": "FactSet", "facts": [{"title": "Database", "value": )"
      R"("shop"}, {"title": "Phase", "value": "post_complete"}, {"title": "Duration", "value": )"
      R"("1.2 s"}]}]}}]})");
}

BOOST_AUTO_TEST_CASE(the_url_is_never_shown) {
  const FakeServer server("fake_http");
  testing::Host host;
  host.secrets["chat"] = "http://" + server.address() + "/status/404?T0P=SECRET";
  const auto run = [&](const char* id) {
    return refusal([&] { testing::Action(host, subject(id), "{url: chat}").run(applied()); });
  };
  BOOST_TEST(run("notify.slack") ==
             "Slack at http://" + server.address() + " refused it: it answered with status 404");
  BOOST_TEST(run("notify.teams") ==
             "Teams at http://" + server.address() + " refused it: it answered with status 404");
  host.secrets["chat"] = "T0P SECRET";
  BOOST_TEST(run("notify.slack") == "`url` is not a URL [https://example.com/hook]");
}

BOOST_AUTO_TEST_CASE(postgres_is_told_on_a_channel) {
  testing::Host host;
  host.answers["SELECT pg_catalog.pg_notify($1, $2)"] = {{"pg_notify"}, {{""}}};
  testing::Action notify(host, subject("notify.postgres"), "{channel: changes}");
  notify.run(applied());
  testing::Moment moment = failed();
  moment.error = std::string(1999, 'x') + "éé";
  moment.migration.reset();
  notify.run(moment);
  BOOST_REQUIRE(host.queries.size() == 2u);
  BOOST_TEST(*host.queries[0].parameters[0] == "changes");
  BOOST_TEST(
      *host.queries[0].parameters[1] ==
      R"({"phase":"post_execute","environment":"production","status":"applied","direction":)"
      R"("up","error":"","duration_ms":1250,"migrations":1,"version":"0002","name":"orders",)"
      R"("checksum":"c0ffee"})");
  BOOST_TEST(*host.queries[1].parameters[1] ==
             R"({"phase":"on_error","environment":"production","status":"error","direction":"up",)"
             R"("error":")" +
                 std::string(1999, 'x') + R"(","duration_ms":0,"migrations":1})");
}

BOOST_AUTO_TEST_SUITE_END()
