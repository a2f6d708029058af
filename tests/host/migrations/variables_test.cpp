// SPDX-License-Identifier: MIT
// Values in the place of ${name}, and places that stay those of the file.
#include "host/migrations/variables.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/host/migrations/files.hpp"

using namespace host;
using test::Files;

namespace {

struct Variables : Files {
  Variables() { environment.variables = {{"schema", "app"}, {"long", "one\ntwo"}, {"x-y.z", "q"}}; }
  std::string own(std::string_view text) {
    write("1_a.up.sql", text);
    return shown();
  }
};

constexpr const char* first = "confiture detected\n1_a:";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(variables, Variables)

BOOST_AUTO_TEST_CASE(a_file_asks_for_them) {
  BOOST_TEST(own("SELECT '${nobody}';") == std::string(first) + " 1:1 SELECT '${nobody}'\n");
  BOOST_TEST(
      own("-- variables: on\nCREATE TABLE ${schema}.\"${x-y.z}\" (a text DEFAULT '${schema}');"
          " SELECT 1;\n") ==
      std::string(first) + " 2:1 CREATE TABLE app.\"q\" (a text DEFAULT 'app') 2:65 SELECT 1\n");
}

BOOST_AUTO_TEST_CASE(comments_and_bodies_are_left_alone) {
  BOOST_TEST(own("-- variables: on\n-- ${nobody}\nSELECT /* ${nobody} */ $$ ${nobody} $$;\n") ==
             std::string(first) + " 3:1 SELECT /* ${nobody} */ $$ ${nobody} $$\n");
  BOOST_TEST(own("-- variables: everywhere\nSELECT /* ${nobody} */ $$ ${schema} $$;\n") ==
             std::string(first) + " 2:1 SELECT /* ${nobody} */ $$ app $$\n");
}

BOOST_AUTO_TEST_CASE(a_value_is_not_looked_at_again) {
  environment.variables["schema"] = "${long}";
  BOOST_TEST(own("-- variables: on\nSELECT '${schema}';\n") ==
             std::string(first) + " 2:1 SELECT '${long}'\n");
}

BOOST_AUTO_TEST_CASE(an_unknown_one_is_refused_where_it_stands) {
  BOOST_TEST(
      test::refusal([&] { own("-- variables: on\nSELECT 'ä',\n  '${shcema}';\n"); }) ==
      "migration.unknown_variable 5: db/migrations/1_a.up.sql:3:4: unknown variable 'shcema' "
      "[did you mean 'schema'?]");
  environment.variables.clear();
  BOOST_TEST(test::refusal([&] { own("-- variables: on\nSELECT ${a};\n"); }) ==
             "migration.unknown_variable 5: db/migrations/1_a.up.sql:2:8: unknown variable 'a' "
             "[give it a value in the environment's file: variables: { a: ... }]");
  BOOST_TEST(test::refusal([&] { own("-- variables: yes\nSELECT 1;\n"); }) ==
             "migration.bad_header 5: db/migrations/1_a.up.sql:1:15: 'variables' is on, everywhere "
             "or off, not 'yes' [-- variables: on]");
}

BOOST_AUTO_TEST_CASE(places_stay_those_of_the_file) {
  write("1_a.up.sql", "-- variables: on\nSELECT '${long}', ${schema}; SELECT 2;\nSELECT 3;\n");
  const migrations::Reading reading = migrations::read_statements(read().migrations.front().up);
  const sql::Source& source = reading.script.source();
  const auto& statements = reading.script.statements();
  BOOST_TEST(statements[0].text == "SELECT 'one\ntwo', app");
  BOOST_TEST(to_string(statements[1].place) == "db/migrations/1_a.up.sql:2:30");
  BOOST_TEST(to_string(statements[2].place) == "db/migrations/1_a.up.sql:3:1");
  BOOST_TEST(source.line(2) == "SELECT '${long}', ${schema}; SELECT 2;");
  // As the server would count in the statement's own text: line 2, column 7 is 'app'.
  BOOST_TEST(to_string(source.place(statements[0].offset, 2, 7)) ==
             "db/migrations/1_a.up.sql:2:19");
}

BOOST_AUTO_TEST_CASE(flyway_replaces_in_bodies_too) {
  write("V1__a.sql", "SELECT $$${schema}$$, '${flyway:user}'; -- ${nobody}\n");
  environment.variables["flyway:user"] = "bob";
  BOOST_TEST(shown() == "flyway detected\n1_a: 1:1 SELECT $$app$$, 'bob'\n");
}

BOOST_AUTO_TEST_CASE(goose_replaces_between_on_and_off) {
  ::setenv("CONFITURE_TEST_GOOSE", "from the process", 1);
  write("1_a.sql",
        "-- +goose Up\nSELECT '${schema}';\n-- +goose ENVSUB ON\n"
        "SELECT '${schema}', '$CONFITURE_TEST_GOOSE', $1, ${none:-3}, ${schema-4}, $b$x$b$;\n"
        "-- +goose ENVSUB OFF\nSELECT '${schema}';\n");
  BOOST_TEST(shown() ==
             "goose detected\n1_a: 2:1 SELECT '${schema}' 4:1 SELECT 'app', 'from the process', "
             "$1, 3, app, $b$x$b$ 6:1 SELECT '${schema}'\n");
  write("1_a.sql", "-- +goose Up\n-- +goose ENVSUB ON\nSELECT '${schema:0:1}';\n");
  BOOST_TEST(test::refusal([&] { shown(); }) ==
             "migration.unknown_variable 5: db/migrations/1_a.sql:3:9: '${schema:0:1}' is no form "
             "that confiture reads [write ${NAME}, ${NAME-otherwise} or ${NAME:-otherwise}]");
}

BOOST_AUTO_TEST_CASE(a_repeatable_migration_is_another_with_another_value) {
  const auto sum = [&](std::string_view text) {
    write("R_a.sql", text);
    return read().migrations.front().up.checksum;
  };
  const std::string uses = sum("-- variables: on\nSELECT '${schema}';"), none = sum("SELECT 1;");
  environment.variables["schema"] = "other";
  BOOST_TEST(sum("-- variables: on\nSELECT '${schema}';") != uses);
  BOOST_TEST(sum("SELECT 1;") == none);
}

BOOST_AUTO_TEST_SUITE_END()
