// SPDX-License-Identifier: MIT
#include "host/cli/arguments.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using host::Error;
using host::cli::Invocation;
using host::cli::parse_invocation;

// "message / hint" of the usage error that these words give.
std::string usage_error(const std::vector<std::string>& words) {
  try {
    parse_invocation(words);
  } catch (const Error& error) {
    BOOST_TEST(static_cast<int>(error.code().exit) == 2);
    return error.message() + " / " + error.hint();
  }
  return "no error";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(arguments)

BOOST_AUTO_TEST_CASE(global_options_stand_before_or_behind_the_command) {
  const Invocation before =
      parse_invocation({"-e", "staging", "--format", "json", "migrate", "up"});
  const Invocation behind = parse_invocation({"migrate", "up", "--env=staging", "--format=json"});
  for (const Invocation* invocation : {&before, &behind}) {
    BOOST_REQUIRE(invocation->command != nullptr);
    BOOST_TEST(invocation->command->name == "migrate up");
    BOOST_TEST(invocation->globals.environment == "staging");
    BOOST_TEST(invocation->output.json);
  }
}

BOOST_AUTO_TEST_CASE(options_and_positionals_of_a_command) {
  const Invocation invocation = parse_invocation(
      {"lint", "a.sql", "--kind", "schema", "-vv", "-q", "-", "--strict", "-o", "report.txt"});
  BOOST_TEST(invocation.command->name == "lint");
  BOOST_TEST(invocation.arguments.positionals() == (std::vector<std::string>{"a.sql", "-"}),
             boost::test_tools::per_element());
  BOOST_TEST(invocation.arguments.text("kind").value() == "schema");
  BOOST_TEST(invocation.arguments.flag("strict"));
  BOOST_TEST(invocation.output.verbosity == 2);
  BOOST_TEST(invocation.output.quiet);
  BOOST_TEST(invocation.output.file.value() == "report.txt");
}

BOOST_AUTO_TEST_CASE(what_follows_two_dashes_is_no_option) {
  const Invocation invocation = parse_invocation({"dev", "psql", "--", "-c", "SELECT 1"});
  BOOST_TEST(invocation.arguments.positionals() == (std::vector<std::string>{"-c", "SELECT 1"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(help_and_version) {
  BOOST_TEST(parse_invocation({"--version"}).version);
  BOOST_TEST(parse_invocation({"migrate", "up", "--help"}).help);
  BOOST_TEST(parse_invocation({"migrate", "--help"}).group == "migrate");
  BOOST_TEST(parse_invocation({"migrate", "up", "--no-such", "--help"}).help);
}

BOOST_AUTO_TEST_CASE(mistakes_name_the_nearest) {
  BOOST_TEST(usage_error({"lnit"}) == "unknown command 'lnit' / did you mean 'lint'?");
  BOOST_TEST(usage_error({"migrate", "upp"}) ==
             "unknown command 'migrate upp' / did you mean 'up'?");
  BOOST_TEST(usage_error({"migrate"}) ==
             "confiture migrate needs a command / see confiture migrate --help");
  BOOST_TEST(usage_error({"lint", "--strct"}) ==
             "unknown option '--strct' of confiture lint / did you mean 'strict'?");
  BOOST_TEST(usage_error({"--fromat", "json"}).starts_with("unknown option '--fromat'"));
  BOOST_TEST(usage_error({"lint", "--format", "jsn"}) ==
             "unknown value 'jsn' of --format / did you mean 'json'?");
  BOOST_TEST(usage_error({"lint", "--kind"}) == "option '--kind' needs a value / --kind KIND");
  BOOST_TEST(usage_error({"lint", "--strict=yes"}) == "option '--strict' takes no value / ");
  BOOST_TEST(usage_error({"lint", "--kind", "schema", "--kind", "migration"}) ==
             "option '--kind' was given more than once / ");
  BOOST_TEST(usage_error({"lint", "--timeout", "soon"}) ==
             "--timeout takes seconds from 1 to 86400, not 'soon' / ");
  BOOST_TEST(usage_error({"migrate", "new"}) ==
             "confiture migrate new needs NAME / usage: confiture migrate new NAME");
  BOOST_TEST(
      usage_error({"migrate", "new", "a", "b"}) ==
      "unexpected argument 'b' of confiture migrate new / usage: confiture migrate new NAME");
}

BOOST_AUTO_TEST_CASE(an_option_is_never_guessed_from_its_beginning) {
  BOOST_TEST(usage_error({"lint", "--stric"}) ==
             "unknown option '--stric' of confiture lint / did you mean 'strict'?");
}

BOOST_AUTO_TEST_SUITE_END()
