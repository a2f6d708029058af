// SPDX-License-Identifier: MIT
// Comments, paths and the baseline: which findings count.
#include "host/lint/acceptance.hpp"

#include "host/config/sections.hpp"
#include "host/config/value.hpp"
#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

std::vector<Input> one(const std::string& sql, const std::string& name = "a.sql") {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source(name, sql), SourceKind::schema});
  return inputs;
}

config::Linting configured(const std::string& yaml) {
  return config::read_linting(config::parse_yaml(yaml, "db/confiture.yaml"));
}

const Choice keys{{"structure.require_primary_key", "safety"}, {}};

Report run(std::vector<Input> inputs, const config::Linting& configuration = {},
           RunOptions options = {}, const Choice& choice = keys) {
  extensions::Session session;
  options.today = "2026-11-23";
  return Linter(registry(), configuration, session, choice, std::move(options))
      .run(std::move(inputs));
}

std::vector<std::string> found(const std::string& sql, const std::string& yaml = "{}") {
  return shown(run(one(sql), configured(yaml)).findings);
}

BOOST_AUTO_TEST_SUITE(acceptance)

BOOST_AUTO_TEST_CASE(a_comment_speaks_of_one_statement) {
  const std::string no_key = "error structure.require_primary_key none: table public.";
  check_lines(found("-- confiture: ignore structure.require_primary_key imported as it is\n"
                    "CREATE TABLE a (x int);\nCREATE TABLE b (x int);"),
              {"a.sql:3:14 " + no_key + "b has no primary key"});
  check_lines(found("CREATE TABLE a (x int); -- confiture: ignore structure imported\n"
                    "CREATE TABLE b (x int);"),
              {"a.sql:2:14 " + no_key + "b has no primary key"});
  check_lines(found("CREATE TABLE a (\n  x int -- confiture: ignore structure imported\n);\n"
                    "SELECT '-- confiture: ignore structure x';\nCREATE TABLE b (x int);"),
              {"a.sql:5:14 " + no_key + "b has no primary key"});
}

BOOST_AUTO_TEST_CASE(a_comment_speaks_of_a_block_or_of_the_file) {
  check_lines(found("-- confiture: ignore-begin structure.require_primary_key imported\n"
                    "CREATE TABLE a (x int);\nCREATE TABLE b (x int);\n-- confiture: ignore-end\n"
                    "CREATE TABLE c (x int);"),
              {"a.sql:5:14 error structure.require_primary_key none: table public.c has no "
               "primary key"});
  check_lines(found("CREATE TABLE a (x int);\n/* confiture: ignore-file structure imported */"),
              {});
}

BOOST_AUTO_TEST_CASE(what_is_accepted_is_kept_with_its_reason) {
  const Report report = run(one("-- confiture: ignore structure see 412\nCREATE TABLE a (x int);"));
  BOOST_REQUIRE_EQUAL(report.accepted.size(), 1u);
  BOOST_TEST(report.accepted[0].accepted == "see 412");
}

BOOST_AUTO_TEST_CASE(comments_are_judged_themselves) {
  check_lines(
      found("-- confiture: ignore structure.require_primary_kei x\nCREATE TABLE a (x int);"),
      {"a.sql:1:22 warning safety.unknown_suppression none: unknown rule "
       "'structure.require_primary_kei' in a comment",
       "a.sql:2:14 error structure.require_primary_key none: table public.a has no "
       "primary key"});
  check_lines(found("-- confiture: ignore structure x\nCREATE TABLE a (x int PRIMARY KEY);"),
              {"a.sql:1:1 info safety.unused_suppression none: this comment accepts no finding of "
               "'structure'"});
  check_lines(found("-- confiture: ignore naming x\nCREATE TABLE a (x int PRIMARY KEY);"), {});
  check_lines(found("-- confiture: ignored\n-- confiture: ignore\nSELECT 1;"),
              {"a.sql:1:1 warning safety.unknown_suppression none: unknown word 'ignored' after "
               "'confiture:'",
               "a.sql:2:1 warning safety.unknown_suppression none: 'ignore' names no rule"});
  check_lines(found("-- confiture: ignore-begin structure x\nSELECT 1;"),
              {"a.sql:1:1 warning safety.unknown_suppression none: 'ignore-begin' has no "
               "'ignore-end'",
               "a.sql:1:1 info safety.unused_suppression none: this comment accepts no finding of "
               "'structure'"});
}

BOOST_AUTO_TEST_CASE(a_date_ends_it) {
  const std::string table = "\nCREATE TABLE a (x int);";
  const std::string comment = "-- confiture: ignore structure until ";
  check_lines(found(comment + "2026-11-23 soon" + table), {});
  check_lines(found(comment + "2026-11-22 soon" + table),
              {"a.sql:1:1 info safety.unused_suppression none: this comment accepts nothing since "
               "2026-11-22",
               "a.sql:2:14 error structure.require_primary_key none: table public.a has no "
               "primary key"});
}

