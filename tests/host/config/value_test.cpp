// SPDX-License-Identifier: MIT
#include "host/config/value.hpp"

#include <fmt/format.h>
#include <boost/test/unit_test.hpp>

#include "tests/support/refusal.hpp"

namespace {

using host::config::parse_yaml;
using host::config::Value;

std::string refusal(std::string_view text) {
  return host::test::refusal([&] { parse_yaml(text, "db/confiture.yaml"); });
}

BOOST_AUTO_TEST_SUITE(value)

BOOST_AUTO_TEST_CASE(values_remember_their_places_in_characters) {
  const Value root = parse_yaml("\xEF\xBB\xBFname: x\n\"é\": [1, 'ü', z]\n", "f.yaml");
  BOOST_TEST(root.entries.size() == 2u);
  const Value* list = root.find("é");
  BOOST_REQUIRE(list != nullptr);
  BOOST_TEST(to_string(list->place) == "f.yaml:2:6");
  BOOST_REQUIRE(list->items.size() == 3u);
  BOOST_TEST(to_string(list->items[2].place) == "f.yaml:2:15");
  BOOST_TEST(list->items[1].text == "ü");
  BOOST_TEST(list->items[1].quoted);
  BOOST_TEST(!list->items[0].quoted);
}

BOOST_AUTO_TEST_CASE(an_empty_document_is_null) {
  for (const char* text : {"", "# nothing\n", "---\n", "~"}) {
    const Value root = parse_yaml(text, "f.yaml");
    BOOST_TEST(root.is_null());
    BOOST_TEST(root.place.known());
  }
}

BOOST_AUTO_TEST_CASE(aliases_are_copies) {
  const Value root = parse_yaml("a: &x [1, 2]\nb: *x\n", "f.yaml");
  BOOST_REQUIRE(root.find("b") != nullptr);
  BOOST_TEST(root.find("b")->items.size() == 2u);
}

BOOST_AUTO_TEST_CASE(core_tags_are_read_and_others_refused) {
  BOOST_TEST(parse_yaml("!!str 12", "f").quoted);
  BOOST_TEST(!parse_yaml("!!int 12", "f").quoted);
  BOOST_TEST(refusal("a: !ruby/object {}\n") ==
             "config.syntax 5: db/confiture.yaml:1:4: the tag '!ruby/object' is not part of YAML's "
             "core schema [leave the tag out]");
}

BOOST_AUTO_TEST_CASE(broken_documents_say_where_and_why) {
  BOOST_TEST(refusal("a: 1\nb: {c: 2\n") ==
             "config.syntax 5: db/confiture.yaml:3:1: a '{' is not closed with '}'");
  BOOST_TEST(refusal("a: [1, 2\n") ==
             "config.syntax 5: db/confiture.yaml:2:1: a '[' is not closed with ']'");
  BOOST_TEST(refusal("a: b: c\n") ==
             "config.syntax 5: db/confiture.yaml:1:5: a ':' is not expected here; put text that "
             "holds one into quotes");
  BOOST_TEST(refusal("a: 'it''s\nb: 2\n") ==
             "config.syntax 5: db/confiture.yaml:1:4: a quoted text is not closed");
  BOOST_TEST(refusal("a:\n  b: 1\n c: 2\n") ==
             "config.syntax 5: db/confiture.yaml:3:2: this line is not indented like its "
             "neighbours, or a ':' is missing");
  BOOST_TEST(refusal("a:\n\tb: 1\n") ==
             "config.syntax 5: db/confiture.yaml:2:3: a tab indents this line; YAML indents with "
             "spaces");
  BOOST_TEST(refusal("a: *b\n") ==
             "config.syntax 5: db/confiture.yaml:1:4: the alias names an anchor that is not "
             "defined above it");
  BOOST_TEST(refusal("a: \xff\n") ==
             "config.syntax 5: db/confiture.yaml: 'db/confiture.yaml' is not UTF-8 text [save it "
             "as UTF-8]");
}

BOOST_AUTO_TEST_CASE(what_yaml_allows_and_a_configuration_does_not) {
  BOOST_TEST(refusal("a: 1\nb: 2\na: 3\n") ==
             "config.syntax 5: db/confiture.yaml:3:1: the key 'a' is there twice [it first stands "
             "at db/confiture.yaml:1:1]");
  BOOST_TEST(refusal("a: 1\n---\nb: 2\n") ==
             "config.syntax 5: db/confiture.yaml:2:1: a second document begins here [keep one "
             "document a file]");
  BOOST_TEST(refusal("? [a]\n: 1\n") ==
             "config.syntax 5: db/confiture.yaml:1:3: a key must be text [put quotes around it if "
             "it begins with [ or {]");
  BOOST_TEST(refusal("~: 1\n") ==
             "config.syntax 5: db/confiture.yaml:1:1: a key must be text [put quotes around a key "
             "such as null or ~]");
  BOOST_TEST(refusal("a: &x {k: 1}\nb:\n  <<: *x\n") ==
             "config.syntax 5: db/confiture.yaml:3:3: merge keys ('<<') are not part of YAML 1.2 "
             "[write the keys out]");
  BOOST_TEST(refusal("a: &x [*x]\n") ==
             "config.syntax 5: db/confiture.yaml:1:8: the alias stands inside its own anchor");
}

BOOST_AUTO_TEST_CASE(a_document_cannot_grow_without_bound) {
  std::string bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 12; ++level)
    bomb += fmt::format("l{0}: &l{0} [*l{1}, *l{1}, *l{1}, *l{1}, *l{1}, *l{1}, *l{1}, *l{1}]\n",
                        level, level - 1);
  BOOST_TEST(refusal(bomb).ends_with("the aliases make this document larger than 10 MB"));
  BOOST_TEST(refusal(std::string(101, '[') + std::string(101, ']')) ==
             "config.syntax 5: db/confiture.yaml:1:101: nested deeper than 100 levels");
  BOOST_TEST(refusal(std::string(100'000, '[')) != "");
  BOOST_TEST(refusal(std::string(100, '[') + std::string(100, ']')).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
