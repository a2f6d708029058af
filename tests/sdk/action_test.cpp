// SPDX-License-Identifier: MIT
// Actions as the host calls them: the event, the database, the metadata.
#include <boost/test/unit_test.hpp>
#include <confiture/linter.hpp>
#include <confiture/testing.hpp>

#include <string>
#include <vector>

using namespace confiture;
using testing::Failure;

BOOST_AUTO_TEST_SUITE(actions)

namespace {

struct Tell {
  static constexpr auto flags = ActionFlag::writes;
  void run(const Event& event, Context& context) const {
    std::string text = std::string(event.environment()) + "/" + std::string(event.database()) +
                       " " + std::string(event.direction()) + " " + std::string(event.status());
    if (event.migration())
      text += " " + std::string(event.migration().version()) + " " +
              std::string(event.migration().name());
    text += " of " + std::to_string(event.plan().children().size());
    if (event.phase() == Phase::on_error) text += ": " + std::string(event.error());
    if (event.dry_run()) text += " (dry)";
    context.info(text);
  }
};

std::string message_of(testing::Host& host, const Extension& extension) {
  testing::Action action(host, extension);
  try {
    action.run();
    return "no failure";
  } catch (const Failure& failure) {
    return failure.what() + (" | " + failure.hint());
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_event_says_what_happens_and_to_which_migration) {
  testing::Host host;
  testing::Action tell(host, action<Tell>("a.tell", "Tell", Phase::post_execute | Phase::on_error));
  testing::Moment moment;
  moment.migration = testing::Tree(NodeKind::migration, "add_users");
  moment.migration->set(CONFITURE_PROP_VERSION, "7");
  moment.plan.add(CONFITURE_LIST_CHILDREN, *moment.migration);
  tell.run(moment);
  testing::Moment failed;
  failed.phase = Phase::on_error;
  failed.error = "boom";
  failed.status = "error";
  failed.dry_run = true;
  tell.run(failed);
  BOOST_TEST(host.log.at(0).text == "local/app up applied 7 add_users of 1");
  BOOST_TEST(host.log.at(0).level == std::int32_t{CONFITURE_LOG_INFO});
  BOOST_TEST(host.log.at(1).text == "local/app up error of 0: boom (dry)");
}

BOOST_AUTO_TEST_CASE(a_registration_holds_phases_and_flags) {
  const Extension tell = action<Tell>("a.tell", "Tell", Phase::pre_sync | Phase::post_sync);
  const auto& table = *static_cast<const confiture_action_v1*>(tell.descriptor().vtable);
  BOOST_TEST(table.struct_size == sizeof(confiture_action_v1));
  BOOST_TEST(table.phases == (CONFITURE_PHASE_PRE_SYNC | CONFITURE_PHASE_POST_SYNC));
  BOOST_TEST(table.flags == std::uint32_t{CONFITURE_ACTION_WRITES});
  const Extension outside = action("a.b", "c", Phase::post_complete, [](const Event&, Context&) {
                            }).flags(ActionFlag::outside | ActionFlag::binds_itself);
  BOOST_TEST(static_cast<const confiture_action_v1*>(outside.descriptor().vtable)->flags ==
             (CONFITURE_ACTION_OUTSIDE | CONFITURE_ACTION_BINDS_ITSELF));
}

BOOST_AUTO_TEST_CASE(a_query_takes_parameters_and_gives_rows) {
  testing::Host host;
  const std::string sql = "SELECT id, email FROM users WHERE a = $1";
  host.answers[sql] = {{"id", "email"}, {{"1", "a@b"}, {"2", std::nullopt}}};
  std::string seen;
  testing::Action ask(
      host, action("a.b", "c", Phase::post_execute, [&](const Event&, Context& context) {
        const Result result = context.query(
            sql, {"eu", 42, std::nullopt, true, std::string_view(), std::string("s")});
        for (const auto& row : result)
          seen += std::string(row["id"].value()) + "=" + std::string(row[1].value_or("NULL")) + " ";
        seen += std::to_string(result.size()) + "x" + std::to_string(result.column_count());
      }));
  ask.run();
  BOOST_TEST(seen == "1=a@b 2=NULL 2x2");
  const auto& parameters = host.queries.at(0).parameters;
  BOOST_TEST(parameters.size() == 6u);
  BOOST_TEST(parameters[0].value() == "eu");
  BOOST_TEST(parameters[1].value() == "42");
  BOOST_TEST(!parameters[2].has_value());
  BOOST_TEST(parameters[3].value() == "true");
  BOOST_TEST(parameters[4].value() == "");
  BOOST_TEST(parameters[5].value() == "s");
}

BOOST_AUTO_TEST_CASE(a_refused_query_keeps_the_servers_own_words) {
  testing::Host host;
  BOOST_TEST(
      message_of(host, action("a.b", "c", Phase::post_execute, [](const Event&, Context& context) {
                   context.query("SELECT 1");
                 })) == "no answer is set for the query: SELECT 1 | ");
}

BOOST_AUTO_TEST_CASE(a_cell_that_is_not_there_is_an_error) {
  testing::Host host;
  host.answers["q"] = {{"a"}, {{"1"}}};
  const auto ask = [&](auto read) {
    return message_of(host,
                      action("a.b", "c", Phase::post_execute,
                             [=](const Event&, Context& context) { read(context.query("q")); }));
  };
  BOOST_TEST(ask([](const Result& result) { (void)result[1][0]; }) == "the query gave 1 rows | ");
  BOOST_TEST(ask([](const Result& result) { (void)result[0][1]; }) ==
             "the query gave 1 columns | ");
  BOOST_TEST(ask([](const Result& result) { (void)result[0]["b"]; }) ==
             "the query gave no column 'b' | ");
}

BOOST_AUTO_TEST_CASE(a_service_that_was_not_granted_says_what_to_grant) {
  testing::Host host;
  host.grants_db = false;
  BOOST_TEST(
      message_of(host, action("a.b", "c", Phase::post_execute,
                              [](const Event&, Context& context) { context.query("SELECT 1"); })) ==
      "the service 'confiture.db/1' was not granted to this plugin | add 'db' to the plugin's "
      "`allow:` in confiture.yaml");
}

BOOST_AUTO_TEST_CASE(metadata_and_secrets_are_read_and_written) {
  testing::Host host;
  host.secrets["webhook"] = "hush";
  std::vector<std::string> seen;
  const Extension extension =
      action("a.b", "c", Phase::post_execute, [&](const Event&, Context& context) {
        seen.push_back(std::string(context.metadata("ticket").value_or("none")));
        context.set_metadata("ticket", "T-1");
        seen.push_back(std::string(context.secret("webhook")));
        context.progress(1, 2, "half");
        context.secret("other");
      });
  BOOST_TEST(message_of(host, extension) == "there is no secret 'other' | ");
  BOOST_TEST(message_of(host, extension) == "there is no secret 'other' | ");
  BOOST_TEST(seen == (std::vector<std::string>{"none", "hush", "T-1", "hush"}),
             boost::test_tools::per_element());
  BOOST_TEST(host.metadata.at("ticket") == "T-1");
}

BOOST_AUTO_TEST_CASE(all_metadata_is_read_by_key) {
  testing::Host host;
  host.metadata = {{"b", "2"}, {"a", ""}};
  testing::Action list(host,
                       action("a.b", "c", Phase::post_execute, [](const Event&, Context& context) {
                         for (const auto& [key, value] : context.all_metadata())
                           context.info(std::string(key) + "=" + std::string(value));
                       }));
  list.run();
  BOOST_REQUIRE(host.log.size() == 2u);
  BOOST_TEST(host.log[0].text == "a=");
  BOOST_TEST(host.log[1].text == "b=2");
}

BOOST_AUTO_TEST_CASE(the_linter_is_asked_with_a_choice) {
  testing::Host host;
  host.judged = {
      {"safety.drop_table", "rows are lost", CONFITURE_SEVERITY_ERROR, "a.up.sql", 3, 5}};
  testing::Action ask(
      host, action("a.b", "c", Phase::pre_execute, [](const Event& event, Context& context) {
        const Linter linter(context, {{"safety"}, {}});
        context.info("without a migration: " +
                     std::to_string(linter.judge(event.migration()).size()));
        for (const Linter::Finding& found : linter.judge(event.plan()))
          context.info(std::string(found.rule) + " at " +
                       std::string(to_view(found.location.file)) + ":" +
                       std::to_string(found.location.line) +
                       (found.severity == Severity::error ? " is an error" : ""));
      }));
  ask.run();
  BOOST_REQUIRE(host.log.size() == 2u);
  BOOST_TEST(host.log[0].text == "without a migration: 0");
  BOOST_TEST(host.log[1].text == "safety.drop_table at a.up.sql:3 is an error");
}

BOOST_AUTO_TEST_SUITE_END()
