// SPDX-License-Identifier: MIT
// Strategies at paths of JSON documents.
#include "host/sync/json_parts.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

std::vector<JsonPath> paths_of(const std::vector<std::string>& texts) {
  std::vector<JsonPath> paths;
  for (const std::string& text : texts) {
    paths.emplace_back();
    BOOST_REQUIRE_EQUAL(paths.back().parse(text), "");
  }
  return paths;
}

// "0:Ada 1:NULL": the group and value of each part.
std::string parts(const std::string& document, const std::vector<std::string>& paths) {
  const auto split = split_json(document, paths_of(paths));
  if (!split) return "no document";
  std::string text;
  for (const LiteralPart& part : *split)
    text +=
        fmt::format("{}{}:{}", text.empty() ? "" : " ", part.group, part.value.value_or("NULL"));
  return text;
}

// The document with every part's value replaced.
std::string with(const std::string& document, const std::string& path, const std::string& value) {
  auto split = split_json(document, paths_of({path}));
  BOOST_REQUIRE(split);
  for (LiteralPart& part : *split) part.value = value;
  return join_json(document, *split);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_parts)

BOOST_AUTO_TEST_CASE(paths_lead_to_values) {
  const std::string document =
      R"({"name":"Ada","mail":null,"address":{"city":"Paris","at":[1.50,2]},)"
      R"("lines":[{"name":"x","sub":{"mail":"a@b"}},{"name":"y"}],"a.b":true,"empty":{},"none":[]})";
  BOOST_CHECK_EQUAL(parts(document, {"name"}), "0:Ada");
  BOOST_CHECK_EQUAL(parts(document, {"$.name", "mail"}), "0:Ada 1:NULL");
  BOOST_CHECK_EQUAL(parts(document, {"address.city"}), "0:Paris");
  BOOST_CHECK_EQUAL(parts(document, {"address"}), "0:Paris 0:1.50 0:2");
  BOOST_CHECK_EQUAL(parts(document, {"address.at[*]"}), "0:1.50 0:2");
  BOOST_CHECK_EQUAL(parts(document, {"lines.name"}), "0:x 0:y");
  BOOST_CHECK_EQUAL(parts(document, {"lines[*].name"}), "0:x 0:y");
  BOOST_CHECK_EQUAL(parts(document, {"**.name", "**.mail"}), "0:Ada 1:NULL 0:x 1:a@b 0:y");
  BOOST_CHECK_EQUAL(parts(document, {"*.name"}), "0:x 0:y");
  BOOST_CHECK_EQUAL(parts(document, {"\"a.b\""}), "0:true");
  BOOST_CHECK_EQUAL(parts(document, {"lines.**"}), "0:x 0:a@b 0:y");
  BOOST_CHECK_EQUAL(parts(document, {"empty", "none", "nothing.here", "name.deeper"}), "");
  BOOST_CHECK_EQUAL(parts(document, {"name", "$"}),
                    "0:Ada 1:NULL 1:Paris 1:1.50 1:2 1:x 1:a@b"
                    " 1:y 1:true");
  BOOST_CHECK_EQUAL(parts(R"("one")", {"$"}), "0:one");
  BOOST_CHECK_EQUAL(parts(R"([[["deep"]],{"a":[]}])", {"$"}), "0:deep");
  BOOST_CHECK_EQUAL(parts(R"({"a":1,"a":2})", {"a"}), "0:1 0:2");
}

BOOST_AUTO_TEST_CASE(paths_that_are_none) {
  const auto wrong = [](std::string_view text) { return JsonPath().parse(text); };
  BOOST_CHECK_EQUAL(wrong(""), "it has a key without a name");
  BOOST_CHECK_EQUAL(wrong("a..b"), "it has a key without a name");
  BOOST_CHECK_EQUAL(wrong("a."), "it has a key without a name");
  BOOST_CHECK_EQUAL(wrong("\"a"), "it has a quote without its end");
  BOOST_CHECK_EQUAL(wrong("\"a\"b"), "keys have a dot between them");
  BOOST_CHECK_EQUAL(wrong("a[0]"), "an item of a list cannot be chosen by its number");
}

