// SPDX-License-Identifier: MIT
#include "host/config/parameters.hpp"

#include <confiture/parameters.h>

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/refusal.hpp"

namespace host::config {
namespace {

ParameterSpec spec(const char* name, std::uint32_t type) {
  ParameterSpec made;
  made.name = name;
  made.doc = "What it is for";
  made.type = type;
  return made;
}

// One of each.
std::vector<ParameterSpec> all_types() {
  std::vector<ParameterSpec> specs;
  specs.push_back(spec("text", CONFITURE_PARAM_STRING));
  specs.back().range = "..5";
  specs.push_back(spec("count", CONFITURE_PARAM_INT));
  specs.back().range = "1..64";
  specs.back().default_yaml = "4";
  specs.push_back(spec("ratio", CONFITURE_PARAM_REAL));
  specs.back().range = "0.5..1.5";
  specs.push_back(spec("on", CONFITURE_PARAM_BOOL));
  specs.push_back(spec("style", CONFITURE_PARAM_ENUM));
  specs.back().choices = {"snake_case", "camelCase"};
  specs.push_back(spec("wait", CONFITURE_PARAM_DURATION));
  specs.back().range = "1000..";
  specs.push_back(spec("column", CONFITURE_PARAM_COLUMN));
  specs.push_back(spec("names", CONFITURE_PARAM_STRING));
  specs.back().list = true;
  specs.back().default_yaml = "[a, b]";
  specs.push_back(spec("rule", CONFITURE_PARAM_OBJECT));
  specs.back().fields = {spec("from", CONFITURE_PARAM_STRING), spec("to", CONFITURE_PARAM_INT)};
  specs.back().fields[0].required = true;
  return specs;
}

Parameters check(const std::string& yaml, const std::vector<ParameterSpec>& specs = all_types()) {
  const Value with = parse_yaml(yaml, "f.yaml");
  return check_parameters(&with, specs, "action 'a.b'", {"f.yaml", 9, 9});
}

std::string refusal_of(const std::string& yaml) {
  return test::refusal([&] { check(yaml); });
}

BOOST_AUTO_TEST_SUITE(parameters)

BOOST_AUTO_TEST_CASE(values_and_defaults) {
  const Parameters read = check(
      "{ text: abc, ratio: 1, on: true, style: camelCase, wait: 2s, column: c, names: x, "
      "rule: { from: y, to: 3 } }");
  BOOST_TEST(read.find("text")->text == "abc");
  BOOST_TEST(read.find("count")->integer == 4);
  BOOST_TEST(read.find("ratio")->real == 1.0);
  BOOST_TEST(read.find("on")->integer == 1);
  BOOST_TEST(read.find("style")->text == "camelCase");
  BOOST_TEST(read.find("wait")->integer == 2'000);
  BOOST_TEST(read.find("column")->text == "c");
  BOOST_REQUIRE(read.find("names")->items.size() == 1u);  // one scalar is a list of one
  BOOST_TEST(read.find("names")->items[0].find("")->text == "x");
  BOOST_REQUIRE(read.find("rule")->items.size() == 1u);
  BOOST_TEST(read.find("rule")->items[0].find("to")->integer == 3);
  BOOST_TEST((read.find("undeclared") == nullptr));

  const Parameters none = check("");
  BOOST_TEST(!none.find("text")->set);
  BOOST_TEST(none.find("count")->set);
  BOOST_TEST(none.find("names")->items.size() == 2u);
  BOOST_TEST(!none.find("rule")->set);
  BOOST_TEST(check("{ names: [] }").find("names")->set);
  BOOST_TEST(check("{ names: [] }").find("names")->composite);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused) {
  BOOST_TEST(refusal_of("{ cuont: 3 }") ==
             "config.unknown_parameter 5: f.yaml:1:3: unknown parameter 'cuont' of action 'a.b' "
             "[did you mean 'count'?]");
  BOOST_TEST(
      refusal_of("{ count: 65 }") ==
      "config.out_of_range 5: f.yaml:1:10: parameter 'count' of action 'a.b' must be between "
      "1 and 64, not 65");
  BOOST_TEST(refusal_of("{ count: '3' }") ==
             "config.wrong_type 5: f.yaml:1:10: parameter 'count' of action 'a.b' must be a whole "
             "number, not the text '3' [write it without quotes, such as 12]");
  BOOST_TEST(
      refusal_of("{ text: abcdef }") ==
      "config.out_of_range 5: f.yaml:1:9: parameter 'text' of action 'a.b' must have at most "
      "5 bytes, not 6");
  BOOST_TEST(
      refusal_of("{ ratio: .inf }") ==
      "config.wrong_type 5: f.yaml:1:10: parameter 'ratio' of action 'a.b' must be a number, "
      "not '.inf'");
  BOOST_TEST(refusal_of("{ wait: 500ms }") ==
             "config.out_of_range 5: f.yaml:1:9: parameter 'wait' of action 'a.b' must be at least "
             "1s, not 500ms");
  BOOST_TEST(refusal_of("{ style: snake_cas }") ==
             "config.out_of_range 5: f.yaml:1:10: parameter 'style' of action 'a.b' must be "
             "snake_case or camelCase, not 'snake_cas' [did you mean 'snake_case'?]");
  BOOST_TEST(refusal_of("{ names: [a, [b]] }") ==
             "config.wrong_type 5: f.yaml:1:14: an item of parameter 'names' of action 'a.b' must "
             "be text, not a list");
  BOOST_TEST(refusal_of("{ rule: { from: x, ot: 3 } }") ==
             "config.unknown_parameter 5: f.yaml:1:20: unknown parameter 'rule.ot' of action 'a.b' "
             "[did you mean 'rule.to'?]");
  BOOST_TEST(refusal_of("{ rule: { to: 3 } }") ==
             "config.missing_parameter 5: f.yaml:1:9: action 'a.b' needs the parameter 'rule.from' "
             "[What it is for]");
  BOOST_TEST(refusal_of("[1]") ==
             "config.wrong_type 5: f.yaml:1:1: the parameters of action 'a.b' must be a map, not a "
             "list");
}

BOOST_AUTO_TEST_CASE(a_missing_parameter_is_reported_where_the_extension_is_used) {
  std::vector<ParameterSpec> specs{spec("query", CONFITURE_PARAM_STRING)};
  specs[0].required = true;
  BOOST_TEST(test::refusal([&] {
               check_parameters(nullptr, specs, "action 'sql.run'", {"f.yaml", 9, 9});
             }) ==
             "config.missing_parameter 5: f.yaml:9:9: action 'sql.run' needs the parameter 'query' "
             "[What it is for]");
}

BOOST_AUTO_TEST_CASE(a_deprecated_parameter_is_a_warning) {
  std::vector<ParameterSpec> specs{spec("old", CONFITURE_PARAM_INT)};
  specs[0].deprecated = true;
  BOOST_TEST(check("", specs).warnings.empty());
  BOOST_TEST(check("{ old: 1 }", specs).warnings ==
                 std::vector<std::string>{"f.yaml:1:8: parameter 'old' of action 'a.b' is "
                                          "deprecated: What it is for"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(descriptors_are_checked_themselves) {
  BOOST_TEST(check_specs(all_types()) == "");
  const auto wrong = [](const ParameterSpec& one) { return check_specs({&one, 1}); };
  BOOST_TEST(wrong(spec("Name", CONFITURE_PARAM_INT)) ==
             "the parameter name 'Name' is not made of a-z, 0-9 and _");
  BOOST_TEST(wrong(spec("n", 0)) == "parameter 'n' has the unknown type 0");
  BOOST_TEST(wrong(spec("n", CONFITURE_PARAM_ENUM)) == "parameter 'n' is a choice of nothing");
  BOOST_TEST(wrong(spec("n", CONFITURE_PARAM_OBJECT)) ==
             "parameter 'n' is an object without fields");
  ParameterSpec one = spec("n", CONFITURE_PARAM_BOOL);
  one.range = "0..1";
  BOOST_TEST(wrong(one) == "parameter 'n' is a truth, which has no range");
  for (const char* range : {"1", "..", "a..b", "2..1", "1..2..3", "0..inf"}) {
    one = spec("n", CONFITURE_PARAM_INT);
    one.range = range;
    BOOST_TEST(wrong(one) == std::string("the range '") + range + "' of parameter 'n' is none");
  }
  one = spec("n", CONFITURE_PARAM_INT);
  one.default_yaml = "[";
  BOOST_TEST(wrong(one).starts_with("the default '[' of parameter 'n' is refused: "));
  const std::vector<ParameterSpec> twice{spec("n", CONFITURE_PARAM_INT),
                                         spec("n", CONFITURE_PARAM_INT)};
  BOOST_TEST(check_specs(twice) == "there are two parameters named 'n'");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::config
