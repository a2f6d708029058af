// SPDX-License-Identifier: MIT
// Functions, policies, grants, views, types, partitions: what the model says of them.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "host/sql/schema_model.hpp"

namespace host::sql {
namespace {

struct Objects : SchemaModel {
  explicit Objects(const std::string& sql) : SchemaModel(schema()) {
    apply(parse_script(Source("t.sql", sql)));
    finish();
  }
  static ModelOptions schema() {
    ModelOptions options;
    options.migrations = false;
    return options;
  }
  const Node& only(std::uint32_t kind) const {
    const std::vector<const Node*> all = objects(kind);
    BOOST_REQUIRE_EQUAL(all.size(), 1u);
    return *all[0];
  }
};

std::string names(const Node::List& nodes) {
  std::string result;
  for (const Node* node : nodes) {
    if (!result.empty()) result += " ";
    result += node->text(CONFITURE_PROP_NAME);
  }
  return result;
}

std::string settings(const Node& node) {
  std::string result;
  for (const Node* one : node.list(CONFITURE_LIST_SETTINGS))
    result += std::string(one->text(CONFITURE_PROP_NAME)) + "=" +
              std::string(one->text(CONFITURE_PROP_VALUE)) + ";";
  return result;
}

// The texts and truths of the properties, each after its number.
void expect(const Node& node, std::uint32_t property, std::string_view text) {
  BOOST_TEST(node.text(property) == text, "property " << property << " is '" << node.text(property)
                                                      << "', not '" << text << "'");
}
void expect(const Node& node, std::uint32_t property, std::int64_t number) {
  BOOST_TEST(node.integer(property) == number,
             "property " << property << " is " << node.integer(property) << ", not " << number);
}

BOOST_AUTO_TEST_SUITE(objects)

BOOST_AUTO_TEST_CASE(functions) {
  const Objects model(
      "CREATE FUNCTION a.f(x int, OUT y text, VARIADIC z text[]) RETURNS SETOF foo\n"
      "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = a, pg_temp AS $$\n"
      "BEGIN\n  UPDATE t SET b = 1;\n  EXECUTE 'DROP TABLE ' || x;\n  EXECUTE 'TRUNCATE u';\nEND "
      "$$;\n"
      "REVOKE ALL ON FUNCTION a.f(int, text[]) FROM PUBLIC;");
  const Node& function = model.only(CONFITURE_NODE_FUNCTION);
  expect(function, CONFITURE_PROP_QUALIFIED_NAME, "a.f");
  expect(function, CONFITURE_PROP_SIGNATURE, "int4, text[]");
  expect(function, CONFITURE_PROP_RETURN_TYPE, "setof foo");
  expect(function, CONFITURE_PROP_LANGUAGE, "plpgsql");
  expect(function, CONFITURE_PROP_VOLATILITY, "stable");
  expect(function, CONFITURE_PROP_SECURITY_DEFINER, 1);
  expect(function, CONFITURE_PROP_PUBLIC_EXECUTE, 0);
  BOOST_TEST(settings(function) == "search_path=a, pg_temp;");
  BOOST_TEST(names(function.list(CONFITURE_LIST_ARGUMENTS)) == "x y z");
  const Node::List& body = function.list(CONFITURE_LIST_BODY);
  BOOST_REQUIRE_EQUAL(body.size(), 3u);
  expect(*body[0], CONFITURE_PROP_SQL, "UPDATE t SET b = 1");
  expect(*body[0], CONFITURE_PROP_STATEMENT_TAG, "UPDATE");
  BOOST_TEST(body[0]->line == 4u);
  BOOST_TEST(body[0]->column == 3u);
  expect(*body[1], CONFITURE_PROP_DYNAMIC, 1);
  expect(*body[1], CONFITURE_PROP_SQL, "'DROP TABLE ' || x");
  expect(*body[2], CONFITURE_PROP_STATEMENT_TAG, "TRUNCATE TABLE");
  expect(*body[2], CONFITURE_PROP_DYNAMIC, 0);
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_plpgsql) {
  const Objects model(
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN retrun 1; END $$;");
  expect(model.only(CONFITURE_NODE_FUNCTION), CONFITURE_PROP_BODY_ERROR,
         "syntax error at or near \"retrun\"");
}

BOOST_AUTO_TEST_CASE(policies_and_row_security) {
  const Objects model(
      "CREATE TABLE t (a int);\n"
      "ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, OWNER TO ada;\n"
      "CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO bob, PUBLIC USING (a > (1)) "
      "WITH CHECK (true);");
  const Node& table = model.only(CONFITURE_NODE_TABLE);
  expect(table, CONFITURE_PROP_ROW_SECURITY, 1);
  expect(table, CONFITURE_PROP_FORCE_ROW_SECURITY, 1);
  expect(table, CONFITURE_PROP_OWNER, "ada");
  BOOST_TEST(names(table.list(CONFITURE_LIST_POLICIES)) == "p");
  const Node& policy = model.only(CONFITURE_NODE_POLICY);
  expect(policy, CONFITURE_PROP_COMMAND, "update");
  expect(policy, CONFITURE_PROP_ROLES, "bob, public");
  expect(policy, CONFITURE_PROP_USING_SQL, "a > (1)");
  expect(policy, CONFITURE_PROP_CHECK_SQL, "true");
  expect(policy, CONFITURE_PROP_PERMISSIVE, 0);
}

BOOST_AUTO_TEST_CASE(grants_and_what_is_taken_back) {
  const Objects model(
      "CREATE TABLE t (a int);\n"
      "GRANT SELECT, INSERT ON t TO bob WITH GRANT OPTION;\nGRANT ALL ON t TO PUBLIC;\n"
      "REVOKE INSERT ON t FROM bob;\nREVOKE ALL ON t FROM PUBLIC;\n"
      "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO eve;");
  const std::vector<const Node*> grants = model.objects(CONFITURE_NODE_GRANT);
  BOOST_REQUIRE_EQUAL(grants.size(), 2u);
  expect(*grants[0], CONFITURE_PROP_PRIVILEGES, "select");
  expect(*grants[0], CONFITURE_PROP_GRANTEE, "bob");
  expect(*grants[0], CONFITURE_PROP_GRANT_OPTION, 1);
  expect(*grants[0], CONFITURE_PROP_OBJECT_TYPE, "table");
  expect(*grants[1], CONFITURE_PROP_DEFAULT_PRIVILEGE, 1);
  expect(*grants[1], CONFITURE_PROP_GRANTEE, "eve");
}

BOOST_AUTO_TEST_CASE(default_privileges_are_those_of_what_comes_later) {
  const Objects model(
      "CREATE TABLE before (a int);\n"
      "ALTER DEFAULT PRIVILEGES IN SCHEMA api GRANT SELECT, INSERT ON TABLES TO anon;\n"
      "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO anon;\n"
      "CREATE TABLE api.t (a int);\nCREATE TABLE elsewhere (a int);\n"
      "REVOKE INSERT ON api.t FROM anon;\n"
      "CREATE VIEW api.v AS SELECT 1 AS a;\n"
      "ALTER DEFAULT PRIVILEGES IN SCHEMA api REVOKE ALL ON TABLES FROM anon;\n"
      "CREATE TABLE api.late (a int);");
  const auto granted = [&](std::string_view name) {
    std::string result;
    for (const std::uint32_t kind : {CONFITURE_NODE_TABLE, CONFITURE_NODE_VIEW})
      for (const Node* node : model.objects(kind))
        if (node->text(CONFITURE_PROP_NAME) == name)
          for (const Node* grant : node->list(CONFITURE_LIST_GRANTS))
            result += std::string(grant->text(CONFITURE_PROP_GRANTEE)) + ": " +
                      std::string(grant->text(CONFITURE_PROP_PRIVILEGES)) + ";";
    return result;
  };
  BOOST_TEST(granted("t") == "anon: select;");
  BOOST_TEST(granted("v") == "anon: select, insert;");
  BOOST_TEST(granted("before") + granted("elsewhere") + granted("late") == "");
}

BOOST_AUTO_TEST_CASE(default_privileges_of_a_schema_take_nothing_from_public) {
  const auto is_public = [](const std::string& where) {
    const Objects model("ALTER DEFAULT PRIVILEGES " + where +
                        "REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;\n"
                        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';");
    return model.only(CONFITURE_NODE_FUNCTION).integer(CONFITURE_PROP_PUBLIC_EXECUTE) != 0;
  };
  BOOST_TEST(is_public("IN SCHEMA public "));
  BOOST_TEST(!is_public(""));
}

BOOST_AUTO_TEST_CASE(grants_of_columns_name_them) {
  const Objects model(
      "CREATE TABLE t (a int, b int);\nGRANT SELECT (b) ON t TO bob;\nGRANT SELECT ON t TO eve;\n"
      "REVOKE SELECT (a) ON t FROM eve;");
  const std::vector<const Node*> grants = model.objects(CONFITURE_NODE_GRANT);
  BOOST_REQUIRE_EQUAL(grants.size(), 2u);
  BOOST_REQUIRE_EQUAL(grants[0]->list(CONFITURE_LIST_COLUMNS).size(), 1u);
  expect(*grants[0]->list(CONFITURE_LIST_COLUMNS)[0], CONFITURE_PROP_NAME, "b");
  BOOST_TEST(grants[1]->list(CONFITURE_LIST_COLUMNS).empty());
}

BOOST_AUTO_TEST_CASE(views_and_what_they_read) {
  const Objects model(
      "CREATE VIEW v WITH (security_invoker = on) AS\n"
      "WITH w AS (SELECT * FROM a) SELECT * FROM w JOIN s.b USING (id) "
      "WHERE id IN (SELECT id FROM nowhere);\n"
      "CREATE TABLE a (id int); CREATE TABLE s.b (id int);");
  const Node& view = model.only(CONFITURE_NODE_VIEW);
  expect(view, CONFITURE_PROP_SECURITY_INVOKER, 1);
  BOOST_TEST(names(view.list(CONFITURE_LIST_READS)) == "b a");
  BOOST_TEST(names(model.find_table("", "a")->list(CONFITURE_LIST_READ_BY)) == "v");
  const Node& reference = model.only(CONFITURE_NODE_REFERENCE);
  expect(reference, CONFITURE_PROP_QUALIFIED_NAME, "public.nowhere");
  expect(reference, CONFITURE_PROP_REFERRER, "view");
  BOOST_TEST(reference.line == 2u);
}

BOOST_AUTO_TEST_CASE(types_domains_and_sequences) {
  const Objects model(
      "CREATE TYPE mood AS ENUM ('sad', 'ok');\nALTER TYPE mood ADD VALUE 'happy';\n"
      "CREATE DOMAIN email AS varchar(80) COLLATE \"C\" NOT NULL CHECK (value <> '');\n"
      "CREATE TYPE pair AS (a int, b text);\n"
      "CREATE TABLE t (m mood, e email, n numeric(10,2), z timestamptz(0), x int[][], "
      "s bigserial);\n"
      "CREATE SEQUENCE q AS int OWNED BY t.n;");
  BOOST_TEST(names(model.only(CONFITURE_NODE_ENUM_TYPE).list(CONFITURE_LIST_VALUES)) ==
             "sad ok happy");
  const Node& domain = model.only(CONFITURE_NODE_DOMAIN);
  expect(domain, CONFITURE_PROP_TYPE_NAME, "varchar");
  expect(domain, CONFITURE_PROP_MAX_LENGTH, 80);
  expect(domain, CONFITURE_PROP_COLLATION, "C");
  expect(domain, CONFITURE_PROP_NULLABLE, 0);
  BOOST_TEST(names(domain.list(CONFITURE_LIST_CONSTRAINTS)) == "email_check");
  BOOST_TEST(names(model.only(CONFITURE_NODE_COMPOSITE_TYPE).list(CONFITURE_LIST_COLUMNS)) ==
             "a b");
  const Node::List& columns = model.only(CONFITURE_NODE_TABLE).list(CONFITURE_LIST_COLUMNS);
  BOOST_TEST(columns[1]->link(CONFITURE_LINK_TYPE) == &domain);
  expect(*columns[2], CONFITURE_PROP_PRECISION, 10);
  expect(*columns[2], CONFITURE_PROP_SCALE, 2);
  expect(*columns[2], CONFITURE_PROP_TYPE_SQL, "numeric(10,2)");
  expect(*columns[3], CONFITURE_PROP_HAS_PRECISION, 1);
  expect(*columns[3], CONFITURE_PROP_TYPE_SQL, "timestamptz(0)");
  expect(*columns[4], CONFITURE_PROP_ARRAY_DIMENSIONS, 2);
  expect(*columns[4], CONFITURE_PROP_TYPE_SQL, "int[][]");
  expect(*columns[5], CONFITURE_PROP_SERIAL, 1);
  const Node& sequence = model.only(CONFITURE_NODE_SEQUENCE);
  expect(sequence, CONFITURE_PROP_TYPE_NAME, "int4");
  BOOST_TEST(sequence.link(CONFITURE_LINK_COLUMN) == columns[2]);
}

BOOST_AUTO_TEST_CASE(partitions) {
  const Objects model(
      "CREATE TABLE p (a int, b date) PARTITION BY RANGE (a, date_trunc('day', b));\n"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1, date('2020-01-01')) TO (2, MAXVALUE) "
      "WITH (fillfactor = 70);\nCREATE TABLE pd PARTITION OF p DEFAULT;");
  const Node& parent = *model.find_table("", "p");
  expect(parent, CONFITURE_PROP_PARTITION_STRATEGY, "range");
  expect(parent, CONFITURE_PROP_PARTITION_KEY_SQL, "a, date_trunc('day', b)");
  BOOST_TEST(names(parent.list(CONFITURE_LIST_PARTITIONS)) == "p1 pd");
  const Node& first = *model.find_table("", "p1");
  expect(first, CONFITURE_PROP_PARTITION_BOUND_SQL,
         "FROM (1, date('2020-01-01')) TO (2, MAXVALUE)");
  BOOST_TEST(first.link(CONFITURE_LINK_PARTITION_OF) == &parent);
  BOOST_TEST(settings(first) == "fillfactor=70;");
  expect(*model.find_table("", "pd"), CONFITURE_PROP_DEFAULT_PARTITION, 1);
}

BOOST_AUTO_TEST_CASE(triggers_and_keys_of_indexes) {
  const Objects model(
      "CREATE TABLE t (a int, b text);\n"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\n"
      "CREATE TRIGGER tr BEFORE INSERT OR UPDATE OF a ON t FOR EACH ROW WHEN (new.a > (1)) "
      "EXECUTE FUNCTION f();\nALTER TABLE t DISABLE TRIGGER tr;\n"
      "CREATE INDEX i ON t (a DESC, lower(b) text_pattern_ops) WHERE a > 1;");
  const Node& trigger = model.only(CONFITURE_NODE_TRIGGER);
  expect(trigger, CONFITURE_PROP_TIMING, "before");
  expect(trigger, CONFITURE_PROP_EVENTS, "insert, update");
  expect(trigger, CONFITURE_PROP_WHEN_SQL, "new.a > (1)");
  expect(trigger, CONFITURE_PROP_ENABLED, 0);
  BOOST_TEST(trigger.link(CONFITURE_LINK_FUNCTION) == &model.only(CONFITURE_NODE_FUNCTION));
  const Node& index = model.only(CONFITURE_NODE_INDEX);
  const Node::List& keys = index.list(CONFITURE_LIST_KEYS);
  BOOST_REQUIRE_EQUAL(keys.size(), 2u);
  expect(*keys[0], CONFITURE_PROP_DESCENDING, 1);
  expect(*keys[0], CONFITURE_PROP_NULLS_FIRST, 1);
  expect(*keys[1], CONFITURE_PROP_OPERATOR_CLASS, "text_pattern_ops");
  expect(index, CONFITURE_PROP_PREDICATE_SQL, "a > 1");
}

BOOST_AUTO_TEST_CASE(names_that_are_cut_and_other_definitions) {
  const std::string table(60, 't'), column(30, 'c');
  const Objects model("CREATE TABLE " + table + " (" + column + " int UNIQUE);\n" +
                      "CREATE TABLE IF NOT EXISTS " + table + " (x int);\n" +
                      "CREATE TABLE u (i int CONSTRAINT " + std::string(70, 'k') +
                      " CHECK (i > 0));");
  const Node& first = *model.find_table("", table);
  BOOST_TEST(first.list(CONFITURE_LIST_REDEFINITIONS).size() == 1u);
  const Node& unique = *first.list(CONFITURE_LIST_CONSTRAINTS)[0];
  BOOST_TEST(unique.text(CONFITURE_PROP_NAME).size() == 63u);
  expect(unique, CONFITURE_PROP_WRITTEN_NAME, table + "_" + column + "_key");
  expect(unique, CONFITURE_PROP_NAMED, 0);
  const Node& check = *model.find_table("", "u")->list(CONFITURE_LIST_CONSTRAINTS)[0];
  expect(check, CONFITURE_PROP_NAMED, 1);
  expect(check, CONFITURE_PROP_WRITTEN_NAME, std::string(70, 'k'));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql
