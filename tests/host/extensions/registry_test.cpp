// SPDX-License-Identifier: MIT
// Which files are found and loaded, and what a failed look-up says.
#include "host/extensions/registry.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/host/extensions/plugin_folder.hpp"

namespace host::extensions {
namespace {

namespace fs = std::filesystem;
using test::refusal;

config::PluginEntry entry_of(const std::string& id) {
  config::PluginEntry entry;
  entry.id = id;
  entry.place = {"db/confiture.yaml", 2, 9};
  return entry;
}

// A folder that holds the fossil.
struct FossilFolder : test::TemporaryFolder {
  FossilFolder() {
    fs::copy_file(test::fossil(), file());
    fs::permissions(file(), static_cast<fs::perms>(0644));
  }
  fs::path file() const { return path() / "confiture-fossil.so"; }
};

BOOST_AUTO_TEST_SUITE(registry)

BOOST_AUTO_TEST_CASE(extensions_are_found_by_kind_and_id) {
  const Registry registry = test::load_file(test::fossil());
  BOOST_REQUIRE(registry.plugins().size() == 1u);
  const Plugin& plugin = *registry.plugins()[0];
  BOOST_TEST(plugin.id == "fossil");
  BOOST_TEST(plugin.version == "1.0.0");
  BOOST_TEST(!plugin.first_party);
  BOOST_TEST(registry.find(Kind::strategy, "fossil.cover") != nullptr);
  BOOST_TEST(registry.find(Kind::action, "fossil.cover") == nullptr);
  BOOST_TEST(registry.all(Kind::rule).size() == 1u);
  BOOST_TEST(registry.warnings().empty());
}

BOOST_AUTO_TEST_CASE(to_lie_in_a_folder_is_not_consent) {
  const FossilFolder folder;
  SearchPath path;
  path.plugin_dirs = {folder.path()};
  BOOST_TEST(Registry::load(path).plugins().empty());
  path.configured = {entry_of("fossil")};
  BOOST_TEST(Registry::load(path).plugins().size() == 1u);
}

BOOST_AUTO_TEST_CASE(first_party_plugins_load_by_themselves_with_every_grant) {
  const FossilFolder folder;
  SearchPath path;
  path.built_in = folder.path();
  const Registry registry = Registry::load(path);
  BOOST_REQUIRE(registry.plugins().size() == 1u);
  BOOST_TEST(registry.plugins()[0]->first_party);
  BOOST_TEST(registry.plugins()[0]->grants_db);
  BOOST_TEST(registry.plugins()[0]->grants_secret);
}

BOOST_AUTO_TEST_CASE(an_optional_first_party_plugin_has_to_be_named) {
  const FossilFolder folder;
  fs::create_directory(folder.path() / "optional");
  fs::rename(folder.file(), folder.path() / "optional" / "confiture-fossil.so");
  SearchPath path;
  path.built_in = folder.path();
  BOOST_TEST(Registry::load(path).plugins().empty());
  path.configured = {entry_of("fossil")};
  const Registry registry = Registry::load(path);
  BOOST_REQUIRE(registry.plugins().size() == 1u);
  BOOST_TEST(registry.plugins()[0]->first_party);
}

BOOST_AUTO_TEST_CASE(the_first_match_wins) {
  const FossilFolder named, built_in;
  SearchPath path;
  path.plugin_files = {named.file()};
  path.built_in = built_in.path();
  const Registry registry = Registry::load(path);
  BOOST_REQUIRE(registry.plugins().size() == 1u);
  BOOST_TEST(registry.plugins()[0]->file == named.file());
  BOOST_TEST(!registry.plugins()[0]->grants_db);
  BOOST_TEST(refusal([&] {
               registry.require(Kind::action, "acme.go", {"db/confiture.yaml", 4, 7});
             }) ==
             "config.unknown_action 5: db/confiture.yaml:4:7: unknown action 'acme.go' "
             "[known: fossil.note\nno plugin 'acme' is loaded; looked at:\n  " +
                 named.file().string() + " (--plugin): loaded\n  " +
                 (built_in.path() / "confiture-fossil.so").string() + ": hidden by " +
                 named.file().string() + " (--plugin)]");
}

BOOST_AUTO_TEST_CASE(a_failed_look_up_says_what_is_near) {
  const Registry registry = test::load_file(test::fossil());
  const auto refusal_of = [&](Kind kind, const char* id) {
    return refusal([&] { registry.require(kind, id, {"f.yaml", 1, 2}); });
  };
  BOOST_TEST(refusal_of(Kind::strategy, "fossil.covr") ==
             "config.unknown_strategy 5: f.yaml:1:2: unknown strategy 'fossil.covr' [did you mean "
             "'fossil.cover'?]");
  BOOST_TEST(refusal_of(Kind::rule, "fossil.cover") ==
             "config.unknown_rule 5: f.yaml:1:2: unknown rule 'fossil.cover' ['fossil.cover' is a "
             "strategy]");
  BOOST_TEST(refusal_of(Kind::action, "fossil.something_else") ==
             "config.unknown_action 5: f.yaml:1:2: unknown action 'fossil.something_else' [plugin "
             "'fossil' has: fossil.note]");
}

BOOST_AUTO_TEST_CASE(an_id_that_no_folder_holds) {
  const FossilFolder folder;
  SearchPath path;
  path.plugin_dirs = {folder.path(), folder.path() / "none"};
  path.configured = {entry_of("fosil")};
  BOOST_TEST(refusal([&] { Registry::load(path); }) ==
             "plugin.not_found 5: db/confiture.yaml:2:9: there is no plugin 'fosil' in the plugin "
             "folders [did you mean 'fossil'?\n" +
                 folder.file().string() +
                 ": not loaded, since db/confiture.yaml does not name it (plugins: [{ id: fossil "
                 "}])\n" +
                 (folder.path() / "none").string() +
                 ": there is no such folder\nno folder of first-party plugins beside the program]");
}

BOOST_AUTO_TEST_CASE(the_search_path_of_a_project_and_the_surroundings) {
  config::Project project;
  project.plugin_dirs = {"/a"};
  ::setenv("CONFITURE_PLUGIN_PATH", "/e1:relative:/e2:", 1);
  const SearchPath path = search_path(&project, {"x/confiture-a.so"}, {"/cli"});
  ::unsetenv("CONFITURE_PLUGIN_PATH");
  BOOST_TEST(path.plugin_files.at(0) == fs::current_path() / "x/confiture-a.so");
  BOOST_TEST((path.plugin_dirs == std::vector<fs::path>{"/cli", "/a"}));
  BOOST_TEST((path.environment == std::vector<fs::path>{"/e1", "/e2"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::extensions
