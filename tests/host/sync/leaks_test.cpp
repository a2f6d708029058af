// SPDX-License-Identifier: MIT
// Ways in which a replaced value gets through all the same, each planted and found: in what another
// column's strategy leaves, in texts within texts, and in every kind of definition.
#include <boost/test/unit_test.hpp>

#include "host/sync/errors.hpp"
#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

// Thirty people whose names are replaced, and what was written about one of them.
struct Written : TwoDatabases {
  Written() {
    source->execute(
        "CREATE EXTENSION hstore;"
        "CREATE TABLE person (id int PRIMARY KEY, name text, nick text);"
        "CREATE TABLE note (id int PRIMARY KEY, body text, doc json, pairs hstore, mark text);"
        "INSERT INTO person SELECT n, 'Ren\u00e9 Dupont ' || n, 'nickname' || n"
        " FROM generate_series(1, 30) n;"
        "INSERT INTO note (id) SELECT n FROM generate_series(1, 30) n");
    clone_schema();
    request.verify = Verify::full;
  }
  std::string rules(const std::string& note) {
    return "{ person: { name: core.redact, nick: core.hash }, note: { " + note + " } }";
  }
  std::string caught(const std::string& sql, const std::string& note = "id: { keep: number }") {
    source->execute(sql);
    return refusal_of(rules(note), request);
  }
  Request request;
};

