// SPDX-License-Identifier: MIT
#include "host/lint/linter.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>

#include "host/config/value.hpp"
#include "host/foundation/file.hpp"
#include "host/lint/assess.hpp"
#include "tests/host/lint/fixture.hpp"
#include "tests/support/checkout.hpp"

namespace host::lint {
namespace {

namespace fs = std::filesystem;

std::vector<Input> one(std::string name, std::string sql, SourceKind kind = SourceKind::schema) {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source(std::move(name), std::move(sql)), kind});
  return inputs;
}

// Some rules, so that a new one changes no test of the engine.
const Choice few{
    {"naming.table_case", "structure.require_primary_key", "performance.foreign_key_without_index",
     "security.plain_text_secret_column", "safety.drop_table", "safety.drop_column"},
    {}};

config::Linting configured(const std::string& rule, const std::string& yaml) {
  config::RuleSetting setting;
  setting.rule = rule;
  setting.with = config::parse_yaml(yaml, "db/confiture.yaml");
  setting.place = {"db/confiture.yaml", 3, 5};
  config::Linting linting;
  linting.rules.push_back(std::move(setting));
  return linting;
}

BOOST_AUTO_TEST_SUITE(linter)

BOOST_AUTO_TEST_CASE(judges_the_shop) {
  const fs::path file = ::test::checkout() / "tests" / "data" / "shop.sql";
  const Report report = lint(one("shop.sql", read_file(file)), few);
  check_lines(
      shown(report.findings),
      {"shop.sql:32:30 warning performance.foreign_key_without_index low: no index covers foreign "
       "key product_category_id_fkey (category_id) of table shop.product",
       "shop.sql:39:14 warning naming.table_case none: table shop.\"Order\" is not named in "
       "snake_case",
       "shop.sql:41:33 warning performance.foreign_key_without_index low: no index covers foreign "
       "key \"Order_customer_id_fkey\" (customer_id) of table shop.\"Order\"",
       "shop.sql:46:14 warning naming.table_case none: table shop.\"Order Line\" is not named in "
       "snake_case",
       "shop.sql:53:5 warning performance.foreign_key_without_index low: no index covers foreign "
       "key line_product (product_id) of table shop.\"Order Line\"",
       "shop.sql:68:14 error structure.require_primary_key none: table shop.visit has no primary "
       "key",
       "shop.sql:71:5 warning security.plain_text_secret_column none: column "
       "shop.visit.session_token seems to hold a secret in plain text"});
  BOOST_TEST(report.files == 1u);
  BOOST_TEST(report.unjudged == 0u);
}

BOOST_AUTO_TEST_CASE(the_order_of_the_files_does_not_matter) {
  const auto inputs = [](bool backwards) {
    std::vector<Input> all;
    for (int i = 0; i < 40; ++i)
      all.push_back(
          {sql::Source("f" + std::to_string(backwards ? 39 - i : i) + ".sql",
                       "CREATE TABLE \"T" + std::to_string(backwards ? 39 - i : i) + "\" (a int);"),
           SourceKind::schema});
    return all;
  };
  const std::vector<std::string> forwards = shown(lint(inputs(false), few).findings);
  BOOST_TEST(forwards.size() == 80u);
  check_lines(shown(lint(inputs(true), few).findings), forwards);
}

BOOST_AUTO_TEST_CASE(rules_about_statements_judge_migrations_only) {
  const std::string sql = "DROP TABLE t; CREATE TABLE \"T\" (a int);";
  BOOST_TEST(lint(one("1_a.up.sql", sql, SourceKind::migration), few).findings.size() == 1u);
  BOOST_TEST(lint(one("a.sql", sql), few).findings.size() == 2u);
  BOOST_TEST(lint(one("1_a.down.sql", sql, SourceKind::unjudged), few).findings.empty());
}

BOOST_AUTO_TEST_CASE(obeys_the_configuration_and_the_choice) {
  const std::string sql = "CREATE TABLE \"Customer\" (email text);";
  const auto rules = [&](const Choice& choice, const config::Linting& configuration) {
    std::string result;
    for (const Finding& finding : lint(one("a.sql", sql), choice, configuration).findings)
      result += finding.rule + "=" + std::string(to_string(finding.severity)) + " ";
    return result;
  };
  const Choice two{{"naming.table_case", "structure.require_primary_key"}, {}};
  BOOST_TEST(rules(two, {}) == "naming.table_case=warning structure.require_primary_key=error ");
  BOOST_TEST(rules({{"naming.table_case"}, {}}, {}) == "naming.table_case=warning ");
  BOOST_TEST(rules({{"compliance.audit_columns"}, {}}, {}) == "compliance.audit_columns=warning ");
  BOOST_TEST(rules({two.select, {"structure"}}, {}) == "naming.table_case=warning ");
  BOOST_TEST(rules(two, configured("naming.table_case", "style: PascalCase")) ==
             "structure.require_primary_key=error ");
  BOOST_TEST(rules(two, configured("naming.table_case", "exclude: [Customer]")) ==
             "structure.require_primary_key=error ");
  config::Linting off = configured("structure.require_primary_key", "{}");
  off.rules[0].off = true;
  const std::string without = rules({}, off);
  BOOST_TEST(without.find("naming.table_case=warning ") != std::string::npos);
  BOOST_TEST(without.find("require_primary_key") == std::string::npos);
  config::Linting critical = configured("structure.require_primary_key", "{}");
  critical.rules[0].severity = "critical";
  BOOST_TEST(rules({{"structure.require_primary_key"}, {}}, critical) ==
             "structure.require_primary_key=critical ");
}

