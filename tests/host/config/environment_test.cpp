// SPDX-License-Identifier: MIT
#include "host/config/environment.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

#include "tests/host/config/project_files.hpp"
#include "tests/support/refusal.hpp"

namespace host::config {
namespace {

using test::ProjectFiles;

Environment load(const std::string& yaml) {
  const ProjectFiles files;
  files.add("db/environments/local.yaml", yaml);
  return load_environment(load_project(files.root()), "local");
}

std::string refusal_of(const std::string& yaml) {
  return host::test::refusal([&] { load(yaml); });
}

const std::string local = "db/environments/local.yaml";

BOOST_AUTO_TEST_SUITE(environment)

BOOST_AUTO_TEST_CASE(everything_in_it) {
  const Environment environment = load(R"(database: embedded
protected: true
lock_timeout: 5s
statement_timeout: 1m
schema: { include: ["**/*.sql"], exclude: ["seeds/**"] }
variables: { tablespace: fast, size: 3 }
layout: golang-migrate
)");
  BOOST_TEST((environment.database.kind == Database::Kind::embedded));
  BOOST_TEST(environment.protected_);
  BOOST_TEST(environment.lock_timeout.count() == 5'000);
  BOOST_TEST(environment.statement_timeout.count() == 60'000);
  BOOST_TEST(environment.schema_exclude.at(0) == "seeds/**");
  BOOST_TEST(environment.variables.at("tablespace") == "fast");
  BOOST_TEST(environment.variables.at("size") == "3");
  BOOST_TEST((environment.layout == Layout::golang_migrate));
  const Environment plain = load("database: embedded\n");
  BOOST_TEST(!plain.protected_);
  BOOST_TEST(!plain.layout);
  BOOST_TEST(plain.lock_timeout.count() == 2'000);
  BOOST_TEST(plain.statement_timeout.count() == 0);
  BOOST_TEST(plain.schema_include.at(0) == "**/*.sql");
}

BOOST_AUTO_TEST_CASE(the_kinds_of_database) {
  ::setenv("CONFITURE_TEST_DATABASE", "postgresql://u:p@h/d", 1);
  ::setenv("CONFITURE_TEST_PASSWORD", "p w", 1);
  const Database url = load("database: { url: \"postgres://h/d\" }\n").database;
  BOOST_TEST((url.kind == Database::Kind::url));
  BOOST_TEST(url.url == "postgres://h/d");
  const Database variable = load("database: { env: CONFITURE_TEST_DATABASE }\n").database;
  BOOST_TEST((variable.kind == Database::Kind::url));
  BOOST_TEST(variable.url == "postgresql://u:p@h/d");
  const Database service = load("database: { service: prod }\n").database;
  BOOST_TEST((service.kind == Database::Kind::service));
  BOOST_TEST(service.service == "prod");
  const Database parts =
      load("database: { host: h, port: 5433, password: { env: CONFITURE_TEST_PASSWORD } }\n")
          .database;
  BOOST_TEST((parts.kind == Database::Kind::parameters));
  BOOST_TEST(parts.parameters.at("port") == "5433");
  BOOST_TEST(parts.parameters.at("password") == "p w");
}

BOOST_AUTO_TEST_CASE(databases_that_are_none) {
  BOOST_TEST(refusal_of("protected: true\n") ==
             "config.missing_key 5: " + local + ":1:1: the key 'database' is missing");
  BOOST_TEST(refusal_of("database: embeded\n")
                 .starts_with("config.wrong_type 5: " + local +
                              ":1:11: 'database' must be embedded, { url: ... }"));
  BOOST_TEST(refusal_of("database: { hots: h }\n") ==
             "config.unknown_key 5: " + local +
                 ":1:13: unknown key 'hots' in database [did you mean 'host'?]");
  BOOST_TEST(refusal_of("database: { service: p, host: h }\n") ==
             "config.wrong_type 5: " + local +
                 ":1:11: 'service' of database stands alone, without other keys");
  BOOST_TEST(refusal_of("database: { env: CONFITURE_TEST_UNSET }\n") ==
             "config.variable_unset 5: " + local +
                 ":1:18: the environment variable 'CONFITURE_TEST_UNSET' is not set");
}

BOOST_AUTO_TEST_CASE(no_message_shows_a_password) {
  ::setenv("CONFITURE_TEST_JUNK", "hunter2", 1);
  BOOST_TEST(refusal_of("database: { host: h, password: hunter2 }\n") ==
             "config.wrong_type 5: " + local +
                 ":1:32: 'password' of database must not stand in the file itself [say where it "
                 "is: { env: NAME } or { file: PATH }]");
  BOOST_TEST(refusal_of("database: { env: CONFITURE_TEST_JUNK }\n") ==
             "config.wrong_type 5: " + local +
                 ":1:18: the environment variable 'CONFITURE_TEST_JUNK' is not the address of a "
                 "database [write postgresql://USER@HOST:PORT/DATABASE]");
  BOOST_TEST(refusal_of("database: { url: hunter2 }\n") ==
             "config.wrong_type 5: " + local +
                 ":1:18: 'url' of database is not the address of a database [write "
                 "postgresql://USER@HOST:PORT/DATABASE]");
}

BOOST_AUTO_TEST_CASE(unknown_keys_and_names) {
  BOOST_TEST(refusal_of("database: embedded\nprotetced: true\n") ==
             "config.unknown_key 5: " + local +
                 ":2:1: unknown key 'protetced' [did you mean 'protected'?]");
  BOOST_TEST(refusal_of("database: embedded\nvariables: { 1st: x }\n") ==
             "config.wrong_type 5: " + local +
                 ":2:14: '1st' cannot name a variable [use letters, digits, '_', '.', '-' and ':', "
                 "and a letter or '_' first]");
  const ProjectFiles files;
  files.add("db/environments/production.yaml", "database: embedded\n");
  const Project project = load_project(files.root());
  BOOST_TEST(host::test::refusal([&] { load_environment(project, "prodution"); }) ==
             "config.unknown_environment 5: unknown environment 'prodution' [did you mean "
             "'production'?]");
  BOOST_TEST(
      host::test::refusal([&] { load_environment(project, "../confiture"); }) ==
      "config.unknown_environment 5: unknown environment '../confiture' [known: production]");
}

BOOST_AUTO_TEST_CASE(an_address_on_the_command_line_wins) {
  const ProjectFiles files;
  files.add("db/environments/local.yaml",
            "database: { env: CONFITURE_TEST_UNSET }\nprotected: true\n");
  const Project project = load_project(files.root());
  const Environment there = load_environment(project, "local", "postgresql://h/d");
  BOOST_TEST(there.database.url == "postgresql://h/d");
  BOOST_TEST(there.protected_);
  const Environment alone = load_environment(project, "nowhere", "postgresql://h/d");
  BOOST_TEST(alone.database.url == "postgresql://h/d");
  BOOST_TEST(alone.file.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::config
