// SPDX-License-Identifier: MIT
// Rules written in YAML.
#include "host/lint/custom_rule.hpp"

#include "host/config/sections.hpp"
#include "host/config/value.hpp"
#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

config::Linting configured(const std::string& yaml) {
  return config::read_linting(config::parse_yaml(yaml, "db/confiture.yaml"));
}

std::vector<std::string> found(const std::string& yaml, const std::string& sql,
                               SourceKind kind = SourceKind::schema) {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("a.sql", sql), kind});
  return shown(lint(std::move(inputs), {{"team"}, {}}, configured(yaml)).findings);
}

void refused(const std::string& yaml, const std::string& message, const std::string& place) {
  try {
    found(yaml, "");
    BOOST_ERROR("it was accepted: " << yaml);
  } catch (const Error& error) {
    BOOST_TEST(error.message() == message);
    BOOST_TEST(to_string(error.place()) == "db/confiture.yaml:" + place);
  }
}

BOOST_AUTO_TEST_SUITE(custom_rules)

BOOST_AUTO_TEST_CASE(objects_must_be_as_required) {
  check_lines(found("custom:\n  - id: team.email_unique\n    severity: error\n    for: column\n"
                    "    where: { name: '*email*' }\n    require: { unique: true }\n"
                    "    message: 'column {table}.{name} should be unique'\n",
                    "CREATE TABLE t (email text, work_email text UNIQUE, name text);"),
              {"a.sql:1:17 error team.email_unique none: column public.t.email should be unique"});
  check_lines(
      found("custom:\n  - id: team.no_big_text\n    for: column\n"
            "    where: { type: [varchar, bpchar] }\n    require: { max_length: { max: 80 } }\n"
            "    message: '{name} is {max_length} long'\n",
            "CREATE TABLE t (a varchar(80), b char(81), c text);"),
      {"a.sql:1:32 warning team.no_big_text none: b is 81 long"});
  check_lines(found("custom:\n  - id: team.commented\n    for: table\n"
                    "    where: { schema: { not: 'tmp*' } }\n    require: { comment: true }\n"
                    "    message: 'table {qualified_name} has no comment'\n",
                    "CREATE TABLE t (a int); CREATE TABLE tmp_x.u (a int); CREATE TABLE v (a int);"
                    "COMMENT ON TABLE v IS 'it';"),
              {"a.sql:1:14 warning team.commented none: table public.t has no comment"});
}

BOOST_AUTO_TEST_CASE(statements_of_migrations_too) {
  check_lines(
      found("custom:\n  - id: team.no_grant\n    for: statement\n"
            "    where: { statement: GRANT }\n    require: { sql: '*app_*' }\n"
            "    message: 'grants name a role of the application'\n",
            "GRANT SELECT ON t TO bob; GRANT SELECT ON t TO app_reader;", SourceKind::migration),
      {"a.sql:1:1 warning team.no_grant none: grants name a role of the application"});
}

BOOST_AUTO_TEST_CASE(mistakes_have_their_place) {
  const std::string start = "custom:\n  - id: team.x\n    message: m\n";
  refused(start + "    for: colum\n    require: { unique: true }\n",
          "unknown kind 'colum' of the rule 'team.x'", "4:10");
  refused(start + "    for: column\n    require: { uniqe: true }\n", "unknown property 'uniqe'",
          "5:16");
  refused(start + "    for: column\n    require: { unique: often }\n",
          "'unique' takes true, false or a number", "5:24");
  refused("custom:\n  - id: x\n    message: m\n    for: column\n    require: { unique: true }\n",
          "the id 'x' is no rule's", "2:9");
  refused(
      "custom:\n  - id: naming.table_case\n    message: m\n    for: column\n"
      "    require: { unique: true }\n",
      "there is a rule 'naming.table_case' already", "2:9");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
