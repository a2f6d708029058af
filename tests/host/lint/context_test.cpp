// SPDX-License-Identifier: MIT
// A part of a project is judged with the rest of it, and only the part is reported on.
#include <algorithm>

#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

Input migration(const std::string& name, const std::string& sql, bool context = false) {
  return {sql::Source(name, sql), SourceKind::migration, {}, context};
}

Report judged(std::vector<Input> inputs, const std::string& rule) {
  return lint(std::move(inputs), {{rule}, {}});
}

BOOST_AUTO_TEST_SUITE(context)

BOOST_AUTO_TEST_CASE(an_earlier_migration_is_known_and_not_reported_on) {
  const std::string before =
      "ALTER TABLE t ADD CONSTRAINT there CHECK (a IS NOT NULL) NOT VALID;\n"
      "ALTER TABLE t VALIDATE CONSTRAINT there;\nALTER TABLE t ALTER b SET NOT NULL;\nSELEC";
  const std::string after =
      "ALTER TABLE t ALTER a SET NOT NULL;\nALTER TABLE t ALTER c SET NOT NULL;";
  const Report report =
      judged({migration("2_b.up.sql", after), migration("1_a.up.sql", before, true)},
             "safety.set_not_null");
  check_lines(shown(report.findings),
              {"2_b.up.sql:2:15 error safety.set_not_null high: column t.c is made NOT NULL by a "
               "scan of the whole table, while nobody can read or write it"});
  BOOST_TEST(report.files == 1u);
  BOOST_TEST(report.statements == 2u);
  BOOST_TEST(report.unjudged == 0u);
}

BOOST_AUTO_TEST_CASE(a_file_of_the_schema_refers_to_the_others) {
  const std::string referring = "CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);";
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("b.sql", referring), SourceKind::schema});
  const Choice references{{"structure"}, {}};
  const auto unknown = [&] {
    std::size_t count = 0;
    for (const Finding& finding : lint(inputs, references).findings)
      count += finding.message.find("no file creates") != std::string::npos ? 1u : 0u;
    return count;
  };
  const std::size_t alone = lint(inputs, references).findings.size();
  inputs.push_back(
      {sql::Source("a.sql", "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE c ();"),
       SourceKind::schema,
       {},
       true});
  BOOST_TEST(lint(inputs, references).findings.size() < alone);
  BOOST_TEST(unknown() == 0u);
}

// Nothing else says how the schema should be.
BOOST_AUTO_TEST_CASE(rules_about_objects_judge_a_chain_that_is_the_schema) {
  const auto judge = [](bool chain_is_schema) {
    RunOptions options;
    options.chain_is_schema = chain_is_schema;
    return lint({migration("1_a.up.sql",
                           "CREATE TABLE a (id int, \"At\" timestamp);\nCREATE TABLE b (id int);\n"
                           "CREATE POLICY p ON a USING (true);"),
                 migration("2_b.up.sql",
                           "DROP TABLE b;\nALTER TABLE a ADD PRIMARY KEY (id);\n"
                           "ALTER TABLE a ADD note json;\nALTER TABLE c ADD d json;")},
                {{"structure.require_primary_key", "structure.prefer_timestamptz",
                  "structure.prefer_jsonb", "naming.column_case", "security.policy_without_rls"},
                 {}},
                {}, std::move(options));
  };
  check_lines(shown(judge(false).findings), {});
  const Report report = judge(true);
  check_lines(
      shown(report.findings),
      {"1_a.up.sql:1:25 warning naming.column_case none: column public.a.\"At\" is not named in "
       "snake_case",
       "1_a.up.sql:1:25 warning structure.prefer_timestamptz low: column public.a.\"At\" is a "
       "timestamp without time zone",
       "1_a.up.sql:3:15 error security.policy_without_rls high: policy p of table public.a has no "
       "effect: its row security is off",
       "2_b.up.sql:3:19 warning structure.prefer_jsonb low: column public.a.note is of type json, "
       "which has no equality and is parsed at each use",
       "2_b.up.sql:4:19 warning structure.prefer_jsonb low: column c.d is of type json, which has "
       "no equality and is parsed at each use"});
  for (const Finding& finding : report.findings) BOOST_TEST(finding.edits.empty());
}

BOOST_AUTO_TEST_CASE(one_thread_or_many_and_any_order) {
  std::vector<Input> inputs;
  for (int i = 1; i <= 60; ++i)
    inputs.push_back(migration(std::to_string(i) + "_a.up.sql", "ALTER TABLE t ADD COLUMN c" +
                                                                    std::to_string(i) +
                                                                    " int;\n"
                                                                    "ALTER TABLE t DROP COLUMN c" +
                                                                    std::to_string(i / 2) + ";"));
  const std::vector<std::string> expected = shown(lint(inputs, {{"safety"}, {}}).findings);
  BOOST_TEST(expected.size() >= 60u);
  std::reverse(inputs.begin(), inputs.end());
  check_lines(shown(lint(inputs, {{"safety"}, {}}).findings), expected);
  std::rotate(inputs.begin(), inputs.begin() + 17, inputs.end());
  check_lines(shown(lint(inputs, {{"safety"}, {}}).findings), expected);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
