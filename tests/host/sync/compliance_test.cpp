// SPDX-License-Identifier: MIT
// A decision for every column: what a strict run insists on, and what it suggests.
#include <boost/test/unit_test.hpp>

#include "host/sync/compliance.hpp"
#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

struct Shop : TwoDatabases {
  Shop() {
    source->execute(
        "CREATE TABLE customer (id int PRIMARY KEY, \"eMail\" text UNIQUE, remark text, total int);"
        "INSERT INTO customer VALUES (1, 'a@acme.example', 'call +33 6 12 34 56 78', 3)");
    clone_schema();
    request.strict = true;
  }
  Request request;
};

constexpr const char* hint =
    " | decide under anonymization.tables; confiture sync --suggest writes a first file";

}  // namespace

BOOST_AUTO_TEST_SUITE(compliance)

BOOST_AUTO_TEST_CASE(every_undecided_column_is_named_at_once_with_a_suggestion) {
  Shop both;
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ customer: { total: { keep: \"no person\" } } }", both.request),
      std::string("sync.undecided: 3 of the columns to copy need a decision:"
                  "\n  public.customer.id: no decision; suggested: { keep: \"REASON\" }"
                  "\n  public.customer.\"eMail\": no decision; suggested: person.email"
                  "\n  public.customer.remark: no decision; suggested: person.phone") +
          hint);
}

BOOST_AUTO_TEST_CASE(a_column_that_looks_personal_is_kept_by_a_waiver_only) {
  Shop both;
  const auto rules = [](const std::string& mail) {
    return "{ customer: { id: { keep: a }, total: { keep: b }, remark: core.redact, eMail: " +
           mail + " } }";
  };
  BOOST_CHECK_EQUAL(
      both.refusal_of(rules("{ keep: \"all know it\" }"), both.request),
      std::string("sync.undecided: 1 of the columns to copy needs a decision:\n  "
                  "public.customer.\"eMail\": kept, but its name looks personal; suggested: "
                  "person.email") +
          hint);
  BOOST_CHECK(both.refusal_of(rules("{ keep: c, waived_until: 2020-01-01 }"), both.request)
                  .find("kept, the waiver ended on 2020-01-01") != std::string::npos);
  BOOST_CHECK_NO_THROW(both.run(rules("{ keep: c, waived_until: 2999-01-01 }"), both.request));
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT manifest #>> '{waivers,0,column}' FROM"
                        " confiture.audit, LATERAL (SELECT payload::jsonb) p (manifest)"
                        " WHERE event = 'sync.published'"),
      "public.customer.\"eMail\"");
}

BOOST_AUTO_TEST_CASE(addresses_of_networks_are_told_by_their_types) {
  TwoDatabases both;
  both.source->execute("CREATE TABLE visit (seen inet, via cidr[], device macaddr)");
  both.clone_schema();
  Request request;
  request.strict = true;
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ visit: { seen: { keep: a }, via: { keep: b }, device: { keep: c } } }",
                      request),
      std::string("sync.undecided: 3 of the columns to copy need a decision:"
                  "\n  public.visit.seen: kept, but its type looks personal; suggested: net.ipv4"
                  "\n  public.visit.via: kept, but its type looks personal; suggested: net.ipv4"
                  "\n  public.visit.device: kept, but its type looks personal; suggested: "
                  "net.mac") +
          hint);
}