BOOST_AUTO_TEST_CASE(escapes_are_read_and_written) {
  BOOST_CHECK_EQUAL(parts(R"({"k\u0065y":"a\n\"\\\/\u00e9\ud83d\ude00\ud800"})", {"key"}),
                    "0:a\n\"\\/\u00e9\U0001F600\uFFFD");
  BOOST_CHECK_EQUAL(with(R"({"a":"x"})", "a", "q\"\\\n\x01\u00e9"), R"({"a":"q\"\\\u000a\u0001)"
                                                                    "\u00e9\"}");
}

BOOST_AUTO_TEST_CASE(numbers_stay_numbers_where_they_can_and_all_else_stays_as_it_was) {
  const std::string document = R"( { "b" : 1e400,"a":12345678901234567890 , "b":1.10,"c":"1"} )";
  BOOST_CHECK_EQUAL(with(document, "a", "7.50"), R"( { "b" : 1e400,"a":7.50 , "b":1.10,"c":"1"} )");
  BOOST_CHECK_EQUAL(with(document, "b", "hidden"),
                    R"( { "b" : "hidden","a":12345678901234567890 , "b":"hidden","c":"1"} )");
  BOOST_CHECK_EQUAL(with(document, "c", "2"),
                    R"( { "b" : 1e400,"a":12345678901234567890 , "b":1.10,"c":"2"} )");
}

BOOST_AUTO_TEST_CASE(texts_that_are_no_documents) {
  for (const char* text : {"", " ", "x", "{", "[1,]", "{\"a\":}", "{\"a\"}", "[1 2]", "1 2", "01",
                           "1.", "\"a", "\"\\x\"", "{1:2}", "[1]]", "tru", "{,}", "\"\\u00g0\""})
    BOOST_CHECK_EQUAL(parts(text, {"a"}), "no document");
}

BOOST_AUTO_TEST_CASE(a_document_deeper_than_any_stack) {
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  BOOST_CHECK_EQUAL(parts(deep, {"a"}), "");
}

BOOST_AUTO_TEST_CASE(parts_of_a_document_are_replaced_in_a_copy) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE t (id int PRIMARY KEY, j jsonb, k json, s text, a jsonb[]);"
      "INSERT INTO t VALUES (1, '{\"mail\": \"ada@acme.example\", \"n\": 1.10, \"born\":"
      " \"1980-02-03\"}', '{ \"mail\":\"ada@acme.example\", \"n\" : 1e400}', '[\"ada\"]',"
      " ARRAY['{\"mail\": \"ada@acme.example\"}']::jsonb[]), (2, NULL, 'null', '{}', '{}')");
  both.clone_schema();
  both.strategies =
      "{ mails: { json: { \"**.mail\": person.email, born: { use: time.truncate, with: { to: year"
      " }, type: date } } } }";
  both.more = "";
  Request request;
  request.verify = Verify::full;
  both.run("{ t: { j: mails, k: mails, s: { json: { $: core.redact } }, a: mails } }", request);
  BOOST_CHECK_EQUAL(
      both.target_value(
          "SELECT j ->> 'mail' = k ->> 'mail' AND a[1] ->> 'mail' = j ->> 'mail',"
          " j ->> 'mail' ~ '@example', j ->> 'n', j ->> 'born', s FROM t WHERE id = 1"),
      "t|t|1.10|1980-01-01|[\"[redacted]\"]");
  BOOST_CHECK_EQUAL(both.target_value("SELECT k::text ~ '^\\{ \"mail\":\"[^\"]*\", \"n\" : 1e400}$'"
                                      " FROM t WHERE id = 1"),
                    "t");
  BOOST_CHECK_EQUAL(both.target_value("SELECT j IS NULL, k, s FROM t WHERE id = 2"), "t|null|{}");
}

