// SPDX-License-Identifier: MIT
#include "host/config/reader.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/refusal.hpp"

namespace host::config {
namespace {

// What reading `text` as a map with a function of the reader refuses.
template <typename Function>
std::string refusal_of(const std::string& text, const Function& read) {
  return test::refusal([&] {
    const Value map = parse_yaml(text, "f.yaml");
    Reader reader(map, "the hook");
    read(reader);
    reader.finish();
  });
}

BOOST_AUTO_TEST_SUITE(reader)

BOOST_AUTO_TEST_CASE(values_of_every_type) {
  const Value map = parse_yaml(
      "t: yes\nb: true\ni: +12\nd: 1500ms\nz: 0\nl: [a, b]\ns: one\nc: warn\nn: -3\n", "f.yaml");
  Reader reader(map, "");
  BOOST_TEST(reader.text("t").value() == "yes");
  BOOST_TEST(reader.boolean("b").value());
  BOOST_TEST(reader.integer("i").value() == 12);
  BOOST_TEST(reader.integer("n").value() == -3);
  BOOST_TEST(reader.duration("d").value().count() == 1500);
  BOOST_TEST(reader.duration("z").value().count() == 0);
  BOOST_TEST(reader.texts("l") == (std::vector<std::string>{"a", "b"}),
             boost::test_tools::per_element());
  BOOST_TEST(reader.texts("s") == std::vector<std::string>{"one"},
             boost::test_tools::per_element());
  const std::vector<std::string> known{"warn", "ignore"};
  BOOST_TEST(reader.choice("c", known).value() == "warn");
  BOOST_TEST(!reader.text("absent").has_value());
  reader.finish();
}

BOOST_AUTO_TEST_CASE(truths_are_true_and_false_only) {
  const auto read = [](Reader& reader) { reader.boolean("b"); };
  for (const char* text : {"yes", "on", "True", "1", "no"})
    BOOST_TEST(refusal_of(std::string("b: ") + text, read) ==
               std::string("config.wrong_type 5: f.yaml:1:4: 'b' of the hook must be true or "
                           "false, not '") +
                   text + "'");
  BOOST_TEST(refusal_of("b: 'true'", read) ==
             "config.wrong_type 5: f.yaml:1:4: 'b' of the hook must be true or false, not the text "
             "'true' [write it without quotes, such as true]");
}

BOOST_AUTO_TEST_CASE(wrong_types_name_what_stands_there) {
  BOOST_TEST(refusal_of("t: [a]", [](Reader& reader) { reader.text("t"); }) ==
             "config.wrong_type 5: f.yaml:1:4: 't' of the hook must be text, not a list");
  BOOST_TEST(refusal_of("t:", [](Reader& reader) { reader.text("t"); }) ==
             "config.wrong_type 5: f.yaml:1:1: 't' of the hook must be text, not nothing");
  BOOST_TEST(refusal_of("i: 1.5", [](Reader& reader) { reader.integer("i"); }) ==
             "config.wrong_type 5: f.yaml:1:4: 'i' of the hook must be a whole number, not '1.5'");
  BOOST_TEST(refusal_of("i: 99999999999999999999", [](Reader& reader) { reader.integer("i"); }) ==
             "config.wrong_type 5: f.yaml:1:4: 'i' of the hook must be a whole number, not "
             "'99999999999999999999'");
  BOOST_TEST(refusal_of("d: 5 minutes", [](Reader& reader) { reader.duration("d"); }) ==
             "config.wrong_type 5: f.yaml:1:4: 'd' of the hook must be a duration such as 500ms, "
             "30s, 5m, 2h or 7d, not '5 minutes'");
  BOOST_TEST(test::refusal([] { Reader(parse_yaml("[1]", "f.yaml"), ""); }) ==
             "config.wrong_type 5: f.yaml:1:1: the file must be a map, not a list");
}

BOOST_AUTO_TEST_CASE(choices_suggest_the_nearest) {
  const std::vector<std::string> known{"abort", "warn", "ignore"};
  const auto read = [&](Reader& reader) { reader.choice("c", known); };
  BOOST_TEST(
      refusal_of("c: abbort", read) ==
      "config.out_of_range 5: f.yaml:1:4: 'c' of the hook must be abort, warn or ignore, not "
      "'abbort' [did you mean 'abort'?]");
  BOOST_TEST(
      refusal_of("c: x", read) ==
      "config.out_of_range 5: f.yaml:1:4: 'c' of the hook must be abort, warn or ignore, not "
      "'x'");
}

BOOST_AUTO_TEST_CASE(unknown_and_missing_keys) {
  const auto read = [](Reader& reader) {
    reader.text("name");
    reader.required("action");
  };
  BOOST_TEST(refusal_of("action: a\nnaem: b", read) ==
             "config.unknown_key 5: f.yaml:2:1: unknown key 'naem' in the hook [did you mean "
             "'name'?]");
  BOOST_TEST(
      refusal_of("action: a\nwhatever: b", read) ==
      "config.unknown_key 5: f.yaml:2:1: unknown key 'whatever' in the hook [known: name and "
      "action]");
  BOOST_TEST(refusal_of("actoin: a", read) ==
             "config.unknown_key 5: f.yaml:1:1: unknown key 'actoin' in the hook [did you mean "
             "'action'?]");
  BOOST_TEST(refusal_of("name: a", read) ==
             "config.missing_key 5: f.yaml:1:1: the key 'action' is missing in the hook");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::config