BOOST_AUTO_TEST_CASE(new_and_retyped_columns_stop_the_run) {
  Shop both;
  const std::string rules =
      "{ customer: { id: { keep: a }, total: { keep: b }, remark: core.redact, eMail:"
      " person.email } }";
  both.run(rules, both.request);
  for (const auto* connection : {&both.source, &both.target})
    (*connection)
        ->execute("ALTER TABLE customer ALTER total TYPE bigint; ALTER TABLE customer ADD age int");
  BOOST_CHECK_EQUAL(
      both.refusal_of(rules, both.request),
      std::string("sync.undecided: 2 of the columns to copy need a decision:\n  "
                  "public.customer.total: was integer at the last run, is bigint; suggested: { "
                  "keep: \"REASON\" }\n  public.customer.age: new, no decision; suggested: { keep: "
                  "\"REASON\" }") +
          hint);
  BOOST_CHECK(both.refusal_of("{ customer: { total: { keep: b, type: integer } } }", both.request)
                  .find("total: was integer when it was decided, is bigint") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_protected_source_is_always_strict) {
  Shop both;
  both.request.strict = false;
  both.request.source_protected = true;
  BOOST_CHECK(both.refusal_of("{ customer: { eMail: person.email } }", both.request)
                  .find("3 of the columns to copy need a decision") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_first_file_of_decisions_is_enough_to_run) {
  Shop both;
  const std::string yaml = suggest_for({}, {}, registry(), *both.source);
  BOOST_CHECK(
      yaml.rfind("anonymization:\n  tables:\n    public.customer:\n      id: { keep: ", 0) == 0);
  BOOST_CHECK(yaml.find("      eMail: { use: person.email, type: \"text\" }  # its name\n") !=
              std::string::npos);
  BOOST_CHECK(
      yaml.find("      remark: { use: person.phone, type: \"text\" }  # phone numbers among "
                "its values\n") != std::string::npos);
  BOOST_CHECK(yaml.find("      total: { keep: \"not personal by name and values, 2") !=
              std::string::npos);
  const std::string tables = yaml.substr(yaml.find("    public"));
  BOOST_CHECK_NO_THROW(both.run("\n" + tables, both.request));
}

BOOST_AUTO_TEST_CASE(suggestions_for_what_is_nested_suit_its_type) {
  TwoDatabases both;
  both.source->execute(
      "CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%');"
      "CREATE TYPE addr AS (street text, zip text, floor int);"
      "CREATE TYPE pair AS (a text, b text);"
      "CREATE TABLE t (id int PRIMARY KEY, mails mail[], emails int, home addr, note pair,"
      " doc jsonb, more xml, words tsvector, must tsvector NOT NULL);"
      "INSERT INTO t VALUES (1, '{a@acme.example,NULL}', 2, '(\"Main St\",75001,3)',"
      " '(b@acme.example,)', '{\"to\": \"c@acme.example\"}', 'to d@acme.example', 'd', 'd')");
  both.clone_schema();
  const std::string yaml = suggest_for({}, {}, registry(), *both.source);
  const std::string tables = yaml.substr(yaml.find("    public"));
  for (const char* line :
       {"\n      mails: { use: person.email, type: \"public.mail[]\" }  # its name\n",
        "\n      emails: { keep: \"not personal by name",
        "\n      home: { fields: { street: person.street, zip: person.postcode }, type: "
        "\"public.addr\" }  # the name of its field 'street'\n",
        "\n      note: { use: core.null, type: \"public.pair\" }  # e-mail addresses among its "
        "values\n",
        "\n      doc: { json: { \"**\": core.redact }, type: \"jsonb\" }  # e-mail addresses among "
        "its values\n",
        "\n      more: { use: core.null, type: \"xml\" }  # e-mail addresses among its values\n",
        "\n      words: drop  # a copy of the words of other columns\n",
        "\n      must: { use: core.constant, with: { value: \"\" }, type: \"tsvector\" }  # a copy "
        "of the words of other columns\n"})
    BOOST_CHECK_MESSAGE(tables.find(line) != std::string::npos, line << "\nis not in " << tables);
  Request request;
  request.strict = true;
  BOOST_CHECK_NO_THROW(both.run("\n" + tables, request));
  BOOST_CHECK_EQUAL(both.target_value("SELECT mails[1] LIKE '%@example.%', mails[2] IS NULL,"
                                      " (home).floor, (home).zip <> '75001', note IS NULL, doc,"
                                      " words IS NULL, must FROM t"),
                    "t|t|3|t|t|{\"to\": \"[redacted]\"}|t|");
}

BOOST_AUTO_TEST_CASE(conditions_and_the_rows_that_they_leave_behind) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int, a int REFERENCES a);"
      "INSERT INTO a SELECT generate_series(1, 10); INSERT INTO b SELECT n, n FROM"
      " generate_series(1, 10) n");
  both.clone_schema();
  Request request;
  request.selection.where = {"a=id <= 4 -- four"};
  BOOST_CHECK_EQUAL(
      both.refusal_of({}, request),
      "sync.rows_left_behind: rows would be copied without their parents: 6 rows of table public.b "
      "by foreign key 'b_a_fkey' to table public.a | narrow these tables too with --where, or "
      "widen the condition of the others");
  request.selection.where.emplace_back("public.b=a < 4");
  BOOST_CHECK_EQUAL(both.run({}, request).rows, 7u);
  request.selection.where = {"a=idd < 4"};
  BOOST_CHECK_EQUAL(
      both.refusal_of({}, request).substr(0, 78),
      "sync.not_sql: the condition of table public.a is no SQL that the source unders");
  request.selection.where = {"a"};
  BOOST_CHECK_EQUAL(both.refusal_of({}, request),
                    "sync.not_sql: '--where a' is not TABLE=SQL | write --where "
                    "\"public.orders=placed_at > '2026-01-01'\"");
}

BOOST_AUTO_TEST_SUITE_END()
