// SPDX-License-Identifier: MIT
// The rules about privileges and row security, where they must keep quiet and what they must not
// miss.
#include "tests/host/lint/one_rule.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(security_access)

BOOST_AUTO_TEST_CASE(privileges_for_everybody) {
  check_lines(
      one_rule("security.grant_to_public",
               "GRANT USAGE ON SCHEMA api TO PUBLIC;\nGRANT CREATE ON SCHEMA public TO PUBLIC;\n"
               "REVOKE ALL ON SCHEMA public FROM PUBLIC;\nGRANT SELECT ON t TO bob;\n"
               "CREATE TABLE t (id int);\nGRANT SELECT, INSERT ON t TO bob, PUBLIC;\n"
               "GRANT ALL ON t TO bob;\nGRANT SELECT ON t TO bob WITH GRANT OPTION;\n"
               "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;\nGRANT bob TO eve;\n"),
      {"6: PUBLIC, which is every role, gets select, insert on public.t",
       "7: role bob gets every privilege on public.t, also what is not needed",
       "8: role bob may pass on select on public.t",
       "9: PUBLIC, which is every role, gets select"});
}

BOOST_AUTO_TEST_CASE(everybody_in_the_schema_public) {
  check_lines(one_rule("security.public_schema_create",
                       "GRANT USAGE ON SCHEMA public TO PUBLIC;\n"
                       "GRANT CREATE ON SCHEMA app TO PUBLIC;\nGRANT ALL ON SCHEMA public TO bob;\n"
                       "GRANT CREATE, USAGE ON SCHEMA public TO PUBLIC;\n"),
              {"4: PUBLIC, which is every role, may make objects in the schema public"});
}

BOOST_AUTO_TEST_CASE(privileges_of_what_the_file_makes_are_part_of_it) {
  check_lines(one_rule_of_migration(
                  "security.privilege_change",
                  "CREATE TABLE t (id int);\nGRANT SELECT ON t TO bob;\nREVOKE ALL ON u FROM bob;\n"
                  "GRANT clerk TO bob;\nALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO bob;\n"),
              {"3: REVOKE changes what roles may do with u",
               "4: GRANT ROLE changes which roles have the rights of others",
               "5: ALTER DEFAULT PRIVILEGES changes what roles may do with objects that are made "
               "later"});
}

const std::string guarded =
    "CREATE TABLE t (id int, owner name);\nALTER TABLE t ENABLE ROW LEVEL SECURITY;\n";

BOOST_AUTO_TEST_CASE(views_that_pass_row_security_by) {
  check_lines(
      one_rule("security.definer_view",
               guarded +
                   "CREATE VIEW a WITH (security_invoker) AS SELECT id FROM t;\n"
                   "CREATE VIEW b AS SELECT id FROM a;\nCREATE VIEW c AS SELECT id FROM b;\n"
                   "CREATE VIEW d AS SELECT 1 AS one;\nCREATE MATERIALIZED VIEW e AS SELECT id "
                   "FROM t;\nCREATE VIEW f AS SELECT id FROM t;\n"
                   "ALTER VIEW f SET (security_invoker = true);\n"),
      {"4: view public.b reads table public.t with its owner's rights, past the row security of "
       "its reader"});
}

BOOST_AUTO_TEST_CASE(row_security_and_its_policies) {
  check_lines(one_rule("security.rls_enabled_no_policy",
                       guarded + "CREATE POLICY p ON t AS RESTRICTIVE USING (id > 0);"),
              {"1: table public.t has row security and no policy that permits anything: nobody but "
               "its owner sees a row"});
  check_lines(one_rule("security.rls_enabled_no_policy", guarded + "CREATE POLICY p ON t;"), {});
  check_lines(one_rule("security.policy_without_rls", guarded + "CREATE POLICY p ON t;"), {});
  check_lines(one_rule("security.policy_without_rls",
                       "CREATE TABLE t (id int);\nCREATE POLICY p ON t;\nCREATE POLICY \"Q\" ON "
                       "t;\n"),
              {"2: policies p, \"Q\" of table public.t have no effect: its row security is off"});
  check_lines(
      one_rule("security.rls_forced",
               guarded + "ALTER TABLE t FORCE ROW LEVEL SECURITY;\n" + "CREATE TABLE u (id int);"),
      {});
}

