// SPDX-License-Identifier: MIT
// Fields to descriptors, defaults to YAML, YAML back to members.
#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>

#include <chrono>
#include <limits>
#include <locale>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace confiture;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(parameters)

namespace {

enum class Style { snake, camel };

struct Part {
  std::string name = "a b";
  int weight = 1;
  static constexpr auto params = confiture::params(field("name", &Part::name, "Name", "1..9"),
                                                   field("weight", &Part::weight, "Weight"));
};

struct Everything {
  std::string text = "say \"hi\"\n\\";
  std::string empty;
  std::int64_t big = -7;
  int small = 3;
  double real = 0.1;
  bool flag = true;
  Style style = Style::camel;
  std::string word = "off";
  std::chrono::milliseconds wait = 90s;
  Column country;
  SecretName token{"webhook"};
  std::optional<std::string> maybe;
  std::optional<int> given = 5;
  std::vector<std::string> words = {"a", "b c", "yes"};
  std::vector<bool> flags = {true, false};
  std::vector<Style> styles;
  Part part{"x", 2};
  std::vector<Part> parts = {{}, {"y", 3}};
  std::string must = "unused";
  static constexpr auto params = confiture::params(
      field("text", &Everything::text, "Text"), field("empty", &Everything::empty, "Empty"),
      field("big", &Everything::big, "Big", "-8.."), field("small", &Everything::small, "Small"),
      field("real", &Everything::real, "Real"), field("flag", &Everything::flag, "Flag"),
      field("style", &Everything::style, "Style", choices("snake", "camel")),
      field("word", &Everything::word, "Word", choices("on", "off")),
      field("wait", &Everything::wait, "Wait", "0..100000"),
      field("country", &Everything::country, "Country"),
      field("token", &Everything::token, "Token"), field("maybe", &Everything::maybe, "Maybe"),
      field("given", &Everything::given, "Given"), field("words", &Everything::words, "Words"),
      field("flags", &Everything::flags, "Flags"),
      field("styles", &Everything::styles, "Styles", choices("snake", "camel")),
      field("part", &Everything::part, "Part"), field("parts", &Everything::parts, "Parts"),
      field("must", &Everything::must, "Must").required().deprecated());

  void prepare(Call&) { seen = *this; }
  std::string_view rewrite(std::string_view value) const { return value; }

  static std::optional<Everything> seen;
};
std::optional<Everything> Everything::seen;

Extension everything() {
  return strategy<Everything>("acme.everything", "A field of each type");
}

Everything read(std::string_view yaml) {
  testing::Host host;
  testing::Strategy made(host, everything(), yaml,
                         {testing::column("value"), testing::column("country")});
  return *Everything::seen;
}

const confiture_param& find(const confiture_param* params, std::size_t count,
                            const std::string& name) {
  for (std::size_t index = 0; index < count; ++index)
    if (params[index].name == name) return params[index];
  throw std::out_of_range(name);
}

}  // namespace

BOOST_AUTO_TEST_CASE(defaults_are_what_a_default_constructed_object_holds) {
  const Extension extension = everything();
  const confiture_extension& made = extension.descriptor();
  const std::map<std::string, std::string> expected = {
      {"text", R"("say \"hi\"\x0a\\")"},
      {"empty", R"("")"},
      {"big", "-7"},
      {"small", "3"},
      {"real", "0.1"},
      {"flag", "true"},
      {"style", "camel"},
      {"word", R"("off")"},
      {"wait", "90s"},
      {"country", "none"},
      {"token", "webhook"},
      {"maybe", "none"},
      {"given", "5"},
      {"words", R"([a, "b c", "yes"])"},
      {"flags", "[true, false]"},
      {"styles", "[]"},
      {"part", "none"},
      {"parts", R"([{name: "a b", weight: 1}, {name: "y", weight: 3}])"},
      {"must", "none"},
  };
  BOOST_TEST(made.param_count == expected.size());
  for (std::uint32_t index = 0; index < made.param_count; ++index) {
    const confiture_param& param = made.params[index];
    BOOST_TEST_CONTEXT(param.name)
    BOOST_TEST((param.default_yaml == nullptr ? "none" : param.default_yaml) ==
               expected.at(param.name));
  }
}

