// SPDX-License-Identifier: MIT
#include "host/lint/formats.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "host/lint/baseline.hpp"
#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

// One warning with a hint, one accepted error; by hand, so that no rule's words matter here.
Report report() {
  const auto source =
      std::make_shared<const sql::Source>("db/schema/a b.sql", "x\nCREATE TABLE \"T\" (é int);\n");
  Report made;
  made.files = 1;
  made.statements = 2;
  made.file_names = {"db/schema/a b.sql", "db/schema/b.sql"};
  Finding finding;
  finding.rule = "naming.table_case";
  finding.category = "naming";
  finding.severity = Severity::warning;
  finding.source = source;
  finding.object = "public.\"T\"";
  finding.message = "table public.\"T\" | 100% <wrong>";
  finding.hint = "name it t";
  place_finding(finding, 15, 18);
  made.findings.push_back(finding);
  finding.severity = Severity::error;
  finding.accepted = "see 412";
  made.accepted.push_back(finding);
  return made;
}

// SARIF 2.1.0 lets no object have a property that its schema does not name, and asks for some: here
// for what a report holds.
struct Shape {
  std::vector<std::string> required, optional;
};

void check_shape(const boost::json::value& value, const Shape& shape) {
  const boost::json::object& object = value.as_object();
  for (const std::string& name : shape.required)
    BOOST_TEST(object.contains(name), "'" << name << "' is missing in " << value);
  for (const auto& [key, ignored] : object) {
    const std::string name(key);
    const auto among = [&](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    BOOST_TEST((among(shape.required) || among(shape.optional)), name << " in " << value);
  }
}

void check_place(const boost::json::value& location) {
  check_shape(location, {{"physicalLocation"}, {}});
  const boost::json::value& physical = location.at("physicalLocation");
  check_shape(physical, {{"artifactLocation"}, {"region"}});
  check_shape(physical.at("artifactLocation"), {{"uri"}, {}});
  if (!physical.as_object().contains("region")) return;
  const boost::json::value& region = physical.at("region");
  check_shape(region, {{"startLine", "startColumn"}, {"endLine", "endColumn"}});
  for (const auto& [key, number] : region.as_object()) BOOST_TEST(number.as_int64() >= 1);
}

void check_result(const boost::json::value& result) {
  check_shape(result, {{"ruleId", "level", "message", "partialFingerprints"},
                       {"ruleIndex", "locations", "fixes", "suppressions"}});
  check_shape(result.at("message"), {{"text"}, {}});
  const std::string level(result.at("level").as_string());
  BOOST_TEST((level == "error" || level == "warning" || level == "note"));
  const boost::json::object& object = result.as_object();
  if (object.contains("locations"))
    for (const auto& location : result.at("locations").as_array()) check_place(location);
  if (object.contains("suppressions"))
    for (const auto& one : result.at("suppressions").as_array()) {
      check_shape(one, {{"kind"}, {"justification"}});
      BOOST_TEST((one.at("kind") == "inSource" || one.at("kind") == "external"));
    }
  if (!object.contains("fixes")) return;
  for (const auto& fix : result.at("fixes").as_array()) {
    check_shape(fix, {{"artifactChanges"}, {"description"}});
    for (const auto& change : fix.at("artifactChanges").as_array()) {
      check_shape(change, {{"artifactLocation", "replacements"}, {}});
      for (const auto& one : change.at("replacements").as_array()) {
        check_shape(one, {{"deletedRegion"}, {"insertedContent"}});
        check_shape(one.at("deletedRegion"), {{"byteOffset", "byteLength"}, {}});
      }
    }
  }
}

std::vector<RuleInfo> rules() {
  RuleInfo info;
  info.id = "naming.table_case";
  info.category = "naming";
  info.summary = "Names";
  info.doc = "Why.";
  info.default_severity = info.severity = Severity::warning;
  return {info};
}

BOOST_AUTO_TEST_SUITE(formats)

BOOST_AUTO_TEST_CASE(concise) {
  BOOST_TEST(
      formatted(Format::concise, report(), rules()) ==
      "db/schema/a b.sql:2:14: warning[naming.table_case]: table public.\"T\" | 100% <wrong>\n"
      "1 finding (1 warning) in 1 file, 2 statements\n"
      "1 finding was accepted\n");
}

BOOST_AUTO_TEST_CASE(github) {
  BOOST_TEST(formatted(Format::github, report(), rules()) ==
             "::warning title=naming.table_case,file=db/schema/a b.sql,line=2,endLine=2,col=14,"
             "endColumn=17::table public.\"T\" | 100%25 <wrong>%0Aname it t\n");
}

BOOST_AUTO_TEST_CASE(checkstyle) {
  BOOST_TEST(formatted(Format::checkstyle, report(), rules()) ==
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n"
             "  <file name=\"db/schema/a b.sql\">\n"
             "    <error line=\"2\" column=\"14\" severity=\"warning\" message=\"table "
             "public.&quot;T&quot; | 100% &lt;wrong&gt;\" source=\"naming.table_case\"/>\n"
             "  </file>\n</checkstyle>\n");
}

BOOST_AUTO_TEST_CASE(junit) {
  BOOST_TEST(formatted(Format::junit, report(), rules()) ==
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<testsuites name=\"confiture lint\" tests=\"2\" failures=\"1\">\n"
             "  <testsuite name=\"db/schema/a b.sql\" tests=\"1\" failures=\"1\">\n"
             "    <testcase classname=\"naming.table_case\" name=\"naming.table_case:2:14\">\n"
             "      <failure type=\"warning\" message=\"table public.&quot;T&quot; | 100% "
             "&lt;wrong&gt;\">db/schema/a b.sql:2:14: table public.&quot;T&quot; | 100% "
             "&lt;wrong&gt;&#10;name it t</failure>\n"
             "    </testcase>\n  </testsuite>\n"
             "  <testsuite name=\"db/schema/b.sql\" tests=\"1\" failures=\"0\">\n"
             "    <testcase classname=\"confiture\" name=\"db/schema/b.sql\"/>\n"
             "  </testsuite>\n</testsuites>\n");
}

BOOST_AUTO_TEST_CASE(markdown) {
  BOOST_TEST(formatted(Format::markdown, report(), rules()) ==
             "| place | severity | rule | finding |\n|---|---|---|---|\n"
             "| `db/schema/a b.sql:2:14` | warning | `naming.table_case` | table public.\"T\" \\| "
             "100% &lt;wrong>: name it t |\n\n1 finding (1 warning) in 1 file, 2 statements\n"
             "1 finding was accepted\n");
}

BOOST_AUTO_TEST_CASE(gitlab) {
  const boost::json::value document =
      boost::json::parse(formatted(Format::gitlab, report(), rules()));
  const boost::json::object& issue = document.as_array().at(0).as_object();
  BOOST_TEST(issue.at("severity").as_string() == "minor");
  BOOST_TEST(issue.at("check_name").as_string() == "naming.table_case");
  BOOST_TEST(issue.at("location").at("lines").at("begin").as_int64() == 2);
  BOOST_TEST(issue.at("fingerprint").as_string().size() == 16u);
}

BOOST_AUTO_TEST_CASE(sarif) {
  const boost::json::value document =
      boost::json::parse(formatted(Format::sarif, report(), rules()));
  BOOST_TEST(document.at("version").as_string() == "2.1.0");
  const boost::json::value& run = document.at("runs").at(0);
  BOOST_TEST(run.at("tool").at("driver").at("rules").at(0).at("id").as_string() ==
             "naming.table_case");
  const boost::json::array& results = run.at("results").as_array();
  BOOST_REQUIRE_EQUAL(results.size(), 2u);
  const boost::json::value& place = results[0].at("locations").at(0).at("physicalLocation");
  BOOST_TEST(place.at("artifactLocation").at("uri").as_string() == "db/schema/a%20b.sql");
  BOOST_TEST(place.at("region").at("startLine").as_int64() == 2);
  BOOST_TEST(place.at("region").at("endColumn").as_int64() == 17);
  BOOST_TEST(results[0].as_object().contains("suppressions") == false);
  BOOST_TEST(results[1].at("suppressions").at(0).at("justification").as_string() == "see 412");
  BOOST_TEST(results[1].at("level").as_string() == "error");
}

BOOST_AUTO_TEST_CASE(each_finding_has_a_fingerprint_of_its_own) {
  Report made = report();
  made.findings.push_back(made.findings[0]);  // the same again, on a line that says the same
  const std::string print = fingerprint(made.findings[0]);
  const boost::json::value issues = boost::json::parse(formatted(Format::gitlab, made, rules()));
  BOOST_TEST(issues.at(0).at("fingerprint").as_string() == print);
  BOOST_TEST(issues.at(1).at("fingerprint").as_string() == print + "-1");
  const boost::json::value document = boost::json::parse(formatted(Format::sarif, made, rules()));
  const boost::json::value& results = document.at("runs").at(0).at("results");
  for (std::size_t i = 0; i < 3; ++i)
    BOOST_TEST(results.at(i).at("partialFingerprints").at("confiture/v1").as_string() ==
               print + (i == 0 ? "" : "-" + std::to_string(i)));
}

BOOST_AUTO_TEST_CASE(a_name_cannot_break_a_line_or_the_terminal) {
  Report made = report();
  made.accepted.clear();
  made.findings[0].message = "table \"a\nb\x1b[31m\" is wrong";
  made.findings[0].hint = "name it\x1b[0m t";
  const std::string shown =
      "db/schema/a b.sql:2:14: warning[naming.table_case]: table \"a\\x0ab\\x1b[31m\" is wrong";
  BOOST_TEST(formatted(Format::concise, made, rules()) ==
             shown + "\n1 finding (1 warning) in 1 file, 2 statements\n");
  const std::vector<std::string> lines = text_lines(made.findings[0]);
  BOOST_TEST(lines.front() == shown);
  BOOST_TEST(lines.at(4) == "   = help: name it\\x1b[0m t");
}

BOOST_AUTO_TEST_CASE(sarif_is_what_its_schema_allows) {
  Report made = report();
  made.findings[0].edits.push_back({15, 18, "t"});
  made.findings[0].fix = FixKind::safe;
  made.accepted.push_back(made.accepted[0]);
  made.accepted[1].accepted = "baseline";
  Finding nowhere;
  nowhere.rule = "naming.table_case";
  nowhere.severity = Severity::critical;
  nowhere.message = "of the database";
  made.findings.push_back(nowhere);
  const boost::json::value document = boost::json::parse(formatted(Format::sarif, made, rules()));
  check_shape(document, {{"version", "runs"}, {"$schema"}});
  const boost::json::value& run = document.at("runs").at(0);
  check_shape(run, {{"tool", "results"}, {"columnKind"}});
  const boost::json::value& driver = run.at("tool").at("driver");
  check_shape(driver, {{"name", "version"}, {"rules"}});
  for (const auto& rule : driver.at("rules").as_array()) {
    check_shape(rule, {{"id"}, {"shortDescription", "help", "defaultConfiguration", "properties"}});
    check_shape(rule.at("help"), {{"text"}, {"markdown"}});
    check_shape(rule.at("defaultConfiguration"), {{}, {"enabled", "level"}});
  }
  BOOST_TEST(run.at("results").as_array().size() == 4u);
  for (const auto& result : run.at("results").as_array()) check_result(result);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
