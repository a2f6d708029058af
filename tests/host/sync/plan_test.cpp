// SPDX-License-Identifier: MIT
// What is refused before anything moves.
#include <boost/test/unit_test.hpp>

#include "host/sync/errors.hpp"
#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

struct Shop : TwoDatabases {
  Shop() {
    source->execute(
        "CREATE TABLE customer (id int PRIMARY KEY, email text NOT NULL, phone text, born date,"
        " code varchar(10) NOT NULL);"
        "CREATE UNIQUE INDEX customer_phone ON customer (lower(phone)) WHERE id > 0;"
        "CREATE TABLE login (name text PRIMARY KEY);"
        "CREATE TABLE session (login text REFERENCES login, at int);"
        "INSERT INTO customer VALUES (1, 'alice@acme.example', '1', '2000-01-01', 'x')");
    clone_schema();
    before = fingerprint(*target);
  }
  ~Shop() { BOOST_CHECK_EQUAL(fingerprint(*target), before); }
  std::string before;
};

Request only(const std::string& table) {
  Request request;
  request.selection.tables = {table};
  return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(plan)

BOOST_AUTO_TEST_CASE(unknown_names) {
  Shop both;
  BOOST_CHECK_EQUAL(both.refusal_of("{ public.custmer: { email: person.email } }"),
                    "sync.unknown_table: unknown table 'public.custmer' in the source | did you "
                    "mean 'public.customer'?");
  BOOST_CHECK_EQUAL(both.refusal_of("{ customer: { emial: person.email } }"),
                    "sync.unknown_column: unknown column 'emial' of table public.customer | did "
                    "you mean 'email'?");
  BOOST_CHECK_EQUAL(both.refusal_of("{ customer: { email: person.emial } }").substr(0, 23),
                    "config.unknown_strategy");
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ customer: { phone: { use: person.phone, with: { keep_last: 9 } } } }")
          .substr(0, 19),
      "config.out_of_range");
  BOOST_CHECK_EQUAL(both.refusal_of({}, only("public.logins")),
                    "sync.unknown_table: unknown table 'public.logins' in the source | did you "
                    "mean 'public.login'?");
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ customer: { email: person.email }, public.customer: { email: drop } }"),
      "sync.decided_twice: column 'email' of table public.customer has two rules | leave one of "
      "them");
}

BOOST_AUTO_TEST_CASE(errors_know_their_place) {
  Shop both;
  try {
    both.run("\n  customer:\n    emial: person.email");
    BOOST_ERROR("accepted");
  } catch (const host::Error& error) {
    BOOST_CHECK_EQUAL(host::to_string(error.place()), "db/confiture.yaml:4:5");
    BOOST_CHECK_EQUAL(static_cast<int>(error.code().exit), 5);
  }
}

BOOST_AUTO_TEST_CASE(not_null_columns) {
  Shop both;
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ customer: { email: drop } }"),
      "sync.not_null: column 'email' of table public.customer cannot be dropped: it is NOT NULL "
      "and has no default | give it a strategy instead");
  const std::string message = both.refusal_of("{ customer: { email: core.null } }");
  BOOST_CHECK(message.find("the column is NOT NULL") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(types_and_lengths_that_a_strategy_cannot_fill) {
  Shop both;
  BOOST_CHECK(both.refusal_of("{ customer: { born: person.email } }")
                  .find("a column of type date cannot hold its text") != std::string::npos);
  BOOST_CHECK(both.refusal_of("{ customer: { code: person.email } }")
                  .find("the column holds 10 characters") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(unique_indexes_of_every_kind) {
  Shop both;
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ customer: { phone: person.phone } }"),
      "sync.not_unique: column 'phone' of table public.customer is in unique index "
      "'customer_phone', and strategy 'person.phone' does not keep distinct values distinct | "
      "choose a strategy that keeps values unique: confiture plugin describe tells");
}

BOOST_AUTO_TEST_CASE(foreign_keys_whose_sides_part) {
  Shop both;
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ login: { name: core.hash } }"),
      "sync.foreign_key_apart: column 'login' of public.session and column 'name' of "
      "public.login, which foreign key 'session_login_fkey' joins, are not replaced alike | give "
      "both the same strategy with the same parameters, or neither");
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ login: { name: core.hash }, session: { login: { use: core.hash, with: "
                      "{ length: 20 } } } }")
          .substr(0, 22),
      "sync.foreign_key_apart");
  BOOST_CHECK_EQUAL(both.refusal_of("{ login: { name: faults.fail_on }, session: { login: "
                                    "faults.fail_on } }"),
                    "sync.foreign_key_apart: column 'login' of public.session and column 'name' of "
                    "public.login, which foreign key 'session_login_fkey' joins, have strategy "
                    "'faults.fail_on', which gives equal values different results | use a "
                    "deterministic strategy, or leave both as they are");
  BOOST_CHECK_NO_THROW(both.prepare(
      "{ login: { name: { use: core.hash, with: { length: 32 } } }, session: { login: core.hash } "
      "}"));
  BOOST_CHECK_NO_THROW(both.prepare("{ login: { name: core.hash }, session: { login: drop } }"));
}

