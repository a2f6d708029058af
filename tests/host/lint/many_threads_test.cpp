// SPDX-License-Identifier: MIT
// The objects of a schema are judged on as many threads as there are cores, and nobody can tell.
#include <filesystem>
#include <initializer_list>

#include "tests/host/lint/fixture.hpp"
#include "tests/support/refusal.hpp"

namespace host::lint {
namespace {

std::filesystem::path build_folder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path();
}

std::vector<Input> tables(std::initializer_list<std::string> names) {
  std::string sql;
  for (const std::string& name : names) sql += "CREATE TABLE " + name + " (id int);\n";
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("a.sql", std::move(sql))});
  return inputs;
}

BOOST_AUTO_TEST_SUITE(many_threads)

// Of four rules that fail, each on its table, whatever threads they are on.
BOOST_AUTO_TEST_CASE(the_failure_is_the_one_that_a_single_thread_would_meet) {
  extensions::SearchPath path = extensions::search_path(nullptr, {}, {});
  path.plugin_files = {build_folder() / "lib/confiture/test_plugins/confiture-faults.so"};
  const extensions::Registry faulty = extensions::Registry::load(path);
  extensions::Session session;
  const auto run = [&](std::initializer_list<std::string> names) {
    Linter linter(faulty, {}, session, {{"faults"}, {}});
    return test::refusal([&] { linter.run(tables(names)); });
  };
  for (int i = 0; i < 20; ++i) {
    BOOST_CHECK_EQUAL(run({"d", "c", "b", "a"}),
                      "plugin.failed 7: a.sql:1:14: plugin 'faults', rule 'faults.rule_1', "
                      "public.d: it makes no sense");
    BOOST_CHECK_EQUAL(run({"e", "a", "b", "c", "d"}),
                      "plugin.failed 7: a.sql:2:14: plugin 'faults', rule 'faults.rule_4', "
                      "public.a: it makes no sense");
    BOOST_CHECK_EQUAL(run({"b", "d"}),
                      "plugin.failed 7: a.sql:1:14: plugin 'faults', rule 'faults.rule_3', "
                      "public.b: it makes no sense");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