BOOST_AUTO_TEST_CASE(a_date_that_is_none_accepts_nothing) {
  for (const std::string date : {"tomorrow", "2027-1-31", "2027-02-30", "2027-13-01", "2027-00-10",
                                 "+027-01-01", "2027-01-3x"})
    check_lines(
        found("-- confiture: ignore structure until " + date + " soon\nCREATE TABLE a (x int);"),
        {"a.sql:1:1 warning safety.unknown_suppression none: '" + date + "' is no date",
         "a.sql:2:14 error structure.require_primary_key none: table public.a has no "
         "primary key"});
  check_lines(found("-- confiture: ignore structure until 2028-02-29\nCREATE TABLE a (x int);"),
              {});
}

BOOST_AUTO_TEST_CASE(lines_may_end_as_windows_ends_them) {
  const std::string no_key = "error structure.require_primary_key none: table public.";
  check_lines(found("-- confiture: ignore structure until 2027-01-31\r\nCREATE TABLE a (x int);\r\n"
                    "-- confiture: ignore-begin structure\r\nCREATE TABLE b (x int);\r\n"
                    "-- confiture: ignore-end\r\nCREATE TABLE c (x int);\r\n"
                    "/* confiture: ignore\r\n   structure,\r\n   naming */\r\n"
                    "CREATE TABLE d (x int);"),
              {"a.sql:6:14 " + no_key + "c has no primary key"});
}

BOOST_AUTO_TEST_CASE(a_reason_where_one_is_asked_for) {
  const std::string sql = "-- confiture: ignore structure\nCREATE TABLE a (x int);";
  check_lines(found(sql), {});
  check_lines(found(sql, "suppressions: { require_reason: true }"),
              {"a.sql:1:1 info safety.unused_suppression none: this comment gives no reason",
               "a.sql:2:14 error structure.require_primary_key none: table public.a has no "
               "primary key"});
}

BOOST_AUTO_TEST_CASE(paths_have_severities_of_their_own) {
  const auto severity = [](const std::string& file) {
    const config::Linting configuration = configured(
        "paths: { 'old/**': { structure: off }, 'new/*': { structure.require_primary_key: info } "
        "}");
    std::string result;
    for (const Finding& finding :
         run(one("CREATE TABLE a (x int);", file), configuration, {}, {{"structure"}, {}}).findings)
      if (finding.rule == "structure.require_primary_key")
        result += std::string(to_string(finding.severity));
    return result;
  };
  BOOST_TEST(severity("old/x/a.sql") == "");
  BOOST_TEST(severity("new/a.sql") == "info");
  BOOST_TEST(severity("a.sql") == "error");
  BOOST_CHECK_THROW(configured("paths: { a: { structure: { max: 3 } } }"), Error);
}

BOOST_AUTO_TEST_CASE(a_baseline_is_matched_by_content) {
  const std::string a = "CREATE TABLE a (x int);\n", b = "CREATE TABLE b (x int);\n";
  RunOptions options;
  options.baseline = Baseline(run(one(a)).findings);
  const std::string text = options.baseline.text();
  BOOST_TEST(text ==
             "{\"version\": 1, \"findings\": [\n"
             "{\"file\":\"a.sql\",\"rule\":\"structure.require_primary_key\",\"message\":\"table "
             "public.a has no primary key\",\"fingerprint\":\"" +
                 fingerprint(run(one(a)).findings[0]) + "\"}\n]}\n");
  check_lines(shown(run(one("SELECT 1;\n\n\n" + b + a), {}, std::move(options)).findings),
              {"a.sql:4:14 error structure.require_primary_key none: table public.b has no "
               "primary key"});
}

BOOST_AUTO_TEST_CASE(a_baseline_has_what_is_said_of_comments_and_tells_what_is_gone) {
  const std::string comment = "-- confiture: ignore structure until 2020-01-01 x\n";
  const std::string a = "CREATE TABLE a (x int);\n";
  const std::vector<Finding> accepted = run(one(comment + a + a)).findings;
  BOOST_REQUIRE_EQUAL(accepted.size(), 3u);
  const auto rerun = [&](const std::string& sql, const std::string& name = "a.sql",
                         const Choice& choice = keys) {
    RunOptions options;
    options.baseline = Baseline(accepted);
    return run(one(sql, name), {}, std::move(options), choice);
  };
  const Report same = rerun(comment + a + a);
  check_lines(shown(same.findings), {});
  BOOST_TEST(same.baseline_gone == 0u);
  BOOST_TEST(rerun(a).baseline_gone == 2u);
  BOOST_TEST(rerun("SELECT 1;", "b.sql").baseline_gone == 0u);  // its file was not judged
  // Of rules that ran: what is said of comments always does.
  BOOST_TEST(rerun("SELECT 1;", "a.sql", {{"naming"}, {}}).baseline_gone == 1u);
  const std::vector<std::string> lines = summary_lines(rerun(a));
  check_lines(lines, {"no findings in 1 file, 1 statement", "1 finding was accepted",
                      "2 findings of the baseline are gone: write it anew with --write-baseline"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
