// SPDX-License-Identifier: MIT
// What connect() says about an address, a password or a database that is not right.
#include <boost/test/unit_test.hpp>

#include "tests/host/postgres/database.hpp"

namespace {

using namespace host::postgres;
using host::config::Database;
using host::test::connect_to;
using host::test::refusal;
using host::test::replaced;
using host::test::tcp_url;

std::string refused(const std::string& url) {
  return refusal([&] { connect_to(url); });
}

std::string port_of(const std::string& url) {
  const std::size_t begin = url.find("127.0.0.1:") + 10;
  return url.substr(begin, url.find('/', begin) - begin);
}

std::string tcp_target(std::string_view database, std::string_view port) {
  return fmt::format("database '{}' on host '127.0.0.1', port {}, as user 'postgres'", database,
                     port);
}

constexpr std::string_view check_password =
    "check the user and the password: in the environment's file, PGPASSWORD or ~/.pgpass, and the "
    "server's pg_hba.conf";
constexpr std::string_view how_to_write =
    "write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with '@', ':', '/' and '%' in the user "
    "or "
    "the password percent-encoded (%40, %3A, %2F, %25)";

struct CleanEnvironment {
  CleanEnvironment() {
    for (const char* name : {"PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSERVICE"})
      unsetenv(name);
    setenv("PGPASSFILE", "/nonexistent", 1);
  }
};

BOOST_FIXTURE_TEST_SUITE(connecting, CleanEnvironment)

BOOST_AUTO_TEST_CASE(a_wrong_password_is_not_shown) {
  const std::string url = tcp_url();
  BOOST_TEST(refused(replaced(url, "test-password", "hunter2")) ==
             fmt::format("postgres.authentication: cannot connect to {}: password authentication "
                         "failed for user \"postgres\" | {}",
                         tcp_target("postgres", port_of(url)), check_password));
}

BOOST_AUTO_TEST_CASE(a_missing_password_is_asked_for) {
  const std::string url = tcp_url();
  BOOST_TEST(refused(replaced(url, ":test-password", "")) ==
             fmt::format("postgres.authentication: cannot connect to {}: the server asks for a "
                         "password, and none was given | {}",
                         tcp_target("postgres", port_of(url)), check_password));
  setenv("PGPASSWORD", "test-password", 1);
  BOOST_TEST(refused(replaced(url, ":test-password", "")) == "");
}

BOOST_AUTO_TEST_CASE(a_missing_database_can_be_made) {
  const std::string url = tcp_url();
  BOOST_TEST(
      refused(replaced(url, "/postgres", "/nope")) ==
      fmt::format("postgres.no_database: cannot connect to {}: database \"nope\" does not exist | "
                  "create it: createdb -h '127.0.0.1' -p {} -U 'postgres' 'nope'",
                  tcp_target("nope", port_of(url)), port_of(url)));
}

BOOST_AUTO_TEST_CASE(nobody_answers) {
  BOOST_TEST(refused("postgresql://postgres:hunter2@127.0.0.1:1/shop") ==
             fmt::format("postgres.unreachable: cannot connect to {}: Connection refused | check "
                         "that the server runs and accepts connections there: pg_isready -h "
                         "'127.0.0.1' -p 1",
                         tcp_target("shop", "1")));
  BOOST_TEST(
      refused("postgresql://bob@/shop?host=/nonexistent") ==
      "postgres.unreachable: cannot connect to database 'shop' in socket folder '/nonexistent', "
      "port 5432, as user 'bob': No such file or directory | check that the server runs and "
      "accepts "
      "connections there: pg_isready -h '/nonexistent' -p 5432");
}

BOOST_AUTO_TEST_CASE(each_of_several_hosts_has_its_reason) {
  BOOST_TEST(refused("postgresql://bob@/shop?host=/nonexistent,127.0.0.1&port=5432,1") ==
             "postgres.unreachable: cannot connect to database 'shop' on host '127.0.0.1', port 1, "
             "as user 'bob': server on socket \"/nonexistent/.s.PGSQL.5432\": No such file or "
             "directory; server at \"127.0.0.1\", port 1: Connection refused | check that the "
             "server runs and accepts connections there: pg_isready -h '127.0.0.1' -p 1");
  BOOST_TEST(refused(replaced(tcp_url(), "127.0.0.1:", "127.0.0.1:1,127.0.0.1:")) == "");
}

BOOST_AUTO_TEST_CASE(no_part_of_a_password_shows_in_a_url_that_cannot_be_read) {
  const auto complaint = [&](std::string_view what) {
    return fmt::format("postgres.connection_string: the connection string cannot be read: {} | {}",
                       what, how_to_write);
  };
  BOOST_TEST(refused("postgresql://bob:hun@ter2@db/shop") == complaint("its host holds an '@'"));
  BOOST_TEST(refused("postgresql://bob:1234/ter2@db/shop") == complaint("its dbname holds an '@'"));
  BOOST_TEST(refused("postgresql://bob:hunter2/@db") == complaint("its dbname holds an '@'"));
  BOOST_TEST(refused("postgresql://bob:hunter2/x") == complaint("its port is not a number"));
  BOOST_TEST(refused("postgresql://bob:hun%ter2@db/shop") ==
             complaint("invalid percent-encoded token: \"...\""));
}

BOOST_AUTO_TEST_CASE(settings_that_libpq_refuses) {
  host::config::Environment environment;
  environment.database.kind = Database::Kind::parameters;
  environment.database.place = {"db/environments/local.yaml", 3, 5};
  environment.database.parameters = {{"hots", "db"}};
  BOOST_TEST(refusal([&] { connect(environment, {}); }) ==
             "postgres.connection_string: unknown connection parameter 'hots' | did you mean "
             "'host'?");
  environment.database.parameters = {{"host", "/tmp"}, {"sslmode", "of"}};
  BOOST_TEST(refusal([&] { connect(environment, {}); }) ==
             "postgres.connection_string: the connection's settings do not work: invalid sslmode "
             "value: \"of\" | see the environment's file, the PG* variables and the service file");
  environment.database.kind = Database::Kind::service;
  environment.database.service = "nope";
  BOOST_TEST(refusal([&] { connect(environment, {}); }) ==
             "postgres.connection_string: the connection's settings do not work: definition of "
             "service \"nope\" not found | see the environment's file, the PG* variables and the "
             "service file");
  try {
    connect(environment, {});
  } catch (const host::Error& error) {
    BOOST_TEST(to_string(error.place()) == "db/environments/local.yaml:3:5");
  }
}

BOOST_AUTO_TEST_CASE(libpqs_own_variables_work) {
  const std::string url = tcp_url();
  setenv("PGHOST", "127.0.0.1", 1);
  setenv("PGPORT", port_of(url).c_str(), 1);
  setenv("PGPASSWORD", "test-password", 1);
  host::config::Environment environment;
  environment.database.kind = Database::Kind::parameters;
  environment.database.parameters = {{"user", "postgres"}};
  const auto connection = connect(environment, {});
  BOOST_TEST(connection->query("SELECT current_database()").text(0, 0) == "postgres");
  CleanEnvironment();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