BOOST_AUTO_TEST_CASE(a_key_that_is_missing_or_weak) {
  Shop both;
  both.key = "short";
  BOOST_CHECK_EQUAL(both.refusal_of("{ customer: { email: person.email } }").substr(0, 22),
                    "anonymization.weak_key");
  both.key = "";
  BOOST_CHECK_EQUAL(both.refusal_of("{ customer: { email: person.email } }").substr(0, 20),
                    "anonymization.no_key");
  BOOST_CHECK_NO_THROW(both.prepare("{ customer: { phone: core.null } }"));
}

BOOST_AUTO_TEST_CASE(a_target_without_what_the_source_has) {
  Shop both;
  both.target->execute("ALTER TABLE customer RENAME COLUMN phone TO telephone");
  both.before = fingerprint(*both.target);
  const std::string hint =
      " | bring the target's schema up to date first: confiture build or migrate up with its "
      "environment";
  BOOST_CHECK_EQUAL(
      both.refusal_of(),
      "sync.target_schema: the target's table public.customer has no column 'phone'" + hint);
  both.target->execute("DROP TABLE customer");
  both.before = fingerprint(*both.target);
  BOOST_CHECK_EQUAL(both.refusal_of(),
                    "sync.target_schema: the target has no table public.customer" + hint);
  both.source->execute("ALTER TABLE session DROP COLUMN at");
  both.target->execute("ALTER TABLE session ALTER at SET NOT NULL");
  both.before = fingerprint(*both.target);
  BOOST_CHECK_EQUAL(both.refusal_of({}, only("session")),
                    "sync.target_schema: the target's column 'at' of table public.session is NOT "
                    "NULL without a default, and the source does not have it" +
                        hint);
}

BOOST_AUTO_TEST_CASE(the_source_itself) {
  Shop both;
  both.target = both.source_database.connect();
  BOOST_CHECK_EQUAL(
      both.refusal_of(),
      fmt::format("sync.same_database: source and target are the same database '{}' | the target's "
                  "tables are emptied first: choose another one with --to",
                  both.source_database.name()));
  both.target = both.target_database.connect();
}

BOOST_AUTO_TEST_CASE(a_forgotten_flag_leaks_nothing) {
  Shop both;
  Request request;
  request.source_protected = true;
  BOOST_CHECK_EQUAL(both.refusal_of({}, request),
                    "sync.undecided: the source is protected, and nothing would be replaced | add "
                    "--anonymize");
  request = {};
  request.anonymize = true;
  BOOST_CHECK_EQUAL(both.refusal_of({}, request),
                    "sync.undecided: --anonymize has nothing to do: the configuration has no "
                    "anonymization.tables | say there which columns to replace, or use --strategy "
                    "TABLE.COLUMN=NAME");
}

BOOST_AUTO_TEST_CASE(strategy_options) {
  const StrategyOption plain = parse_strategy_option("public.customer.email=person.email");
  BOOST_CHECK_EQUAL(plain.table.sql(), "public.customer");
  BOOST_CHECK_EQUAL(plain.column, "email");
  BOOST_CHECK_EQUAL(plain.strategy, "person.email");
  const StrategyOption bare = parse_strategy_option("customer.email=person.email");
  BOOST_CHECK_EQUAL(bare.table.sql(), "public.customer");
  const StrategyOption quoted =
      parse_strategy_option("sales.\"Order.Line=1\".\"E.\"\"Mail\"=core.null");
  BOOST_CHECK_EQUAL(quoted.table.sql(), "sales.\"Order.Line=1\"");
  BOOST_CHECK_EQUAL(quoted.column, "E.\"Mail");
  for (const char* text : {"email=person.email", "customer.email", "customer.email=", ".email=x",
                           "customer.=x", "\"customer.email=x", ""})
    BOOST_CHECK_EQUAL(refusal([&] { parse_strategy_option(text); }),
                      fmt::format("sync.bad_strategy_option: '--strategy {}' is not "
                                  "TABLE.COLUMN=NAME | write --strategy "
                                  "public.customer.email=person.email",
                                  text));
}

BOOST_AUTO_TEST_CASE(what_strategies_declare_is_tried_on_a_sample) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE t (id int PRIMARY KEY, a text UNIQUE, b text);"
      "INSERT INTO t SELECT n, 'a' || n, 'b' FROM generate_series(1, 20) n");
  both.clone_schema();
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ t: { b: faults.count } }"),
      "plugin.bug: column 'b' of table public.t: bug in plugin 'faults': strategy 'faults.count' "
      "declares that equal values get equal results, and gave another one for the same value | "
      "report it to the plugin's author");
  const std::string collides = both.refusal_of("{ t: { a: faults.collide } }");
  BOOST_CHECK_MESSAGE(collides.find("sync.does_not_fit") == 0 &&
                          collides.find("SQLSTATE 23505") != std::string::npos,
                      collides);
  BOOST_CHECK_EQUAL(both.target_value("SELECT count(*) FROM t"), "0");
  BOOST_CHECK_EQUAL(both.run("{ t: { a: core.hash, b: core.hash } }").rows, 20u);
}

BOOST_AUTO_TEST_SUITE_END()
