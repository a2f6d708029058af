// SPDX-License-Identifier: MIT
// Order, failure policy, time limits and savepoints of hooks, against a real server.
#include "host/hooks/runner.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/host/hooks/actions.hpp"
#include "tests/host/postgres/database.hpp"
#include "tests/support/refusal.hpp"

using namespace host;

namespace {

struct Stage {
  test::TestDatabase database;
  std::unique_ptr<postgres::Connection> connection = database.connect();
  test::Actions actions;
  extensions::Session session;
  std::vector<std::string> warnings;
  std::vector<hooks::Outcome> outcomes;

  test::Deed sql(std::string text, std::string failure = {}) {
    return [this, text, failure](const confiture_event&) -> std::string {
      try {
        connection->execute(text);
      } catch (const Error& error) {
        return error.message();
      }
      return failure;
    };
  }

  std::string fire(hooks::Event event) {
    hooks::Runner runner(
        actions.list(), session,
        {"test", database.name(), [this](std::string_view text) { warnings.emplace_back(text); }});
    const std::string said = test::refusal([&] { runner.fire(event, connection.get()); });
    outcomes = runner.outcomes();
    return said;
  }

  std::string states() const {
    std::string text;
    for (const hooks::Outcome& outcome : outcomes)
      text += outcome.name + "=" + std::string(hooks::to_string(outcome.status)) + " ";
    return text;
  }
};

hooks::Event in_transaction() {
  hooks::Event event;
  event.phase = CONFITURE_PHASE_POST_EXECUTE;
  event.part = hooks::Part::inside;
  event.in_transaction = true;
  event.migration_key = "7_users";
  return event;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hook_runner, Stage)

BOOST_AUTO_TEST_CASE(a_failure_that_aborts_stops_the_ones_behind_it) {
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "first", sql("SELECT 1"));
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "second", sql("SELECT 1", "no good"));
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "third", sql("SELECT 1"));
  connection->execute("BEGIN");
  BOOST_TEST(fire(in_transaction()) ==
             "hooks.failed 7: post_execute hook 'second' (test.second) of migration '7_users' "
             "failed: plugin 'test', action 'test.second': no good");
  BOOST_TEST(states() == "first=ok second=failed ");
}

BOOST_AUTO_TEST_CASE(a_failed_statement_does_not_poison_the_transaction_of_a_hook_that_warns) {
  connection->execute("BEGIN; CREATE TABLE kept (id int)");
  actions
      .hook(CONFITURE_PHASE_POST_EXECUTE, "warns", sql("INSERT INTO kept VALUES (1); SELECT 1/0"))
      .on_error = config::OnError::warn;
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "ignores", sql("SELECT nothing")).on_error =
      config::OnError::ignore;
  BOOST_TEST(fire(in_transaction()) == "");
  BOOST_TEST(states() == "warns=warned ignores=ignored ");
  BOOST_TEST(warnings.size() == 1u);
  connection->execute("COMMIT");
  BOOST_TEST(connection->query("SELECT count(*) FROM kept").integer(0, 0) == 0);
}

BOOST_AUTO_TEST_CASE(a_hook_that_hides_its_failed_statement_fails) {
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "sly", [this](const confiture_event&) {
    BOOST_CHECK_THROW(connection->execute("SELECT nothing"), Error);
    return std::string();
  });
  connection->execute("BEGIN");
  BOOST_TEST(fire(in_transaction()) ==
             "hooks.failed 7: post_execute hook 'sly' (test.sly) of migration '7_users' failed: it "
             "said that all is well, but a statement of its failed and the transaction is aborted");
}

BOOST_AUTO_TEST_CASE(a_time_limit_cancels_the_query) {
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "slow", sql("SELECT pg_sleep(600)")).timeout =
      std::chrono::milliseconds(50);
  connection->execute("BEGIN");
  BOOST_TEST(
      fire(in_transaction()) ==
      "hooks.failed 7: post_execute hook 'slow' (test.slow) of migration '7_users' failed: it "
      "took longer than its timeout of 50ms and was stopped [give it a longer 'timeout']");
}

BOOST_AUTO_TEST_CASE(what_concerns_another_migration_does_not_run) {
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "users", sql("")).migrations = "*users*";
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "orders", sql("")).migrations = "*orders*";
  actions.hook(CONFITURE_PHASE_PRE_EXECUTE, "before", sql(""));
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "world", sql(""), CONFITURE_ACTION_OUTSIDE);
  connection->execute("BEGIN");
  BOOST_TEST(fire(in_transaction()) == "");
  BOOST_TEST(states() == "users=ok ");
}

BOOST_AUTO_TEST_CASE(a_dry_run_skips_what_writes) {
  actions.hook(CONFITURE_PHASE_PRE_VALIDATE, "looks", sql("SELECT 1"));
  actions.hook(CONFITURE_PHASE_PRE_VALIDATE, "writes", sql("SELECT 1"), CONFITURE_ACTION_WRITES);
  hooks::Event event;
  event.phase = CONFITURE_PHASE_PRE_VALIDATE;
  event.dry_run = true;
  BOOST_TEST(fire(event) == "");
  BOOST_TEST(states() == "looks=ok writes=skipped ");
}

BOOST_AUTO_TEST_CASE(on_error_never_fails_the_run_again) {
  actions.hook(CONFITURE_PHASE_ON_ERROR, "mends", [](const confiture_event& event) {
    return std::string(event.error.data, event.error.size);
  });
  hooks::Event event;
  event.phase = CONFITURE_PHASE_ON_ERROR;
  event.error = "the first failure";
  BOOST_TEST(fire(event) == "");
  BOOST_TEST(states() == "mends=warned ");
  BOOST_TEST(warnings.front() ==
             "on_error hook 'mends' (test.mends) failed: plugin 'test', action 'test.mends': the "
             "first failure");
}

BOOST_AUTO_TEST_SUITE_END()
