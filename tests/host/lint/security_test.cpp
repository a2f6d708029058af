// SPDX-License-Identifier: MIT
// The rules about functions, roles, secrets and what gets out of the server, where they must keep
// quiet and what they must not miss.
#include "tests/host/lint/one_rule.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(security)

BOOST_AUTO_TEST_CASE(a_search_path_may_be_set_later_and_is_the_callers_with_user) {
  check_lines(
      one_rule("security.definer_search_path",
               "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';\n"
               "ALTER FUNCTION f() SET search_path = app, pg_temp;\n"
               "CREATE FUNCTION g() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' "
               "AS 'SELECT 1';\n"
               "CREATE FUNCTION h() RETURNS int LANGUAGE sql AS 'SELECT 1';\n"
               "CREATE FUNCTION i() RETURNS int LANGUAGE sql SECURITY DEFINER\n"
               "  SET search_path = \"$user\", public AS 'SELECT 1';\n"),
      {"5: function public.i runs with its owner's rights and looks names up by its caller's "
       "search_path"});
}

BOOST_AUTO_TEST_CASE(names_in_a_sql_body_are_looked_up_once) {
  check_lines(one_rule("security.function_search_path_mutable",
                       "CREATE FUNCTION f() RETURNS int RETURN 1;\n"
                       "CREATE FUNCTION g() RETURNS int LANGUAGE c AS 'lib', 'g';\n"
                       "CREATE FUNCTION h() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT "
                       "1';\nCREATE FUNCTION i() RETURNS int LANGUAGE sql AS 'SELECT 1';\n"),
              {"4: function public.i looks names up by its caller's search_path"});
}

BOOST_AUTO_TEST_CASE(who_may_call_a_function_is_what_all_statements_together_say) {
  const std::string head =
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';\n";
  const std::string rule = "security.definer_executable";
  check_lines(one_rule(rule, head), {"1: function public.f runs with its owner's rights, and "
                                     "PUBLIC may call it"});
  check_lines(one_rule(rule, head + "REVOKE ALL ON FUNCTION f() FROM PUBLIC;"), {});
  check_lines(one_rule(rule, head + "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;"
                                    "GRANT EXECUTE ON FUNCTION f() TO clerk;"),
              {});
  check_lines(one_rule(rule, head + "REVOKE ALL ON FUNCTION f() FROM PUBLIC;\n"
                                    "GRANT EXECUTE ON FUNCTION f() TO anon, clerk;"),
              {"1: function public.f runs with its owner's rights, and anon may call it"});
  check_lines(
      one_rule(rule, "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;" + head),
      {});
  check_lines(one_rule(rule,
                       "CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql SECURITY "
                       "DEFINER AS 'BEGIN RETURN NEW; END';"),
              {});
}

BOOST_AUTO_TEST_CASE(secrets_are_found_wherever_sql_has_them) {
  const std::string rule = "security.secret_in_ddl";
  check_lines(
      one_rule(rule,
               "CREATE USER a PASSWORD 'x';\nALTER ROLE a ENCRYPTED PASSWORD 'x';\n"
               "CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'u', password 'x');\n"
               "CREATE SUBSCRIPTION s CONNECTION 'host=h password=x' PUBLICATION p;\n"
               "SELECT dblink_connect('postgresql://u:x@h/d');\n"
               "DO $$ BEGIN\n  CREATE ROLE b PASSWORD 'x';\nEND $$;\n"
               "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n"
               "  PERFORM dblink_exec('host=h password=x', 'SELECT 1');\nEND $$;\n"),
      {"1: a password stands in the definition of a role",
       "2: a password stands in the definition of a role", "3: a password stands in a user mapping",
       "4: a password stands in the connection of a subscription",
       "5: a password stands in the connection of dblink",
       "7: a password stands in the definition of a role",
       "9: a password stands in the connection of dblink"});
}

BOOST_AUTO_TEST_CASE(what_is_no_secret_is_let_pass) {
  check_lines(
      one_rule("security.secret_in_ddl",
               "CREATE ROLE a PASSWORD NULL;\n"
               "ALTER ROLE a PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy';\n"
               "CREATE SUBSCRIPTION s CONNECTION 'host=h passfile=/etc/pass' PUBLICATION p;\n"
               "CREATE TABLE account (password_hash text, homepage text DEFAULT 'https://a@b:c');\n"
               "COMMENT ON COLUMN account.password_hash IS 'password=argon2';\n"
               "SELECT dblink_connect('host=h dbname=d');\n"
               "INSERT INTO hint VALUES ('postgres://user:password@host');\n"),
      {});
}

