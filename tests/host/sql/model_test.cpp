// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "host/sql/schema_model.hpp"

namespace host::sql {
namespace {

struct Model : SchemaModel {
  explicit Model(const std::string& sql) { add(sql); }
  void add(const std::string& sql) { apply(parse_script(Source("t.sql", sql))); }
  const Node& table(std::string_view name) const {
    const Node* found = find_table("", name);
    BOOST_REQUIRE_MESSAGE(found != nullptr, "no table " << name);
    return *found;
  }
};

template <typename Nodes>
std::string names(const Nodes& nodes) {
  std::string result;
  for (const Node* node : nodes) {
    if (!result.empty()) result += " ";
    result += node->text(CONFITURE_PROP_NAME);
  }
  return result;
}

std::string at(const Node& node) {
  return std::to_string(node.line) + ":" + std::to_string(node.column) + "-" +
         std::to_string(node.end_line) + ":" + std::to_string(node.end_column);
}

// "id int4!" (not null), "b varchar(20) = 'x'", "[pk]" for a key.
std::string shown(const Node& column) {
  std::string text(column.text(CONFITURE_PROP_NAME));
  text += " ";
  text += column.text(CONFITURE_PROP_TYPE_NAME);
  if (const auto length = column.integer(CONFITURE_PROP_MAX_LENGTH))
    text += "(" + std::to_string(length) + ")";
  if (column.integer(CONFITURE_PROP_NULLABLE) == 0) text += "!";
  if (column.integer(CONFITURE_PROP_PRIMARY_KEY) != 0) text += " pk";
  if (column.integer(CONFITURE_PROP_UNIQUE) != 0) text += " unique";
  if (column.integer(CONFITURE_PROP_IDENTITY) != 0) text += " identity";
  if (column.integer(CONFITURE_PROP_GENERATED) != 0)
    text += " as " + std::string(column.text(CONFITURE_PROP_EXPRESSION_SQL));
  if (column.text(CONFITURE_PROP_DEFAULT_SQL).data() != nullptr)
    text += " = " + std::string(column.text(CONFITURE_PROP_DEFAULT_SQL));
  return text;
}

std::vector<std::string> columns(const Node& table) {
  std::vector<std::string> result;
  for (const Node* column : table.list(CONFITURE_LIST_COLUMNS)) result.push_back(shown(*column));
  return result;
}

// "name kind(columns) -> table(columns)".
std::vector<std::string> constraints(const Node& table) {
  std::vector<std::string> result;
  for (const Node* one : table.list(CONFITURE_LIST_CONSTRAINTS)) {
    std::string text(one->text(CONFITURE_PROP_NAME));
    text += " ";
    text += one->text(CONFITURE_PROP_CONSTRAINT_KIND);
    text += "(" + names(one->list(CONFITURE_LIST_COLUMNS)) + ")";
    if (one->text(CONFITURE_PROP_EXPRESSION_SQL).data() != nullptr)
      text += " " + std::string(one->text(CONFITURE_PROP_EXPRESSION_SQL));
    if (const Node* target = one->link(CONFITURE_LINK_REFERENCED_TABLE))
      text += " -> " + std::string(target->text(CONFITURE_PROP_QUALIFIED_NAME)) + "(" +
              names(one->list(CONFITURE_LIST_REFERENCED_COLUMNS)) + ") " +
              std::string(one->text(CONFITURE_PROP_ON_DELETE));
    if (one->integer(CONFITURE_PROP_VALID) == 0) text += " not valid";
    result.push_back(text);
  }
  return result;
}

// "subcommand qualified.name name flags", for each statement's subcommands.
std::vector<std::string> subcommands(const SchemaModel& model) {
  std::vector<std::string> result;
  for (const Node* statement : model.statements())
    for (const Node* sub : statement->list(CONFITURE_LIST_SUBCOMMANDS)) {
      std::string text = at(*sub) + " " + std::string(sub->text(CONFITURE_PROP_SUBCOMMAND)) + " " +
                         std::string(sub->text(CONFITURE_PROP_QUALIFIED_NAME)) + " " +
                         std::string(sub->text(CONFITURE_PROP_NAME));
      if (sub->text(CONFITURE_PROP_BEHAVIOR) == "cascade") text += " cascade";
      if (sub->integer(CONFITURE_PROP_IF_EXISTS) != 0) text += " if-exists";
      if (sub->integer(CONFITURE_PROP_CREATED_HERE) != 0) text += " here";
      if (const Node* target = sub->link(CONFITURE_LINK_TARGET))
        text += " <" + std::string(target->text(CONFITURE_PROP_NAME)) + ">";
      result.push_back(text);
    }
  return result;
}

void check_lines(const std::vector<std::string>& got, const std::vector<std::string>& expected) {
  BOOST_CHECK_EQUAL_COLLECTIONS(got.begin(), got.end(), expected.begin(), expected.end());
}

BOOST_AUTO_TEST_SUITE(schema_model)

BOOST_AUTO_TEST_CASE(reads_columns_and_their_constraints) {
  const Model model(
      "CREATE TABLE o (id bigint PRIMARY KEY);\n"
      "CREATE TABLE s.\"T x\" (\n"
      "  id serial PRIMARY KEY, -- the key\n"
      "  b varchar(20) NOT NULL DEFAULT 'a, b' CHECK (b <> ')'),\n"
      "  \"C\" numeric(10, 2)[] DEFAULT ARRAY[1, 2] REFERENCES public.o ON DELETE CASCADE,\n"
      "  d int GENERATED ALWAYS AS IDENTITY,\n"
      "  e text GENERATED ALWAYS AS (lower(b)) STORED,\n"
      "  f char(3) UNIQUE,\n"
      "  CONSTRAINT u UNIQUE (b, d)\n"
      ");");
  const Node* table = model.find_table("s", "T x");
  BOOST_REQUIRE(table != nullptr);
  BOOST_TEST(table->text(CONFITURE_PROP_QUALIFIED_NAME) == "s.\"T x\"");
  BOOST_TEST(at(*table) == "2:14-2:21");
  check_lines(columns(*table), {"id int4! pk unique = nextval('T x_id_seq'::regclass)",
                                "b varchar(20)! = 'a, b'", "C numeric[] = ARRAY[1, 2]",
                                "d int4! identity", "e text as lower(b)", "f bpchar(3) unique"});
  check_lines(constraints(*table), {"T x_pkey primary_key(id)", "T x_b_check check(b) b <> ')'",
                                    "T x_C_fkey foreign_key(C) -> public.o(id) cascade",
                                    "T x_f_key unique(f)", "u unique(b d)"});
  BOOST_TEST(at(*table->list(CONFITURE_LIST_COLUMNS)[2]) == "5:3-5:6");
  BOOST_TEST(at(*table->list(CONFITURE_LIST_CONSTRAINTS)[2]) == "5:44-5:81");
  BOOST_TEST(at(*table->list(CONFITURE_LIST_CONSTRAINTS)[4]) == "9:3-9:29");
}

BOOST_AUTO_TEST_CASE(finds_a_referenced_table_that_comes_later) {
  Model model("CREATE TABLE a (b int REFERENCES b);");
  model.add("CREATE TABLE b (id int PRIMARY KEY);");
  check_lines(constraints(model.table("a")), {"a_b_fkey foreign_key(b) -> public.b(id) no_action"});
}

BOOST_AUTO_TEST_CASE(follows_alter_table) {
  const Model model(
      "CREATE TABLE t (a int, b text, c text);"
      "CREATE UNIQUE INDEX i ON t (b);"
      "ALTER TABLE ONLY t ADD PRIMARY KEY (a), ADD COLUMN IF NOT EXISTS d date DEFAULT now(),"
      "  ALTER COLUMN c SET NOT NULL, ALTER c TYPE varchar(5), ALTER COLUMN c SET DEFAULT 'x',"
      "  ADD CONSTRAINT u UNIQUE USING INDEX i, ADD CONSTRAINT k CHECK (a > 0) NOT VALID;"
      "ALTER TABLE t RENAME COLUMN c TO e; ALTER TABLE t VALIDATE CONSTRAINT k;"
      "ALTER TABLE t RENAME TO n; ALTER TABLE n SET SCHEMA s;");
  const Node* table = model.find_table("s", "n");
  BOOST_REQUIRE(table != nullptr);
  BOOST_TEST(model.find_table("public", "t") == nullptr);
  check_lines(columns(*table),
              {"a int4! pk unique", "b text unique", "e varchar(5)! = 'x'", "d date = now()"});
  check_lines(constraints(*table), {"t_pkey primary_key(a)", "u unique(b)", "k check() a > 0"});
  BOOST_TEST(table->list(CONFITURE_LIST_INDEXES).empty());
  BOOST_TEST(table->list(CONFITURE_LIST_COLUMNS)[2]->text(CONFITURE_PROP_QUALIFIED_NAME) ==
             "s.n.e");
}

BOOST_AUTO_TEST_CASE(drops_what_depends) {
  const Model model(
      "CREATE TABLE o (id int PRIMARY KEY); CREATE TABLE t (a int, b int REFERENCES o, UNIQUE (a, "
      "b)); CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT 1;"
      "ALTER TABLE t DROP COLUMN a; DROP TABLE o CASCADE; DROP VIEW v;");
  check_lines(columns(model.table("t")), {"b int4"});
  check_lines(constraints(model.table("t")), {});
  BOOST_TEST(names(model.objects(CONFITURE_NODE_TABLE)) == "t");
  BOOST_TEST(names(model.objects(CONFITURE_NODE_COLUMN)) == "b");
  BOOST_TEST(names(model.objects(CONFITURE_NODE_INDEX)) == "");
  BOOST_TEST(names(model.objects(CONFITURE_NODE_VIEW)) == "");
}

BOOST_AUTO_TEST_CASE(gives_partitions_what_their_parent_has) {
  const Model model(
      "CREATE TABLE p (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');"
      "CREATE TABLE p2 (id int, day date); ALTER TABLE p ATTACH PARTITION p2 DEFAULT;"
      "CREATE INDEX i ON p (day);"
      "CREATE TABLE c (x int) INHERITS (p); CREATE TABLE l (LIKE p INCLUDING ALL);");
  BOOST_TEST(model.table("p").integer(CONFITURE_PROP_PARTITIONED) == 1);
  for (const char* partition : {"p1", "p2"}) {
    BOOST_TEST(model.table(partition).integer(CONFITURE_PROP_PARTITION) == 1);
    check_lines(columns(model.table(partition)), {"id int4! pk", "day date! pk"});
    check_lines(constraints(model.table(partition)), {"p_pkey primary_key(id day)"});
    BOOST_TEST(names(model.table(partition).list(CONFITURE_LIST_INDEXES)) == "i");
  }
  check_lines(columns(model.table("c")), {"id int4!", "day date!", "x int4"});
  check_lines(constraints(model.table("c")), {});
  check_lines(constraints(model.table("l")), {"p_pkey primary_key(id day)"});
  BOOST_TEST(names(model.objects(CONFITURE_NODE_INDEX)) == "i");
}

BOOST_AUTO_TEST_CASE(reads_indexes) {
  const Model model(
      "CREATE TABLE s.t (a int, b text, c int);\n"
      "CREATE UNIQUE INDEX CONCURRENTLY i ON s.t USING gist (lower(b) DESC, a) INCLUDE (c) WHERE a "
      "> 1;\nCREATE INDEX ON s.t (a, (b || 'x'));");
  const auto& indexes = model.find_table("s", "t")->list(CONFITURE_LIST_INDEXES);
  BOOST_REQUIRE_EQUAL(indexes.size(), 2u);
  const Node& first = *indexes[0];
  BOOST_TEST(first.text(CONFITURE_PROP_QUALIFIED_NAME) == "s.i");
  BOOST_TEST(at(first) == "2:34-2:35");
  BOOST_TEST(first.text(CONFITURE_PROP_ACCESS_METHOD) == "gist");
  BOOST_TEST(first.text(CONFITURE_PROP_PREDICATE_SQL) == "a > 1");
  BOOST_TEST(first.integer(CONFITURE_PROP_UNIQUE) == 1);
  BOOST_TEST(first.integer(CONFITURE_PROP_CONCURRENTLY) == 1);
  BOOST_TEST(names(first.list(CONFITURE_LIST_COLUMNS)) == "a");
  BOOST_TEST(first.list(CONFITURE_LIST_COLUMNS)[0]->text(CONFITURE_PROP_EXPRESSION_SQL) ==
             "lower(b) DESC");
  BOOST_TEST(names(first.list(CONFITURE_LIST_INCLUDED_COLUMNS)) == "c");
  BOOST_TEST(indexes[1]->text(CONFITURE_PROP_NAME) == "t_a_expr_idx");
  BOOST_TEST(indexes[1]->text(CONFITURE_PROP_PREDICATE_SQL).data() == nullptr);
}

BOOST_AUTO_TEST_CASE(reads_everything_else) {
  const Model model(
      "CREATE SCHEMA s; CREATE EXTENSION IF NOT EXISTS hstore; CREATE TYPE s.mood AS ENUM ('a');"
      "CREATE TABLE s.t (a s.mood); CREATE VIEW s.v AS SELECT 1;"
      "CREATE MATERIALIZED VIEW s.m AS SELECT a FROM s.t; CREATE FUNCTION s.f(int) RETURNS trigger "
      "LANGUAGE plpgsql AS ''; CREATE OR REPLACE FUNCTION s.f(int) RETURNS trigger LANGUAGE "
      "plpgsql "
      "AS ' ';"
      "CREATE TRIGGER tr BEFORE UPDATE ON s.t FOR EACH ROW EXECUTE FUNCTION s.f();"
      "CREATE POLICY p ON s.t USING (true); GRANT SELECT ON s.t TO PUBLIC;"
      "COMMENT ON TABLE s.t IS 'about t'; COMMENT ON COLUMN s.t.a IS 'about a';"
      "CREATE TABLE x AS SELECT a, 1 AS one FROM s.t; CREATE FOREIGN TABLE s.ft (a int) SERVER q;");
  const auto one = [&](std::uint32_t kind) { return names(model.objects(kind)); };
  BOOST_TEST(one(CONFITURE_NODE_SCHEMA) == "s");
  BOOST_TEST(one(CONFITURE_NODE_EXTENSION) == "hstore");
  BOOST_TEST(one(CONFITURE_NODE_ENUM_TYPE) == "mood");
  BOOST_TEST(one(CONFITURE_NODE_TABLE) == "t x");
  BOOST_TEST(one(CONFITURE_NODE_VIEW) == "v m");
  BOOST_TEST(one(CONFITURE_NODE_FUNCTION) == "f");
  BOOST_TEST(one(CONFITURE_NODE_TRIGGER) == "tr");
  BOOST_TEST(one(CONFITURE_NODE_POLICY) == "p");
  BOOST_TEST(one(CONFITURE_NODE_GRANT) == "t");
  const Node* table = model.find_table("s", "t");
  BOOST_TEST(table->text(CONFITURE_PROP_COMMENT) == "about t");
  BOOST_TEST(table->list(CONFITURE_LIST_COLUMNS)[0]->text(CONFITURE_PROP_COMMENT) == "about a");
  BOOST_TEST(table->list(CONFITURE_LIST_COLUMNS)[0]->text(CONFITURE_PROP_TYPE_NAME) == "mood");
  BOOST_TEST(table->link(CONFITURE_LINK_PARENT)->text(CONFITURE_PROP_NAME) == "s");
  BOOST_TEST(names(model.find_table("public", "x")->list(CONFITURE_LIST_COLUMNS)) == "a one");
}

BOOST_AUTO_TEST_CASE(obeys_the_search_path) {
  Model model(
      "SET search_path = s, public; CREATE TABLE a (b int); SELECT pg_catalog.set_config("
      "'search_path', '', false); CREATE TABLE c (d int); CREATE TEMP TABLE e (f int);");
  BOOST_TEST(model.find_table("s", "a") != nullptr);
  BOOST_TEST(model.find_table("public", "c") != nullptr);
  BOOST_TEST(model.table("e").integer(CONFITURE_PROP_TEMPORARY) == 1);
  model.add("CREATE TABLE g (h int)");
  BOOST_TEST(model.find_table("public", "g") != nullptr);
}

BOOST_AUTO_TEST_CASE(shows_what_each_statement_does) {
  Model model("CREATE TABLE s.t (a int, b int); CREATE TABLE o (a int);");
  model.add(
      "ALTER TABLE s.t DROP COLUMN IF EXISTS a CASCADE, ADD c int;\n"
      "DROP TABLE IF EXISTS s.t, o -- gone\n CASCADE;\n"
      "CREATE TABLE n (a int); ALTER TABLE n RENAME a TO z; TRUNCATE n;\n"
      "DROP INDEX CONCURRENTLY i;");
  check_lines(subcommands(model),
              {"1:17-1:48 drop_column s.t a cascade if-exists <a>",
               "1:50-1:59 add_column s.t c <t>", "2:22-2:25 drop_table s.t t cascade if-exists <t>",
               "2:27-2:28 drop_table public.o o cascade if-exists <o>",
               "4:25-4:52 rename_column public.n a here <a>",
               "4:63-4:64 truncate_table public.n n here <n>", "5:25-5:26 drop_index i i"});
  const Node& dropped = *model.statements()[3]->link(CONFITURE_LINK_TARGET);
  check_lines(columns(dropped), {"b int4", "c int4"});
  const Node& altered = *model.statements()[2]->link(CONFITURE_LINK_TARGET);
  check_lines(columns(altered), {"a int4", "b int4"});
  BOOST_TEST(model.statements()[2]->text(CONFITURE_PROP_STATEMENT_TAG) == "ALTER TABLE");
  BOOST_TEST(model.statements()[2]
                 ->text(CONFITURE_PROP_PARSE_TREE_JSON)
                 .starts_with("{\"version\":150001,\"stmts\":[{\"stmt\":{\"AlterTableStmt\":"));
  BOOST_TEST(model.statements()[7]->integer(CONFITURE_PROP_IN_TRANSACTION) == 1);
  BOOST_TEST(model.statements()[7]->text(CONFITURE_PROP_NO_TRANSACTION_REASON) ==
             "DROP INDEX CONCURRENTLY");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql
