// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>

using namespace confiture;

namespace {

struct Stage {
  testing::Host host;
  std::string run(const std::string& parameters) {
    try {
      testing::Action action(
          host, testing::find(*confiture_plugin_v1(&host.handle()), "exec.run"), parameters);
      testing::Moment moment;
      moment.environment = "production";
      action.run(moment);
    } catch (const testing::Failure& failure) {
      return failure.what();
    }
    return "";
  }
  std::string said() const {
    std::string text;
    for (const testing::LogLine& line : host.log) text += line.text + "\n";
    return text;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(exec_run, Stage)

BOOST_AUTO_TEST_CASE(the_event_is_on_standard_input) {
  BOOST_TEST(run("{ command: [sed, 's/.*\"environment\":\"\\([a-z]*\\)\".*/\\1/'] }") == "");
  BOOST_TEST(said() == "production\n");
}

BOOST_AUTO_TEST_CASE(no_shell_unless_asked) {
  BOOST_TEST(run("{ command: [echo, '$HOME; exit 3'] }") == "");
  BOOST_TEST(said() == "$HOME; exit 3\n");
  BOOST_TEST(run("{ command: 'exit 3', shell: true }") == "'the command' ended with status 3");
}

BOOST_AUTO_TEST_CASE(other_endings_are_failures) {
  BOOST_TEST(run("{ command: ['false'] }") == "'false' ended with status 1");
  BOOST_TEST(run("{ command: 'kill -9 $$', shell: true }") ==
             "'the command' was ended by signal 9");
  BOOST_TEST(run("{ command: [/no/such/program] }") ==
             "cannot start '/no/such/program': No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_program_that_reads_nothing_and_says_much_is_no_harm) {
  BOOST_TEST(run("{ command: 'exec <&-; yes | head -c 1000000', shell: true }") == "");
  BOOST_TEST(host.log.back().text == "(more output than is kept)");
}

BOOST_AUTO_TEST_CASE(a_stopped_program_ends) {
  host.cancelled = true;
  BOOST_TEST(run("{ command: 'trap \"\" TERM; sleep 600 & sleep 600', shell: true }") ==
             "cancelled");
}

BOOST_AUTO_TEST_SUITE_END()