BOOST_AUTO_TEST_CASE(descriptors_say_type_range_choices_and_fields) {
  const Extension extension = everything();
  const confiture_extension& made = extension.descriptor();
  const auto param = [&](const char* name) { return find(made.params, made.param_count, name); };
  BOOST_TEST(param("text").type == std::uint32_t{CONFITURE_PARAM_STRING});
  BOOST_TEST(param("text").doc == "Text");
  BOOST_TEST((param("text").range == nullptr));
  BOOST_TEST(param("big").type == std::uint32_t{CONFITURE_PARAM_INT});
  BOOST_TEST(param("big").range == "-8..");
  BOOST_TEST(param("small").range == "-2147483648..2147483647");
  BOOST_TEST(param("real").type == std::uint32_t{CONFITURE_PARAM_REAL});
  BOOST_TEST(param("flag").type == std::uint32_t{CONFITURE_PARAM_BOOL});
  BOOST_TEST(param("style").type == std::uint32_t{CONFITURE_PARAM_ENUM});
  BOOST_TEST(param("style").choices[1] == "camel");
  BOOST_TEST((param("style").choices[2] == nullptr));
  BOOST_TEST(param("word").type == std::uint32_t{CONFITURE_PARAM_ENUM});
  BOOST_TEST(param("wait").type == std::uint32_t{CONFITURE_PARAM_DURATION});
  BOOST_TEST(param("country").type == std::uint32_t{CONFITURE_PARAM_COLUMN});
  BOOST_TEST(param("token").type == std::uint32_t{CONFITURE_PARAM_SECRET});
  BOOST_TEST(param("words").flags == std::uint32_t{CONFITURE_PARAM_LIST});
  BOOST_TEST(param("must").flags ==
             (std::uint32_t{CONFITURE_PARAM_REQUIRED} | CONFITURE_PARAM_DEPRECATED));
  BOOST_TEST(param("part").type == std::uint32_t{CONFITURE_PARAM_OBJECT});
  // Inside an object the defaults are those of the object that its owner holds.
  BOOST_TEST(find(param("part").fields, param("part").field_count, "weight").default_yaml == "2");
  BOOST_TEST(find(param("parts").fields, param("parts").field_count, "weight").default_yaml == "1");
}

BOOST_AUTO_TEST_CASE(nothing_given_but_what_must_be_keeps_every_default) {
  const Everything read_back = read("{must: x}"), fresh;
  BOOST_TEST(read_back.must == "x");
  BOOST_TEST(read_back.text == fresh.text);
  BOOST_TEST(read_back.empty == "");
  BOOST_TEST(read_back.big == -7);
  BOOST_TEST(read_back.small == 3);
  BOOST_TEST(read_back.real == 0.1);
  BOOST_TEST(read_back.flag);
  BOOST_TEST((read_back.style == Style::camel));
  BOOST_TEST(read_back.word == "off");
  BOOST_TEST((read_back.wait == 90s));
  BOOST_TEST(!read_back.country);
  BOOST_TEST(read_back.token.name == "webhook");
  BOOST_TEST(!read_back.maybe.has_value());
  BOOST_TEST(read_back.given.value() == 5);
  BOOST_TEST(read_back.words == fresh.words, boost::test_tools::per_element());
  BOOST_TEST((read_back.flags == fresh.flags));
  BOOST_TEST(read_back.styles.empty());
  BOOST_TEST(read_back.part.weight == 2);
  BOOST_TEST(read_back.parts.at(1).name == "y");
}

BOOST_AUTO_TEST_CASE(what_is_given_is_read) {
  const Everything given = read(
      "{must: m, text: '', big: 9, small: -1, real: 2.5, flag: false, style: snake, word: on, "
      "wait: 1500ms, country: country, token: t, maybe: \"\", given: 0, words: one, "
      "flags: [false], styles: [camel, snake], part: {name: z}, parts: [{weight: 8}]}");
  BOOST_TEST(given.text == "");
  BOOST_TEST(given.big == 9);
  BOOST_TEST(given.small == -1);
  BOOST_TEST(given.real == 2.5);
  BOOST_TEST(!given.flag);
  BOOST_TEST((given.style == Style::snake));
  BOOST_TEST(given.word == "on");
  BOOST_TEST((given.wait == 1500ms));
  BOOST_TEST(given.country.name == "country");
  BOOST_TEST(given.country.index == 1u);
  BOOST_TEST(given.token.name == "t");
  BOOST_TEST(given.maybe.value() == "");
  BOOST_TEST(given.given.value() == 0);
  BOOST_TEST(given.words == std::vector<std::string>{"one"}, boost::test_tools::per_element());
  BOOST_TEST((given.flags == std::vector<bool>{false}));
  BOOST_TEST((given.styles == std::vector<Style>{Style::camel, Style::snake}));
  BOOST_TEST(given.part.name == "z");
  BOOST_TEST(given.part.weight == 2);
  BOOST_TEST(given.parts.size() == 1u);
  BOOST_TEST(given.parts[0].name == "a b");
  BOOST_TEST(given.parts[0].weight == 8);
}

BOOST_AUTO_TEST_CASE(the_fake_host_refuses_what_the_real_one_would) {
  const std::map<std::string, std::string> refused = {
      {"{}", "missing parameter 'must'"},
      {"{must: x, color: red}", "unknown parameter 'color'"},
      {"{must: x, big: -9}", "parameter 'big' must be in -8.."},
      {"{must: x, big: ten}", "parameter 'big' is an integer"},
      {"{must: x, real: x}", "parameter 'real' is a number"},
      {"{must: x, flag: yes}", "parameter 'flag' is true or false"},
      {"{must: x, style: kebab}", "parameter 'style' cannot be 'kebab'"},
      {"{must: x, wait: 5}", "parameter 'wait' is a duration"},
      {"{must: x, wait: 101s}", "parameter 'wait' must be in 0..100000"},
      {"{must: x, country: city}", "parameter 'country': there is no column 'city'"},
      {"{must: x, text: [a]}", "parameter 'text' is one value"},
      {"{must: x, part: {name: 0123456789}}", "parameter 'name' must be in 1..9"},
      {"[]", "parameters are a map"},
  };
  for (const auto& refusal : refused) BOOST_TEST_CONTEXT(refusal.first)
  BOOST_CHECK_EXCEPTION(read(refusal.first), testing::Failure,
                        [&](const testing::Failure& failure) {
                          return failure.what() == refusal.second &&
                                 failure.status() == CONFITURE_BAD_CONFIG;
                        });
}

BOOST_AUTO_TEST_CASE(numbers_and_durations_are_written_shortest) {
  BOOST_TEST(detail::yaml_real(1e300) == "1e+300");
  BOOST_TEST(detail::yaml_real(2) == "2");
  BOOST_TEST(detail::yaml_duration(0ms) == "0s");
  BOOST_TEST(detail::yaml_duration(1ms) == "1ms");
  BOOST_TEST(detail::yaml_duration(120s) == "2m");
  BOOST_TEST(detail::yaml_duration(48h) == "2d");
  BOOST_TEST(detail::yaml_duration(7h) == "7h");
}

BOOST_AUTO_TEST_CASE(words_that_yaml_would_read_otherwise_are_quoted) {
  for (const char* word : {"null", "True", "no", "n", "", "1a", "-a", "a:b", "#", "é", "a b", "~"})
    BOOST_TEST(detail::yaml_text(word) == '"' + std::string(word) + '"');
  for (const char* word : {"a", "snake_case", "text.lower", "a-1"})
    BOOST_TEST(detail::yaml_text(word) == word);
}

BOOST_AUTO_TEST_SUITE_END()