BOOST_AUTO_TEST_CASE(roles_above_the_rules) {
  check_lines(one_rule_of_migration(
                  "security.role_superuser",
                  "CREATE ROLE a NOSUPERUSER NOBYPASSRLS CREATEDB;\nCREATE ROLE b BYPASSRLS;\n"
                  "ALTER ROLE b NOBYPASSRLS;\nALTER USER c CREATEROLE;\n"
                  "GRANT pg_execute_server_program TO a;\nGRANT pg_read_all_data TO a;\n"
                  "ALTER ROLE a SET work_mem = '64MB';\n"),
              {"2: role b is above every row security policy: BYPASSRLS",
               "4: role c can give itself the rights of others: CREATEROLE",
               "5: role pg_execute_server_program gives a superuser's reach into the server's "
               "files and programs"});
}

BOOST_AUTO_TEST_CASE(programs_and_files_of_the_server) {
  check_lines(
      one_rule("security.copy_program",
               "COPY program TO STDOUT;\nCOPY program FROM '/tmp/x';\nCOPY t TO PROGRAM 'gzip';\n"
               "CREATE TABLE program (lo_import int);\nSELECT lo_import('/etc/passwd');\n"
               "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS\n"
               "  'SELECT lo_export(1, ''/tmp/x'')';\n"),
      {"3: COPY runs a program on the server", "5: lo_import() reads a file of the server",
       "6: lo_export() writes a file of the server"});
}

BOOST_AUTO_TEST_CASE(replication_role_in_all_its_forms) {
  const std::string message =
      "session_replication_role = replica switches foreign keys and triggers off";
  check_lines(
      one_rule("security.session_replication_role",
               "SET session_replication_role = DEFAULT;\nSET session_replication_role = 'origin';\n"
               "RESET session_replication_role;\nSELECT current_setting('session_replication_role')"
               ";\nSET LOCAL session_replication_role TO replica;\n"
               "ALTER ROLE loader SET session_replication_role = 'replica';\n"
               "SELECT set_config('session_replication_role', 'replica', true);\n"
               "CREATE FUNCTION f() RETURNS void LANGUAGE sql SET session_replication_role = "
               "replica AS '';\n"),
      {"5: " + message, "6: " + message, "7: " + message, "8: " + message});
}

BOOST_AUTO_TEST_CASE(a_role_that_is_given_back_is_none) {
  check_lines(one_rule_of_migration("security.set_role",
                                    "SET ROLE NONE;\nRESET ROLE;\nSET LOCAL ROLE owner;\n"
                                    "SET SESSION AUTHORIZATION bob;\nSET roles.x = 'a';\n"),
              {"3: what follows runs as role owner", "4: what follows runs as role bob"});
}

BOOST_AUTO_TEST_CASE(extensions) {
  const std::string sql =
      "CREATE EXTENSION plpgsql;\nCREATE EXTENSION citext;\nCREATE EXTENSION postgis SCHEMA gis;\n"
      "CREATE EXTENSION pg_cron;\n";
  check_lines(one_rule("security.extension_in_public", sql),
              {"2: the objects of extension citext lie in the schema public, between your own"});
  check_lines(one_rule_of_migration("security.create_extension", sql),
              {"2: extension citext comes, and needs CREATE on the database",
               "3: extension postgis comes, and needs a superuser",
               "4: extension pg_cron comes, and needs a superuser"});
}

BOOST_AUTO_TEST_CASE(languages) {
  check_lines(one_rule("security.untrusted_language",
                       "CREATE FUNCTION a() RETURNS int LANGUAGE plperl AS '1';\n"
                       "CREATE FUNCTION b() RETURNS int LANGUAGE plperlu AS '1';\n"),
              {"2: function public.b is in the untrusted language plperlu"});
}

BOOST_AUTO_TEST_CASE(inserts_that_write_the_tenant_otherwise) {
  const auto insert = [](const std::string& statement) {
    return "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n  " + statement +
           ";\nEND $$;\n";
  };
  const std::string rule = "security.tenant_isolation";
  const std::string table = "CREATE TABLE t (id bigint, tenant_id bigint);\n";
  check_lines(one_rule(rule, table + insert("INSERT INTO t (id) VALUES (1)")),
              {"3: function public.f inserts rows without tenant: public.t.tenant_id is left out"});
  check_lines(one_rule(rule, table + insert("INSERT INTO t VALUES (1, 2)")), {});
  check_lines(one_rule(rule, table + insert("INSERT INTO other.t (id) VALUES (1)")), {});
  check_lines(one_rule(rule, "CREATE TABLE t (id bigint, tenant_id bigint DEFAULT 1);\n" +
                                 insert("INSERT INTO t (id) VALUES (1)")),
              {});
  check_lines(one_rule(rule, table + insert("INSERT INTO t (id) VALUES (1)") +
                                 "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE "
                                 "FUNCTION set_tenant();"),
              {});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
