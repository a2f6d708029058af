// SPDX-License-Identifier: MIT
// Whatever a file holds: a finding or a clear error, never a crash.
#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

const Choice keys{{"structure.require_primary_key"}, {}};

std::vector<std::string> found(std::string sql, SourceKind kind = SourceKind::schema) {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("a.sql", std::move(sql)), kind});
  return shown(lint(std::move(inputs), keys).findings);
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

const std::string no_key =
    " error structure.require_primary_key none: table public.t has no "
    "primary key";

BOOST_AUTO_TEST_SUITE(robustness)

BOOST_AUTO_TEST_CASE(operators_without_end) {
  const std::string sum = "1" + repeated(" + 1", 200'000);
  check_lines(found("CREATE VIEW v AS SELECT " + sum + " AS a;\nCREATE TABLE t (a int);"),
              {"a.sql:2:14" + no_key});
  check_lines(found("CREATE TABLE t (a int DEFAULT " + sum + ", CHECK (a > " + sum + "));"),
              {"a.sql:1:14" + no_key});
  check_lines(found("ALTER TABLE u ADD COLUMN a int DEFAULT " + sum + ";\nUPDATE u SET a = " + sum,
                    SourceKind::migration),
              {});
}

BOOST_AUTO_TEST_CASE(parentheses_without_end) {
  const std::string nested = repeated("(", 20'000) + "1" + repeated(")", 20'000);
  check_lines(
      found("CREATE TABLE u (a int PRIMARY KEY DEFAULT " + nested + ");\nCREATE TABLE t (a int);"),
      {"a.sql:1:10030 error safety.syntax_error high: memory exhausted at or near \"(\"",
       "a.sql:2:14" + no_key});
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text) {
  check_lines(found(std::string("CREATE TABLE t (a int);\nSELECT '") + '\0' + "';"),
              {"a.sql:1:14" + no_key,
               "a.sql:2:9 error safety.syntax_error high: a NUL byte, which PostgreSQL does not "
               "take"});
  check_lines(found("CREATE TABLE t (a int);\nSELECT '\xFF\xFE';"),
              {"a.sql:1:14" + no_key,
               "a.sql:2:9 error safety.syntax_error high: byte 0xFF is not UTF-8; in "
               "Latin-1 it is 'ÿ'"});
}

BOOST_AUTO_TEST_CASE(the_line_ends_and_marks_of_other_systems) {
  check_lines(found("\xEF\xBB\xBF"
                    "CREATE TABLE t (a int);"),
              {"a.sql:1:14" + no_key});
  check_lines(found("-- é\r\nCREATE TABLE\r\n  t (a int);\r\n"), {"a.sql:3:3" + no_key});
  check_lines(found("/* äöü */ CREATE TABLE t (a int)"), {"a.sql:1:24" + no_key});
  check_lines(found(""), {});
  check_lines(found("\xEF\xBB\xBF"), {});
  check_lines(found("-- only a comment"), {});
  check_lines(found(";;;"), {});
}

BOOST_AUTO_TEST_CASE(a_file_of_fifty_megabytes) {
  constexpr std::size_t most = 50 << 20;
  const std::string row = "INSERT INTO log VALUES (1, '" + std::string(64 << 10, 'x') + "');\n";
  std::string many = repeated(row, most / row.size()) + "CREATE TABLE t (a int);";
  const std::size_t last = most / row.size() + 1;
  check_lines(found(std::move(many)), {"a.sql:" + std::to_string(last) + ":14" + no_key});
  check_lines(
      found("INSERT INTO log VALUES ('" + std::string(most, 'x') + "');\nCREATE TABLE t (a int);"),
      {"a.sql:1:1 error safety.syntax_error high: a statement of more than 4 MiB is not "
       "read",
       "a.sql:2:14" + no_key});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
