// SPDX-License-Identifier: MIT
// Rules about migrations as one after the other: which are applied, which were edited since, which
// have a way down.
#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

Input migration(const std::string& name, const sql::MigrationFacts& facts = {},
                const std::string& text = "SELECT 1;") {
  return {sql::Source(name, text), SourceKind::migration, facts};
}

std::vector<std::string> found(const std::string& rule, std::vector<Input> inputs) {
  std::vector<std::string> messages;
  for (const Finding& finding : lint(std::move(inputs), {{"safety." + rule}, {}}).findings)
    if (finding.rule == "safety." + rule) messages.push_back(finding.message);
  return messages;
}

const sql::MigrationFacts applied{std::nullopt, false, true, false};

BOOST_AUTO_TEST_SUITE(safety_history)

BOOST_AUTO_TEST_CASE(versions_are_numbers_of_one_folder) {
  const std::string rule = "duplicate_version";
  check_lines(found(rule, {migration("a/7_x.up.sql"), migration("a/007_y.up.sql")}),
              {"migration 7_x.up.sql has the same version as 007_y.up.sql"});
  check_lines(
      found(rule, {migration("a/7_x.up.sql"), migration("b/7_y.up.sql"), migration("a/70_x.up.sql"),
                   migration("notes.sql"), migration("others.sql")}),
      {});
  sql::MigrationFacts first, second, third;
  first.version = "1.0";
  second.version = "01";
  third.version = "1.0.1";
  check_lines(found(rule, {migration("V1.0__x.sql", first), migration("V01__y.sql", second),
                           migration("V1.0.1__z.sql", third)}),
              {"migration V1.0__x.sql has the same version as V01__y.sql"});
}

BOOST_AUTO_TEST_CASE(nothing_comes_before_what_is_applied) {
  const std::string rule = "non_linear_history";
  check_lines(found(rule, {migration("a/1_x.up.sql"), migration("a/2_y.up.sql", applied),
                           migration("a/3_z.up.sql"), migration("b/1_x.up.sql")}),
              {"migration 1_x.up.sql comes before 2_y.up.sql, which is applied already"});
  // 10 comes after 9, and a repeatable one after all.
  sql::MigrationFacts repeatable;
  repeatable.version = "";
  check_lines(found(rule, {migration("9_x.up.sql", applied), migration("10_y.up.sql"),
                           migration("R__v.sql", repeatable)}),
              {});
  check_lines(found(rule, {migration("1_x.up.sql"), migration("2_y.up.sql")}), {});
}

BOOST_AUTO_TEST_CASE(what_is_applied_stays_as_it_is) {
  sql::MigrationFacts edited = applied;
  edited.edited = true;
  check_lines(found("edited_migration",
                    {migration("1_x.up.sql", applied), migration("2_y.up.sql", edited)}),
              {"migration 2_y.up.sql was edited after it was applied"});
}

BOOST_AUTO_TEST_CASE(a_way_down_is_asked_for_where_there_can_be_one) {
  const std::string rule = "missing_down";
  sql::MigrationFacts has_down;
  has_down.has_down = true;
  check_lines(found(rule, {migration("1_x.up.sql", has_down),
                           migration("2_y.up.sql", {}, "-- to be written\n"),
                           migration("3_z.up.sql"),
                           {sql::Source("3_z.down.sql", "SELECT 1;"), SourceKind::unjudged}}),
              {});
  check_lines(found(rule, {migration("db/4_a.up.sql")}), {"migration 4_a has no way down"});
  const std::string type = "CREATE TYPE e AS ENUM ('a');", value = "ALTER TYPE e ADD VALUE 'b';";
  check_lines(found(rule, {migration("1_x.up.sql", has_down, type + value)}), {});
  check_lines(found(rule, {migration("1_x.up.sql", has_down, type),
                           migration("2_y.up.sql", has_down, value)}),
              {"no way down removes the value that is added to type public.e"});
}

BOOST_AUTO_TEST_CASE(versions_of_the_server_decide) {
  const auto at = [](int version, const std::string& rule, const std::string& text) {
    RunOptions options;
    options.server.server_version = version;
    return lint({migration("1.up.sql", {}, text)}, {{"safety." + rule}, {}}, {}, options)
        .findings.size();
  };
  const std::string index = "-- transaction: off\nREINDEX INDEX CONCURRENTLY i;";
  BOOST_TEST(at(140000, "concurrent_index_corruption", index) == 1u);
  BOOST_TEST(at(140004, "concurrent_index_corruption", index) == 0u);
  BOOST_TEST(at(150000, "concurrent_index_corruption", index) == 0u);
  BOOST_TEST(at(140000, "concurrent_index_corruption", "REINDEX INDEX i;") == 0u);
  BOOST_TEST(at(110000, "enum_add_value_in_transaction", "ALTER TYPE e ADD VALUE 'b';") == 1u);
  BOOST_TEST(at(110000, "enum_add_value_in_transaction",
                "CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b';") == 0u);
  BOOST_TEST(at(120000, "enum_add_value_in_transaction", "ALTER TYPE e ADD VALUE 'b';") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
