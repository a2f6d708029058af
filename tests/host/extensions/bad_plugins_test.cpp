// SPDX-License-Identifier: MIT
// Every bad plugin of tests/bad_plugins gives one clear message, and exit 7.
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/host/extensions/plugin_folder.hpp"

namespace host::extensions {
namespace {

using test::bad_plugin;
using test::load_bad;
using test::refusal;

// The refusal with the plugin's path as FILE.
std::string refusal_of(const std::string& name) {
  std::string text = refusal([&] { load_bad(name); });
  const std::string path = bad_plugin(name).string();
  if (const auto at = text.find(path); at != text.npos) text.replace(at, path.size(), "FILE");
  return text;
}

std::string breach(const std::string& what) {
  return "plugin.invalid 7: plugin file 'FILE' breaks the contract: " + what +
         " [`confiture/plugin.h` says what a plugin is made of]";
}

BOOST_AUTO_TEST_SUITE(bad_plugins)

BOOST_AUTO_TEST_CASE(the_entry_is_looked_for_before_any_code_runs) {
  const std::string no_entry =
      "plugin.invalid 7: plugin file 'FILE' does not export confiture_plugin_v1 [a plugin in C++ "
      "gets it from CONFITURE_PLUGIN(), one in C defines it as confiture/plugin.h declares it]";
  BOOST_TEST(refusal_of("no_entry") == no_entry);
  BOOST_TEST(refusal_of("wrong_major") ==
             "plugin.incompatible 7: plugin file 'FILE' speaks major 2 of the plugin interface; "
             "this confiture speaks 1 [install the build of the plugin for this confiture]");
  BOOST_TEST(refusal_of("borrowed_entry") == no_entry);
}

BOOST_AUTO_TEST_CASE(an_undefined_symbol_is_found_at_load) {
  BOOST_TEST(refusal_of("undefined_symbol") ==
             "plugin.not_loadable 7: plugin file 'FILE' cannot be loaded: undefined symbol: "
             "confiture_function_that_nobody_has");
}

BOOST_AUTO_TEST_CASE(tables_that_break_the_contract) {
  BOOST_TEST(refusal_of("null_plugin") ==
             breach("its confiture_plugin_v1() returned NULL: it refuses to load"));
  BOOST_TEST(refusal_of("short_plugin") ==
             breach("struct_size 16 of its confiture_plugin is shorter than 1.0's 80"));
  BOOST_TEST(refusal_of("short_table") ==
             breach("struct_size 8 of its confiture_strategy_v1 is shorter than 1.0's 24"));
  BOOST_TEST(refusal_of("short_params") ==
             breach("strategy 'short_params.x': param_size 8 is shorter than 1.0's 64"));
  BOOST_TEST(refusal_of("duplicate_ids") ==
             breach("two of its extensions have the id 'duplicate_ids.x'"));
  BOOST_TEST(
      refusal_of("other_id") ==
      breach("its id 'somebody_else' is not the one of its file name, confiture-other_id.so"));
  BOOST_TEST(refusal_of("bad_prefix") ==
             breach("the extension id 'core.x' does not begin with 'bad_prefix.'"));
  BOOST_TEST(refusal_of("malformed_id") ==
             breach("the extension id 'malformed_id.X-Y.x' is not [a-z0-9_]+ on both sides of one "
                    "dot"));
  BOOST_TEST(refusal_of("null_vtable") == breach("'null_vtable.x' has no vtable"));
  BOOST_TEST(refusal_of("null_apply") == breach("strategy 'null_apply.x' has no apply()"));
  BOOST_TEST(refusal_of("null_params") ==
             breach("strategy 'null_params.x': it counts 3 parameters and lists none"));
  BOOST_TEST(refusal_of("null_extensions") == breach("it counts 2 extensions and lists none"));
}

BOOST_AUTO_TEST_CASE(parameters_that_contradict_themselves) {
  BOOST_TEST(refusal_of("bad_default") ==
             breach("strategy 'bad_default.x': the default '9' of parameter 'n' is refused: "
                    "parameter 'n' of its own descriptor must be between 0 and 8, not 9"));
  BOOST_TEST(refusal_of("bad_range") ==
             breach("strategy 'bad_range.x': the range '8..0' of parameter 'n' is none"));
  BOOST_TEST(refusal_of("unknown_type") ==
             breach("strategy 'unknown_type.x': parameter 'n' has the unknown type 42"));
}

BOOST_AUTO_TEST_CASE(needs_that_are_not_met) {
  BOOST_TEST(refusal_of("unknown_service") ==
             "plugin.incompatible 7: plugin 'unknown_service' needs the service "
             "'confiture.telepathy/1', which this confiture does not have [update confiture, or "
             "install an older build of the plugin]");
  BOOST_TEST(
      refusal_of("needs_db") ==
      "plugin.not_granted 7: plugin 'needs_db' needs the service 'confiture.db/1', which it "
      "was not granted [add to its entry under `plugins` in db/confiture.yaml: allow: [db]]");
  BOOST_TEST(refusal([] { load_bad("needs_db", {"db"}); }) == "");
  BOOST_TEST(refusal_of("newer_host") ==
             "plugin.incompatible 7: plugin 'newer_host' needs interface 1.9; this confiture has "
             "1.2 [update confiture]");
  BOOST_TEST(refusal_of("init_fails") ==
             "plugin.failed 7: plugin 'init_fails': no licence file [buy one]");
}

BOOST_AUTO_TEST_CASE(what_only_a_newer_host_knows_is_reported_and_left_out) {
  const Registry registry = load_bad("from_the_future");
  const std::vector<std::string> expected{
      "plugin 'from_the_future': action 'from_the_future.act' names phases that this confiture "
      "does "
      "not know (bits 0x80000000): they are left out",
      "plugin 'from_the_future': 'from_the_future.see' is of the kind 'confiture.oracle/1', which "
      "this confiture does not know: it is left out"};
  BOOST_TEST(registry.warnings() == expected, boost::test_tools::per_element());
  BOOST_REQUIRE(registry.plugins().size() == 1u);
  BOOST_TEST(registry.plugins()[0]->extensions.size() == 1u);
  const Extension* act = registry.find(Kind::action, "from_the_future.act");
  BOOST_REQUIRE(act != nullptr);
  BOOST_TEST(act->action.phases == CONFITURE_PHASE_PRE_SYNC);
}

std::string refusal_to_create(const std::string& id) {
  return refusal([&] {
    const Registry registry = load_bad(id.substr(0, id.find('.')));
    Session session;
    const Extension& extension = registry.require(Kind::strategy, id, {});
    Instance instance(extension, {}, session, "column public.customer.email");
  });
}

BOOST_AUTO_TEST_CASE(create_fails_without_a_word) {
  BOOST_TEST(refusal_to_create("fails_silently.x") ==
             "plugin.bug 7: plugin 'fails_silently', strategy 'fails_silently.x', column "
             "public.customer.email: failed without saying why (status 1) [this is a bug in the "
             "plugin; tell Bad Plugins Inc]");
}

std::string refusal_to_apply(const std::string& id) {
  return refusal([&] {
    const Registry registry = load_bad(id.substr(0, id.find('.')));
    Session session;
    Instance instance(registry.require(Kind::strategy, id, {}), {}, session);
    test::apply_to(instance, {"secret@example.org"});
  });
}

BOOST_AUTO_TEST_CASE(apply_breaks_its_word) {
  BOOST_TEST(refusal_to_apply("nonsense_status.x") ==
             "plugin.bug 7: plugin 'nonsense_status', strategy 'nonsense_status.x', column "
             "public.customer.email: failed without saying why (status 4711) [this is a bug in the "
             "plugin; tell Bad Plugins Inc]");
  BOOST_TEST(refusal_to_apply("sized_nothing.x") ==
             "plugin.bug 7: plugin 'sized_nothing', strategy 'sized_nothing.x', column "
             "public.customer.email: bug in plugin: row 0 got a text without data");
}

BOOST_AUTO_TEST_CASE(exceptions_stop_at_the_boundary) {
  BOOST_TEST(refusal_to_apply("throws.unexpected") ==
             "plugin.bug 7: plugin 'throws', strategy 'throws.unexpected', column "
             "public.customer.email: bug in plugin: uncaught std::runtime_error [this is a bug in "
             "the plugin; tell Bad Plugins Inc]");
  BOOST_TEST(refusal_to_apply("throws.expected") ==
             "plugin.failed 7: plugin 'throws', strategy 'throws.expected', column "
             "public.customer.email: only ASCII is supported [use another strategy]");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::extensions