BOOST_AUTO_TEST_CASE(policies_that_let_all_pass) {
  const auto policy = [](const std::string& text) {
    return one_rule("security.rls_policy_always_true", guarded + "CREATE POLICY p ON t " + text);
  };
  check_lines(policy("FOR SELECT USING (true);"), {});
  check_lines(policy("TO admin USING (true) WITH CHECK (true);"), {});
  check_lines(policy("FOR INSERT WITH CHECK (owner = current_user);"), {});
  check_lines(policy("FOR UPDATE USING (owner = current_user);"), {});
  check_lines(policy("USING (true);\nCREATE POLICY q ON t AS RESTRICTIVE USING (id > 0);"), {});
  check_lines(policy("FOR INSERT TO authenticated WITH CHECK (1 = 1);"),
              {"3: policy p lets authenticated write any row to table public.t"});
  check_lines(policy("USING (owner = current_user) WITH CHECK (true);"),
              {"3: policy p lets PUBLIC write any row to table public.t"});
  check_lines(policy("FOR DELETE TO bob, anon USING (true);"),
              {"3: policy p lets bob, anon change any row of table public.t"});
}

BOOST_AUTO_TEST_CASE(columns_that_roles_of_an_api_read) {
  const std::string rule = "security.sensitive_columns_exposed";
  const std::string message = " is sensitive, and anon may read it in every row";
  const std::string table =
      "CREATE TABLE person (id bigint, name text, passport text, passport_verified boolean,\n"
      "  password_hash text);\n";
  check_lines(one_rule(rule, table + "GRANT SELECT ON person TO clerk;"), {});
  check_lines(one_rule(rule, table + "GRANT INSERT ON person TO anon;"), {});
  check_lines(one_rule(rule, table + "GRANT SELECT (passport) ON person TO anon;"),
              {"1: column public.person.passport" + message});
  check_lines(one_rule(rule, table + "GRANT ALL ON person TO anon;"),
              {"1: column public.person.passport" + message,
               "2: column public.person.password_hash" + message});
  check_lines(one_rule(rule, table + "GRANT SELECT ON person TO anon;\nALTER TABLE person ENABLE "
                                     "ROW LEVEL SECURITY;"),
              {});
  check_lines(one_rule(rule,
                       "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO "
                       "anon;\nCREATE TABLE card (iban text);"),
              {"2: column public.card.iban" + message});
  check_lines(one_rule(rule, table + "GRANT SELECT ON person TO anon;\nREVOKE ALL ON person FROM "
                                     "anon;"),
              {});
}

BOOST_AUTO_TEST_CASE(what_cannot_have_row_security) {
  check_lines(one_rule("security.materialized_view_exposed",
                       "CREATE VIEW v AS SELECT 1 AS a;\nGRANT SELECT ON v TO anon;\n"
                       "CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;\nGRANT SELECT ON m TO "
                       "PUBLIC;\n"),
              {"3: PUBLIC may read all of materialized view public.m, which cannot have row "
               "security"});
}

BOOST_AUTO_TEST_CASE(grants_and_owners_that_are_asked_for) {
  const std::string sql =
      "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\nGRANT INSERT ON b TO app;\n"
      "CREATE TEMP TABLE c (id int);\nCREATE TABLE d (id int) PARTITION BY LIST (id);\n"
      "GRANT SELECT ON d TO app;\nCREATE TABLE d1 PARTITION OF d DEFAULT;\n"
      "ALTER TABLE a OWNER TO bob;\n";
  check_lines(one_rule("security.require_grant", sql),
              {"1: nobody but its owner may use table public.a"});
  check_lines(one_rule("security.require_grant", sql, "roles: [app]"),
              {"1: role app may not read table public.a",
               "2: role app may not read table "
               "public.b"});
  check_lines(one_rule("security.require_owner", sql),
              {"2: public.b belongs to whoever runs the file",
               "5: public.d belongs to whoever runs the file"});
  check_lines(one_rule("security.require_owner", sql, "{owner: eve, exclude: [b, d]}"),
              {"1: public.a belongs to bob and not to eve"});
}

BOOST_AUTO_TEST_CASE(row_security_where_a_schema_is_exposed) {
  check_lines(one_rule("security.rls_required",
                       guarded + "CREATE TABLE inside.u (id int);\nCREATE TABLE v (id int);"),
              {"4: table public.v of an exposed schema has no row security"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