std::string leak(const std::string& from, const std::string& column, int count = 1) {
  return "sync.check_failed: the target was not published, a check did not hold:\n"
         "  source_values: " +
         std::to_string(count) + " values that were replaced elsewhere (public.person." + from +
         ") in column '" + column +
         "' of table public.note | the target is as it was before; give these columns a strategy, "
         "or"
         " write down why they may hold that: { keep: \"REASON\", waived_until: YYYY-MM-DD }";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(leaks)

BOOST_AUTO_TEST_CASE(what_the_strategy_of_another_column_leaves) {
  Written both;
  both.source->execute("UPDATE note SET body = 'call 555 of Ren\u00e9 Dupont ' || id || ' again'");
  const std::string found = leak("name", "body", 30);
  BOOST_CHECK_EQUAL(both.caught("SELECT 1",
                                "body: { use: core.regex, with: { pattern: '[0-9]{3}',"
                                " with: '#', otherwise: keep } }"),
                    found);
  BOOST_CHECK_EQUAL(both.caught("SELECT 1", "body: { use: core.truncate, with: { length: 29 } }"),
                    found);
  BOOST_CHECK_EQUAL(both.caught("SELECT 1",
                                "body: { when: { column: id, equals: 0 },"
                                " then: core.redact, else: core.keep }"),
                    // A strategy that keeps all is told of, too.
                    "sync.check_failed: the target was not published, checks did not hold:\n"
                    "  fixed_points: all 30 values of column 'body' of table public.note came back "
                    "as they were" +
                        found.substr(found.find("\n  source_values")));
  BOOST_CHECK_NO_THROW(both.run(both.rules("body: core.hash"), both.request));
  // Another path of the same document.
  both.source->execute(
      "UPDATE note SET body = NULL;"
      "UPDATE note SET doc = '{\"a\": \"x\", \"b\": \"nickname7\"}' WHERE id = 3");
  BOOST_CHECK_EQUAL(both.caught("SELECT 1", "doc: { json: { a: core.redact } }"),
                    leak("nick", "doc"));
  BOOST_CHECK_NO_THROW(both.run(both.rules("doc: { json: { '**': core.redact } }"), both.request));
  // It was decided so.
  BOOST_CHECK_EQUAL(both.caught("SELECT 1",
                                "doc: { json: { a: core.redact },"
                                " waived_until: 2999-12-31 }"),
                    "config.missing_key: column 'doc' has a waiver without a reason | write { use: "
                    "STRATEGY, waived_until: DAY, reason: \"why\" }");
  BOOST_CHECK_NO_THROW(
      both.run(both.rules("doc: { json: { a: core.redact }, waived_until: 2999-12-31,"
                          " reason: 'names of machines' }"),
               both.request));
}

// One of a few rows that chance leaves as it is, or a strategy on purpose, is no leak.
BOOST_AUTO_TEST_CASE(values_that_stay_are_none_to_look_for) {
  Written both;
  both.source->execute("UPDATE note SET body = name FROM person WHERE person.id = 1");
  BOOST_CHECK_NO_THROW(
      both.run("{ person: { name: { when: { column: id, equals: 1 }, then: core.keep,"
               " else: core.redact } }, note: { id: { keep: number } } }",
               both.request));
  both.source->execute("UPDATE note SET body = name FROM person WHERE person.id = 2");
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ person: { name: { when: { column: id, equals: 1 }, then: core.keep,"
                      " else: core.redact } }, note: { id: { keep: number } } }",
                      both.request),
      leak("name", "body", 30));
}

BOOST_AUTO_TEST_CASE(texts_that_are_written_otherwise) {
  Written both;
  // As Python writes it.
  BOOST_CHECK_EQUAL(
      both.caught("UPDATE note SET doc = '{\"who\": \"Ren\\u00e9 Dupont 7\"}' WHERE id = 1"),
      leak("name", "doc"));
  BOOST_CHECK_EQUAL(both.caught("UPDATE note SET doc = '{\"in\": \"{\\\"k\\\": "
                                "\\\"nickname8\\\"}\"}' WHERE id = 1"),
                    leak("nick", "doc"));
  BOOST_CHECK_EQUAL(both.caught("UPDATE note SET doc = NULL, pairs = 'a=>nickname9, b=>NULL'"
                                " WHERE id = 1"),
                    leak("nick", "pairs"));
  BOOST_CHECK_EQUAL(both.caught("UPDATE note SET pairs = NULL,"
                                " mark = '<a><b>nickname9</b></a>' WHERE id = 1"),
                    leak("nick", "mark"));
  BOOST_CHECK_EQUAL(both.caught("UPDATE note SET mark = '<a of=\"nickname9\"/>' WHERE id = 1"),
                    leak("nick", "mark"));
  BOOST_CHECK_EQUAL(both.caught("UPDATE note SET mark = 'REN\u00c9 DUPONT 7' WHERE id = 1"),
                    leak("name", "mark"));
  BOOST_CHECK_EQUAL(both.caught("UPDATE note SET mark = NULL,"
                                " body = '(see Ren\u00e9 Dupont 7)' WHERE id = 1"),
                    leak("name", "body"));
}

BOOST_AUTO_TEST_CASE(values_of_columns_that_are_dropped) {
  Written both;
  both.source->execute("UPDATE note SET body = 'not nickname7' WHERE id = 1");
  const std::string dropped = "{ person: { name: drop, nick: drop }, note: { id: { keep: a } } }";
  BOOST_CHECK_NO_THROW(both.run(dropped, both.request));
  both.source->execute("UPDATE note SET body = 'nickname7' WHERE id = 1");
  BOOST_CHECK_EQUAL(both.refusal_of(dropped, both.request), leak("nick", "body"));
  both.source->execute("UPDATE note SET body = 'of Ren\u00e9 Dupont 7' WHERE id = 1");
  BOOST_CHECK_EQUAL(both.refusal_of(dropped, both.request), leak("name", "body"));
  // A search vector is dropped for the words that it has of other columns.
  both.source->execute(
      "ALTER TABLE person ADD words tsvector; ALTER TABLE note ADD topic text;"
      "UPDATE person SET words = 'gardening'; UPDATE note SET body = NULL, topic = 'gardening'");
  both.target->execute("ALTER TABLE person ADD words tsvector; ALTER TABLE note ADD topic text");
  BOOST_CHECK_NO_THROW(
      both.run("{ person: { name: core.redact, nick: core.hash, words: drop } }", both.request));
}

BOOST_AUTO_TEST_CASE(short_names) {
  Written both;
  both.source->execute(
      "UPDATE person SET name = 'Bob Le' || chr(96 + id % 26) WHERE id <= 20;"
      "UPDATE person SET name = 'no idea' WHERE id > 20");
  for (const char* text : {"'ask Bob Lea first'", "'bob lea'", "'BOB LEA'", "'No Idea'"})
    BOOST_CHECK_EQUAL(both.caught("UPDATE note SET body = " + std::string(text) + " WHERE id = 1"),
                      leak("name", "body"));
  for (const char* text :
       {"'ask bob lea first'", "'there is no idea in it'", "'Bob Leaf'", "'Lea'"})
    BOOST_CHECK_EQUAL(both.caught("UPDATE note SET body = " + std::string(text) + " WHERE id = 1"),
                      "");
}

// A number and an address that nobody replaces, beside what a strategy does.
BOOST_AUTO_TEST_CASE(what_shows_by_its_form_beside_what_is_replaced) {
  Written both;
  both.source->execute(
      "UPDATE note SET doc = '{\"a\": \"x@corp.test\", \"b\": \"joe@corp.test\"}' WHERE id = 1");
  const Report report = both.run(both.rules("doc: { json: { a: core.hash } }"), both.request);
  std::string warnings;
  for (const Check& check : report.checks)
    if (check.status == "warning") warnings += check.name + ": " + check.detail;
  BOOST_CHECK_EQUAL(warnings,
                    "patterns: 1 e-mail addresses in column 'doc' of table public.note, which "
                    "strategies left");
}

BOOST_AUTO_TEST_CASE(every_kind_of_definition) {
  Written both;
  const std::string who = "'Ren\u00e9 Dupont 7'";
  const auto found = [&](const std::string& make, const std::string& remove) {
    both.target->execute(make);
    const std::string message = both.caught("SELECT 1");
    both.target->execute(remove);
    const std::size_t begin = message.find("in the definition of ");
    if (begin == std::string::npos) return message;
    return message.substr(begin + 21, message.find_first_of("\n|", begin) - begin - 22);
  };
  both.target->execute(
      "CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS"
      " 'BEGIN RETURN NEW; END'");
  BOOST_CHECK_EQUAL(found("CREATE VIEW v AS SELECT " + who + "::text AS x", "DROP VIEW v"),
                    "view public.v");
  BOOST_CHECK_EQUAL(
      found("CREATE FUNCTION f(a text DEFAULT " + who + ") RETURNS text LANGUAGE sql AS 'SELECT a'",
            "DROP FUNCTION f"),
      "function public.f(text)");
  BOOST_CHECK_EQUAL(found("CREATE FUNCTION f() RETURNS text LANGUAGE sql SET my.x = " + who +
                              " AS 'SELECT 1::text'",
                          "DROP FUNCTION f"),
                    "function public.f()");
  if (both.target->server_version() >= 140000)
    BOOST_CHECK_EQUAL(
        found("CREATE FUNCTION f() RETURNS text LANGUAGE sql RETURN " + who, "DROP FUNCTION f"),
        "function public.f()");
  BOOST_CHECK_EQUAL(found("CREATE DOMAIN d AS text DEFAULT " + who, "DROP DOMAIN d"),
                    "default of domain public.d");
  BOOST_CHECK_EQUAL(
      found("CREATE DOMAIN d AS text CONSTRAINT c CHECK (VALUE <> " + who + ")", "DROP DOMAIN d"),
      "constraint c of public.d");
  BOOST_CHECK_EQUAL(found("ALTER TABLE note ADD CONSTRAINT c CHECK (body <> " + who + ")",
                          "ALTER TABLE note DROP CONSTRAINT c"),
                    "constraint c of public.note");
  BOOST_CHECK_EQUAL(found("ALTER TABLE note ALTER body SET DEFAULT " + who,
                          "ALTER TABLE note ALTER body DROP DEFAULT"),
                    "default of column body of public.note");
  BOOST_CHECK_EQUAL(
      found("CREATE POLICY p ON note USING (body <> " + who + ")", "DROP POLICY p ON note"),
      "policy p of public.note");
  BOOST_CHECK_EQUAL(
      found("CREATE TRIGGER g BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION t(" + who + ")",
            "DROP TRIGGER g ON note"),
      "trigger g of public.note");
  BOOST_CHECK_EQUAL(
      found("CREATE RULE r AS ON UPDATE TO note WHERE NEW.body = " + who + " DO ALSO NOTHING",
            "DROP RULE r ON note"),
      "rule r of public.note");
  BOOST_CHECK_EQUAL(found("CREATE INDEX i ON note (id) WHERE body <> " + who, "DROP INDEX i"),
                    "index public.i");
  BOOST_CHECK_EQUAL(found("CREATE TABLE l (x text) PARTITION BY LIST (x);"
                          "CREATE TABLE l1 PARTITION OF l FOR VALUES IN (" +
                              who + ")",
                          "DROP TABLE l"),
                    "partition public.l1");
  if (both.target->server_version() >= 140000)
    BOOST_CHECK_EQUAL(
        found("CREATE STATISTICS s ON (body || " + who + "), id FROM note", "DROP STATISTICS s"),
        "statistics s");
  BOOST_CHECK_EQUAL(
      found("COMMENT ON COLUMN note.body IS " + who, "COMMENT ON COLUMN note.body IS NULL"),
      "comment on column body of table public.note");
  BOOST_CHECK_EQUAL(found("CREATE TYPE e AS ENUM (" + who + ")", "DROP TYPE e"),
                    "label of type public.e");
  const std::string database = both.target_value("SELECT quote_ident(current_database())");
  BOOST_CHECK_EQUAL(found("COMMENT ON DATABASE " + database + " IS " + who,
                          "COMMENT ON DATABASE " + database + " IS NULL"),
                    "comment on database " + database);
  BOOST_CHECK_EQUAL(found("ALTER DATABASE " + database + " SET my.x = " + who,
                          "ALTER DATABASE " + database + " RESET my.x"),
                    "settings of the database");
  BOOST_CHECK_EQUAL(both.caught("SELECT 1"), "");
}

BOOST_AUTO_TEST_SUITE_END()
