// SPDX-License-Identifier: MIT
// What a statement of a migration knows: before and after, the transaction, locks, timeouts.
#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>
#include <vector>

#include "host/sql/schema_model.hpp"

namespace host::sql {
namespace {

// Shows what `show` says of each statement, as rules see it: right after it was applied.
std::vector<std::string> shown(const std::vector<std::string>& files,
                               const std::function<std::string(const Node&)>& show) {
  std::vector<std::string> lines;
  SchemaModel model;
  for (std::size_t i = 0; i < files.size(); ++i)
    model.apply(parse_script(Source(std::to_string(i + 1) + "_m.up.sql", files[i])),
                [&](const Node& node) {
                  if (node.kind == CONFITURE_NODE_STATEMENT) lines.push_back(show(node));
                });
  return lines;
}

void check(const std::vector<std::string>& got, const std::vector<std::string>& expected) {
  BOOST_CHECK_EQUAL_COLLECTIONS(got.begin(), got.end(), expected.begin(), expected.end());
}

std::string word(const Node* node, std::uint32_t property) {
  return node != nullptr ? std::string(node->text(property)) : "-";
}

BOOST_AUTO_TEST_SUITE(migrations)

BOOST_AUTO_TEST_CASE(before_and_after) {
  const auto types = [](const Node& node) {
    std::string line(node.text(CONFITURE_PROP_STATEMENT_TAG));
    for (const Node* sub : node.list(CONFITURE_LIST_SUBCOMMANDS))
      line += " " + std::string(sub->text(CONFITURE_PROP_SUBCOMMAND)) + ":" +
              word(sub->link(CONFITURE_LINK_TARGET), CONFITURE_PROP_TYPE_SQL) + ">" +
              word(sub->link(CONFITURE_LINK_RESULT), CONFITURE_PROP_TYPE_SQL);
    return line;
  };
  check(shown({"CREATE TABLE t (a int);",
               "ALTER TABLE t ALTER a TYPE bigint, ADD COLUMN b numeric(5) NOT NULL;\n"
               "ALTER TABLE u ALTER x TYPE text;\nALTER TABLE u ALTER x TYPE varchar(9);"},
              types),
        {"CREATE TABLE", "ALTER TABLE alter_column_type:int>bigint add_column:>numeric(5)",
         "ALTER TABLE alter_column_type:->text", "ALTER TABLE alter_column_type:text>varchar(9)"});
}

BOOST_AUTO_TEST_CASE(constraints_as_they_were) {
  std::vector<std::int64_t> valid;
  SchemaModel model;
  model.apply(parse_script(Source("1_m.up.sql",
                                  "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\n"
                                  "ALTER TABLE t VALIDATE CONSTRAINT c;\n"
                                  "ALTER TABLE t ALTER a SET NOT NULL;")),
              [&](const Node& node) {
                const Node* target = node.link(CONFITURE_LINK_TARGET);
                if (node.kind != CONFITURE_NODE_STATEMENT || target == nullptr) return;
                for (const Node* one : target->list(CONFITURE_LIST_CONSTRAINTS))
                  valid.push_back(one->integer(CONFITURE_PROP_VALID));
              });
  BOOST_TEST(valid == (std::vector<std::int64_t>{0, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(transactions_timeouts_and_locks) {
  const auto state = [](const Node& node) {
    std::string line(node.text(CONFITURE_PROP_STATEMENT_TAG));
    line += " tx" + std::to_string(node.integer(CONFITURE_PROP_IN_TRANSACTION)) + " " +
            std::to_string(node.integer(CONFITURE_PROP_LOCK_TIMEOUT)) + " " +
            std::string(node.text(CONFITURE_PROP_LOCK_MODE)) + " [";
    for (const Node* lock : node.list(CONFITURE_LIST_LOCKS))
      line += std::string(lock->text(CONFITURE_PROP_QUALIFIED_NAME)) + "=" +
              std::string(lock->text(CONFITURE_PROP_LOCK_MODE)) + " ";
    return line + "]";
  };
  check(
      shown({"SET LOCAL lock_timeout = '2s';\nALTER TABLE a ADD b int;\n"
             "CREATE INDEX ON a (b);\nCREATE TRIGGER tr BEFORE INSERT ON c EXECUTE FUNCTION f();",
             "-- transaction: off\nCREATE INDEX CONCURRENTLY i ON a (b);\n"
             "BEGIN;\nDROP TABLE x, y;\nCOMMIT;\nDELETE FROM z;"},
            state),
      {"SET tx1 0  []", "ALTER TABLE tx1 2000 access_exclusive []",
       "CREATE INDEX tx1 2000 share [a=access_exclusive ]",
       "CREATE TRIGGER tx1 2000 share_row_exclusive [a=access_exclusive ]",
       "CREATE INDEX tx0 0 share_update_exclusive []", "BEGIN tx0 0  []",
       "DROP TABLE tx1 0 access_exclusive []",
       "COMMIT tx1 0  [x=access_exclusive y=access_exclusive ]", "DELETE tx0 0 row_exclusive []"});
}

BOOST_AUTO_TEST_CASE(looks_into_do_blocks) {
  const auto where = [](const Node& node) {
    return std::to_string(node.line) + ":" + std::to_string(node.column) + " " +
           std::string(node.text(CONFITURE_PROP_STATEMENT_TAG)) +
           (node.integer(CONFITURE_PROP_IN_BODY) != 0 ? " in body" : "");
  };
  check(shown({"DO $$\nBEGIN\n  IF true THEN\n    DROP TABLE t;\n  END IF;\n"
               "  EXECUTE 'DROP TABLE u';\n  EXECUTE 'DROP TABLE ' || x;\nEND $$;"},
              where),
        {"4:5 DROP TABLE in body", "6:12 DROP TABLE in body", "1:1 DO"});
}

BOOST_AUTO_TEST_CASE(header_comments) {
  SchemaModel model;
  std::string header;
  model.apply(parse_script(Source("1_m.up.sql", "-- author: ada\n-- a remark: no\n\nSELECT 1;")),
              [&](const Node& node) {
                if (node.kind != CONFITURE_NODE_FILE) return;
                for (const Node* one : node.list(CONFITURE_LIST_SETTINGS))
                  header += std::string(one->text(CONFITURE_PROP_NAME)) + "=" +
                            std::string(one->text(CONFITURE_PROP_VALUE)) + ";";
              });
  BOOST_TEST(header == "author=ada;");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql
