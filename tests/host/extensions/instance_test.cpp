// SPDX-License-Identifier: MIT
// The fossil, a plugin of 1.0, runs in today's host: its strategy, its action and its rule.
#include "host/extensions/instance.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "host/config/parameters.hpp"
#include "host/sql/node.hpp"
#include "tests/host/extensions/plugin_folder.hpp"

namespace host::extensions {
namespace {

using test::refusal;

config::Parameters parameters_of(const Extension& extension, const std::string& yaml) {
  const config::Value with = config::parse_yaml(yaml, "f.yaml");
  return config::check_parameters(&with, extension.parameters, extension.id, {"f.yaml", 1, 1});
}

struct Fossil {
  const Extension& find(Kind kind, const char* id) const { return registry.require(kind, id, {}); }
  Registry registry = test::load_file(test::fossil());
  Session session;
};

BOOST_AUTO_TEST_SUITE(instance)

BOOST_AUTO_TEST_CASE(a_strategy_rewrites_a_batch) {
  Fossil fossil;
  const Extension& cover = fossil.find(Kind::strategy, "fossil.cover");
  Instance instance(cover, parameters_of(cover, "{ keep: 3 }"), fossil.session);
  const auto out = test::apply_to(instance, {"abcdef", "", std::nullopt, "ab"});
  BOOST_REQUIRE(out.size() == 4u);
  BOOST_TEST(out[0].value() == "xxxdef");
  BOOST_TEST(out[1].value() == "");
  BOOST_TEST(!out[2].has_value());
  BOOST_TEST(out[3].value() == "ab");
  Instance by_default(cover, parameters_of(cover, ""), fossil.session);
  BOOST_TEST(test::apply_to(by_default, {"abcdef"})[0].value() == "xxxxef");
}

BOOST_AUTO_TEST_CASE(an_action_runs_and_fails_with_its_own_words) {
  Fossil fossil;
  std::string logged;
  fossil.session.log = [&](int, std::string_view text) { logged = text; };
  const Extension& note = fossil.find(Kind::action, "fossil.note");
  confiture_event event{};
  event.struct_size = sizeof event;
  event.environment = {"production", 10};
  Instance instance(note, parameters_of(note, "{ text: hello }"), fossil.session);
  instance.run(event, {});
  BOOST_TEST(fossil.session.metadata.at("fossil") == "hello");
  BOOST_TEST(logged == "plugin 'fossil', action 'fossil.note': production");
  Instance empty(note, parameters_of(note, "{ text: '' }"), fossil.session);
  BOOST_TEST(refusal([&] { empty.run(event, {}); }) ==
             "plugin.failed 7: plugin 'fossil', action 'fossil.note': there is nothing to note "
             "[give a text]");
}

BOOST_AUTO_TEST_CASE(a_deprecated_parameter_is_said_once) {
  Fossil fossil;
  std::vector<std::string> logged;
  fossil.session.log = [&](int level, std::string_view text) {
    BOOST_TEST(level == std::int32_t{CONFITURE_LOG_WARN});
    logged.emplace_back(text);
  };
  const Extension& note = fossil.find(Kind::action, "fossil.note");
  std::vector<config::ParameterSpec> specs = note.parameters;
  for (config::ParameterSpec& spec : specs) spec.deprecated = spec.name == "text";
  const config::Value with = config::parse_yaml("{ text: hello }", "f.yaml");
  const config::Parameters parameters =
      config::check_parameters(&with, specs, "action 'fossil.note'", {});
  for (int use = 0; use < 3; ++use) Instance(note, parameters, fossil.session);
  BOOST_REQUIRE(logged.size() == 1u);
  BOOST_TEST(logged[0].starts_with(
      "f.yaml:1:9: parameter 'text' of action 'fossil.note' is deprecated: "));
}

BOOST_AUTO_TEST_CASE(a_rule_reports) {
  Fossil fossil;
  const Extension& wide = fossil.find(Kind::rule, "fossil.wide_table");
  Instance instance(wide, parameters_of(wide, "{ columns: 1 }"), fossil.session);
  sql::Arena arena;
  sql::Node& table = arena.add(CONFITURE_NODE_TABLE);
  std::vector<std::string> found;
  CallContext context;
  context.report = [&](const confiture_finding& finding) {
    BOOST_TEST(finding.at == &table);
    BOOST_TEST(finding.suggestion.data == nullptr);
    found.emplace_back(finding.message.data, finding.message.size);
  };
  table.append(CONFITURE_LIST_COLUMNS, &arena.add(CONFITURE_NODE_COLUMN));
  instance.check(table, context);
  BOOST_TEST(found.empty());
  table.append(CONFITURE_LIST_COLUMNS, &arena.add(CONFITURE_NODE_COLUMN));
  instance.check(table, context);
  BOOST_TEST(found == std::vector<std::string>{"the table has many columns"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_the_host_throws_passes_through_a_plugin) {
  Fossil fossil;
  const Extension& wide = fossil.find(Kind::rule, "fossil.wide_table");
  Instance instance(wide, parameters_of(wide, "{ columns: 1 }"), fossil.session);
  sql::Arena arena;
  sql::Node& table = arena.add(CONFITURE_NODE_TABLE);
  for (int i = 0; i < 2; ++i)
    table.append(CONFITURE_LIST_COLUMNS, &arena.add(CONFITURE_NODE_COLUMN));
  CallContext context;
  context.report = [](const confiture_finding&) {
    throw Error({"test.stop", Exit::findings}, "enough");
  };
  BOOST_TEST(refusal([&] { instance.check(table, context); }) == "test.stop 1: enough");
}

BOOST_AUTO_TEST_CASE(a_keyed_strategy_needs_a_key) {
  Fossil fossil;
  Extension keyed;
  const Extension& cover = fossil.find(Kind::strategy, "fossil.cover");
  keyed.kind = Kind::strategy;
  keyed.id = "fossil.keyed";
  keyed.plugin = cover.plugin;
  keyed.strategy = cover.strategy;
  keyed.strategy.flags = CONFITURE_STRATEGY_KEYED;
  BOOST_TEST(refusal([&] { Instance(keyed, {}, fossil.session, "column public.t.c"); }) ==
             "anonymization.no_key 10: plugin 'fossil', strategy 'fossil.keyed', column "
             "public.t.c: it needs an anonymization key, and none is configured [add to "
             "db/confiture.yaml: anonymization: { key: { env: CONFITURE_KEY } }]");
  const Secret key("0123456789abcdef0123456789abcdef");
  fossil.session.key = &key;
  BOOST_TEST(refusal([&] { Instance(keyed, {}, fossil.session); }) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::extensions
