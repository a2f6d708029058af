// SPDX-License-Identifier: MIT
// Rules written in YAML.
#include "host/lint/custom_rule.hpp"

#include <algorithm>
#include <map>

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

// Of each kind of object one that breaks the rule, and where it stands.
BOOST_AUTO_TEST_CASE(every_kind_of_object_can_be_judged) {
  const std::string sql =
      "CREATE SCHEMA s;\nCREATE TYPE e AS ENUM ('v');\nCREATE DOMAIN d AS int;\n"
      "CREATE TYPE c AS (f int);\nCREATE TYPE r AS RANGE (subtype = int);\nCREATE SEQUENCE q;\n"
      "CREATE TABLE t (a int CONSTRAINT k CHECK (a > 0)) WITH (fillfactor = 70);\n"
      "CREATE INDEX i ON t (a);\nCREATE VIEW w AS SELECT a FROM t;\n"
      "CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
      "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();\n"
      "CREATE POLICY p ON t USING (a > 0);\nGRANT SELECT ON t TO bob;\nCREATE EXTENSION x;\n"
      "CREATE RULE u AS ON INSERT TO t DO NOTHING;\nCREATE ROLE bob;\n"
      "CREATE PUBLICATION b FOR TABLE t;\nCREATE FOREIGN TABLE y (a int) SERVER z;\n"
      "CREATE VIEW n AS SELECT 1 FROM nobody;\n";
  const std::map<std::string, std::string> places{
      {"schema", "1:1"},      {"enum_type", "2:13"},      {"enum_value", "2:13"},
      {"domain", "3:15"},     {"composite_type", "4:13"}, {"range_type", "5:13"},
      {"sequence", "6:17"},   {"table", "7:14"},          {"column", "7:17"},
      {"constraint", "7:23"}, {"setting", "7:57"},        {"index", "8:14"},
      {"index_key", "8:22"},  {"view", "9:13"},           {"function", "10:17"},
      {"argument", "10:21"},  {"trigger", "11:16"},       {"policy", "12:15"},
      {"grant", "13:1"},      {"extension", "14:1"},      {"rewrite_rule", "15:13"},
      {"role", "16:1"},       {"publication", "17:1"},    {"foreign_table", "18:22"},
      {"reference", "19:32"}};
  for (const auto& [kind, place] : places) {
    const std::vector<std::string> lines =
        found("custom:\n  - id: team.x\n    for: " + kind +
                  "\n    require: { name: 'never' }\n    message: no\n",
              sql);
    const std::string wanted = "a.sql:" + place + " warning team.x none: no";
    BOOST_TEST((std::find(lines.begin(), lines.end(), wanted) != lines.end()),
               kind << " is not judged at " << place << ", but at "
                    << (lines.empty() ? "nothing" : lines.front()));
  }
}

BOOST_AUTO_TEST_CASE(mistakes_have_their_place) {
  const std::string start = "custom:\n  - id: team.x\n    message: m\n";
  refused(start + "    for: colum\n    require: { unique: true }\n",
          "unknown kind 'colum' of the rule 'team.x'", "4:10");
  refused(start + "    for: column\n    require: { uniqe: true }\n", "unknown property 'uniqe'",
          "5:16");
  refused(start + "    for: column\n    require: { unique: often }\n",
          "'unique' takes true, false or a number", "5:24");
  refused(
      start + "    for: column\n    where: { access_method: gin }\n    require: { unique: true }\n",
      "'access_method' is no property of 'column'", "5:14");
  const std::string text =
      "custom:\n  - id: team.x\n    for: column\n    require: { unique: true }\n";
  refused(text + "    message: 'column {tabel}'\n", "unknown property '{tabel}' in a text", "5:14");
  refused(text + "    message: m\n    suggestion: 'DROP {on_delete}'\n",
          "'{on_delete}' is no property of 'column'", "6:17");
  BOOST_TEST(
      found(text + "    message: 'of {table}.{name}: {} {1} {'\n", "CREATE TABLE t (a int)") ==
      std::vector<std::string>{"a.sql:1:17 warning team.x none: of public.t.a: {} {1} {"});
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
