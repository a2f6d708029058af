// SPDX-License-Identifier: MIT
// The plugin as a whole: its list, its parts, and the entry that the macro emits.
#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>

#include <string>
#include <thread>
#include <vector>

using namespace confiture;

namespace {

int loads = 0;
bool refuses = false;
void load(Call& call) {
  ++loads;
  if (refuses) throw Error("no licence", "buy one");
  call.info("loaded");
}
void unload() noexcept {
  --loads;
}

std::string_view same(std::string_view value) {
  return value;
}

// A list that is built when the entry is called first.
Extensions by_code() {
  Extensions list;
  for (const char* name : {"one", "two"})
    list.push_back(strategy(std::string("made.") + name, std::string("The ") + name, same));
  return list;
}

bool fails = true;
Extensions first_time_fails() {
  if (fails) throw Error("the list is not there yet");
  return {};
}

}  // namespace

CONFITURE_PLUGIN("made", "2.1.0", "Made for this test", strategy("made.zero", "The zero", same),
                 by_code(), vendor("Nobody"), needs(CONFITURE_SERVICE_DB, CONFITURE_SERVICE_CACHE),
                 min_host_minor(0), on_load<load>(), on_unload<unload>())

BOOST_AUTO_TEST_SUITE(plugins)

BOOST_AUTO_TEST_CASE(the_entry_returns_the_same_description_each_time) {
  testing::Host host;
  const confiture_plugin* plugin = confiture_plugin_v1(&host.handle());
  BOOST_TEST(plugin == confiture_plugin_v1(&host.handle()));
  BOOST_TEST(plugin->struct_size == sizeof(confiture_plugin));
  BOOST_TEST(plugin->abi_minor == CONFITURE_ABI_MINOR);
  BOOST_TEST(plugin->id == "made");
  BOOST_TEST(plugin->version == "2.1.0");
  BOOST_TEST(plugin->summary == "Made for this test");
  BOOST_TEST(plugin->vendor == "Nobody");
  BOOST_TEST(plugin->needs[1] == CONFITURE_SERVICE_CACHE);
  BOOST_TEST((plugin->needs[2] == nullptr));
  BOOST_TEST(plugin->extension_count == 3u);
  BOOST_TEST(plugin->extensions[2]->id == "made.two");
  BOOST_TEST(plugin->extensions[2]->summary == "The two");
}

BOOST_AUTO_TEST_CASE(an_extension_of_the_entry_is_found_and_runs) {
  testing::Host host;
  const confiture_plugin& plugin = *confiture_plugin_v1(&host.handle());
  testing::Strategy one(host, testing::find(plugin, "made.one"));
  BOOST_TEST(one("x").value() == "x");
  BOOST_CHECK_EXCEPTION(
      testing::find(plugin, "made.three"), testing::Failure, [](const testing::Failure& failure) {
        return failure.what() == std::string("the plugin has no extension 'made.three'");
      });
}

BOOST_AUTO_TEST_CASE(loading_and_unloading_are_told) {
  testing::Host host;
  const confiture_plugin& plugin = *confiture_plugin_v1(&host.handle());
  testing::detail::FakeCall call(host);
  BOOST_TEST(plugin.init(&host.handle(), call.handle()) == CONFITURE_OK);
  BOOST_TEST(loads == 1);
  BOOST_TEST(host.log.at(0).text == "loaded");
  plugin.deinit();
  BOOST_TEST(loads == 0);
  refuses = true;
  BOOST_TEST(plugin.init(&host.handle(), call.handle()) == CONFITURE_FAILED);
  refuses = false;
}

BOOST_AUTO_TEST_CASE(a_list_that_cannot_be_made_refuses_the_plugin_and_says_why) {
  testing::Host host;
  const auto entry = [&] {
    return detail::entry(&host.handle(),
                         [] { return new Plugin("late", "1", "s", first_time_fails()); });
  };
  BOOST_TEST((entry() == nullptr));
  BOOST_TEST(host.log.at(0).text == "the list is not there yet");
}

BOOST_AUTO_TEST_CASE(many_threads_get_one_description) {
  testing::Host host;
  std::vector<const confiture_plugin*> seen(8);
  std::vector<std::thread> threads;
  for (auto& plugin : seen)
    threads.emplace_back([&plugin, &host] { plugin = confiture_plugin_v1(&host.handle()); });
  for (std::thread& thread : threads) thread.join();
  for (const confiture_plugin* plugin : seen) BOOST_TEST(plugin == seen[0]);
}

BOOST_AUTO_TEST_SUITE_END()