BOOST_AUTO_TEST_CASE(what_paths_leave_out_is_searched_for_what_they_replace) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE t (j jsonb); INSERT INTO t VALUES ('{\"mail\": \"ada@acme.example\","
      " \"note\": \"wrote to ada@acme.example\"}')");
  both.clone_schema();
  Request request;
  request.verify = Verify::full;
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ t: { j: { json: { mail: person.email } } } }", request),
      "sync.check_failed: the target was not published, a check did not hold:\n"
      "  source_values: 1 values that were replaced elsewhere (public.t.j) in column 'j' of "
      "table public.t | the target is as it was before; give these columns a strategy,"
      " or write down why they may hold that: { keep: \"REASON\", waived_until: "
      "YYYY-MM-DD }");
  both.run("{ t: { j: { json: { mail: person.email, note: text.redact } } } }", request);
}

// A misspelled one would replace nothing, without a word.
BOOST_AUTO_TEST_CASE(paths_that_lead_nowhere_are_told) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE t (id int PRIMARY KEY, j jsonb);"
      "CREATE TABLE p (id int, j jsonb) PARTITION BY LIST (id);"
      "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);"
      "CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);"
      "CREATE TABLE none (j jsonb);"
      "INSERT INTO t VALUES (1, '{\"mail\": \"a\", \"name\": \"b\", \"e\": {}}');"
      "INSERT INTO p VALUES (1, '{\"a\": 1}'), (2, '{\"b\": 1}')");
  both.clone_schema();
  const Report report = both.run(
      "{ t: { j: { when: { column: id, equals: 1 }, then: { json: { mail: core.redact,"
      " nmae: core.redact, \"e.*\": core.redact } }, else: core.keep } },"
      " p: { j: { json: { a: core.redact, b: core.redact, c: core.redact } } },"
      " none: { j: { json: { a: core.redact } } } }");
  BOOST_REQUIRE_EQUAL(report.checks.front().name, "json_paths");
  BOOST_CHECK_EQUAL(report.checks.front().status, "warning");
  BOOST_CHECK_EQUAL(report.checks.front().detail,
                    "'c' of column 'j' of table public.p1, 'nmae' of column 'j' of table public.t "
                    "and 'e.*' of column 'j' of table public.t lead to no value of any document");
}

BOOST_AUTO_TEST_CASE(paths_that_cannot_be) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE t (j jsonb, n int, s text); INSERT INTO t VALUES ('{}', 1, 'x')");
  both.clone_schema();
  const auto refused = [&](const std::string& rule) {
    const std::string message = both.refusal_of("{ t: { " + rule + " } }");
    return message.substr(0, message.find('\n'));
  };
  BOOST_CHECK_EQUAL(refused("n: { json: { a: core.redact } }"),
                    "sync.does_not_fit: column 'n' of table public.t has type integer, which holds "
                    "no JSON documents | give it a strategy for values of that type");
  BOOST_CHECK_EQUAL(refused("s: { json: { a: core.redact } }"),
                    "sync.malformed: row 1 of column 's' of table public.t is no JSON document | ");
  BOOST_CHECK_EQUAL(refused("j: { json: { \"a[0]\": core.redact } }"),
                    "sync.bad_path: 'a[0]' is no path of a document: an item of a list cannot be "
                    "chosen by its number | write keys with dots between them: address.city, "
                    "lines.*.name, **.email");
  BOOST_CHECK_EQUAL(refused("j: { json: { a: { use: core.redcat } } }").substr(0, 47),
                    "config.unknown_strategy: unknown strategy 'core");
  BOOST_CHECK_EQUAL(refused("j: { json: { a: { use: core.redact, type: txt } } }"),
                    "config.out_of_range: 'type' of a path must be text, numeric, int8, float8, "
                    "date, time, timestamp, timestamptz or uuid, not 'txt' | did you mean 'text'?");
  BOOST_CHECK_EQUAL(refused("j: { json: {} }"),
                    "config.wrong_type: 'json' of column 'j' is empty | ");
}

BOOST_AUTO_TEST_SUITE_END()