BOOST_AUTO_TEST_CASE(refuses_unknown_rules_with_their_place) {
  try {
    lint({}, {}, configured("naming.table_caze", "{}"));
    BOOST_ERROR("it was accepted");
  } catch (const Error& error) {
    BOOST_TEST(std::string(error.code().id) == "config.unknown_rule");
    BOOST_TEST(to_string(error.place()) == "db/confiture.yaml:3:5");
  }
  BOOST_CHECK_THROW(lint({}, {{"naming.nothing"}, {}}), Error);
}

BOOST_AUTO_TEST_CASE(a_category_that_is_mistyped_has_its_nearest) {
  const auto told = [](const std::string& word) {
    try {
      lint({}, {{word}, {}});
    } catch (const Error& error) {
      return error.message() + ": " + error.hint();
    }
    return std::string();
  };
  BOOST_TEST(told("namin") ==
             "'namin' is neither a rule nor a category of rules: did you mean 'naming'?");
  BOOST_TEST(told("structure.*") ==
             "'structure.*' is neither a rule nor a category of rules: did you mean 'structure'?");
  BOOST_TEST(told("naming.table_cases") ==
             "unknown rule 'naming.table_cases': did you mean 'naming.table_case'?");
}

BOOST_AUTO_TEST_CASE(says_what_it_could_not_read) {
  const Report report =
      lint(one("a.sql", "SELEC 1;\nCREATE TABLE \"T\" (id int PRIMARY KEY);\n"), few);
  check_lines(shown(report.findings),
              {"a.sql:1:1 error safety.syntax_error high: syntax error at or near \"SELEC\"",
               "a.sql:2:14 warning naming.table_case none: table public.\"T\" is not named in "
               "snake_case"});
  std::vector<std::string> text = text_lines(report.findings[1]);
  check_lines(
      text, {"a.sql:2:14: warning[naming.table_case]: table public.\"T\" is not named in "
             "snake_case",
             "   |", " 2 | CREATE TABLE \"T\" (id int PRIMARY KEY);", "   |              ^^^",
             "   = help: name it t", "   = suggestion: ALTER TABLE public.\"T\" RENAME TO t;", ""});
  check_lines(summary_lines(report), {"2 findings (1 error, 1 warning) in 1 file, 2 statements",
                                      "1 statement could not be read and was not judged"});
}

BOOST_AUTO_TEST_CASE(assesses_a_migration) {
  extensions::Session session;
  Linter judge(registry(), {}, session, few);
  const auto assessed = [&](std::string sql) {
    return assess_migration(sql::parse_script(sql::Source("1_a.up.sql", std::move(sql))), judge);
  };
  const Assessment drops = assessed("ALTER TABLE t DROP COLUMN a; DROP TABLE u;");
  BOOST_TEST(drops.risk == "critical");
  check_lines(drops.reasons, {"column t.a is dropped with all its values",
                              "table u is dropped with all its rows"});
  BOOST_TEST(assessed("CREATE TABLE t (id int);").risk == "none");
  BOOST_TEST(assessed("CREATE TABLE t (id int); DROP TABLE t;").risk == "none");
  BOOST_TEST(assessed("SELEC").risk == "high");
}

// Real schemas, where they are at hand: every finding there was read and can be defended.
BOOST_AUTO_TEST_CASE(raises_no_false_alarm_on_real_schemas) {
  const fs::path data = ::test::shared_data();
  if (!fs::is_directory(data)) return;
  const auto count = [&](const char* file) {
    std::map<std::string, int> counts;
    const Report report = lint(one(file, read_file(data / file)), few);
    for (const Finding& finding : report.findings) {
      ++counts[finding.rule];
      BOOST_TEST(!finding.source->line(finding.line).empty(), finding.message);
    }
    std::string result;
    for (const auto& [rule, number] : counts) result += rule + "=" + std::to_string(number) + " ";
    return result;
  };
  BOOST_TEST(count("pagila/pagila-schema.sql") ==
             "performance.foreign_key_without_index=13 security.plain_text_secret_column=1 ");
  BOOST_TEST(count("northwind/northwind.sql") == "performance.foreign_key_without_index=10 ");
  BOOST_TEST(count("chinook/chinook.sql") == "safety.psql_meta_command=1 ");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
