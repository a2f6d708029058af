// SPDX-License-Identifier: MIT
#include "host/config/project.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/host/config/project_files.hpp"
#include "tests/support/refusal.hpp"

namespace host::config {
namespace {

using test::ProjectFiles;

std::string refusal_of(const std::string& yaml) {
  const ProjectFiles files(yaml);
  files.add("db/environments/local.yaml", "database: embedded\n");
  files.add("db/environments/production.yaml", "database: embedded\n");
  return host::test::refusal([&] { load_project(files.root()); });
}

BOOST_AUTO_TEST_SUITE(project)

BOOST_AUTO_TEST_CASE(a_project_with_everything) {
  const ProjectFiles files(R"(plugins:
  - path: plugins/confiture-acme.so
    sha256: "ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789"
    allow: [db, secret]
  - id: other
plugin_dirs: [../more]
hooks:
  post_execute:
    - action: sql.assert
      name: no-null-emails
      with: { query: "SELECT 1" }
      environments: [production]
      migrations: "*users*"
      on_error: warn
      timeout: 2m
    - action: sql.run
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      email: person.email
      phone: { use: person.phone, with: { keep_last: 4 }, require_change: true }
      notes: { keep: "checked" }
      draft: drop
    'sales."Order Line"': { "E-Mail": person.email }
linting:
  rules:
    naming.table_case: { style: snake_case, severity: error }
    structure.require_timestamps: off
    security.x: warning
)");
  files.add("db/environments/production.yaml", "database: embedded\n");
  const Project project = load_project(files.root());
  BOOST_TEST(project.root == files.root());
  BOOST_REQUIRE(project.plugins.size() == 2u);
  BOOST_TEST(project.plugins[0].path == files.root() / "db/plugins/confiture-acme.so");
  BOOST_TEST(project.plugins[0].sha256.value() ==
             "abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789");
  BOOST_TEST(project.plugins[0].allow == (std::vector<std::string>{"db", "secret"}),
             boost::test_tools::per_element());
  BOOST_TEST(project.plugins[1].id == "other");
  BOOST_TEST(project.plugin_dirs.at(0) == files.root() / "more");

  BOOST_REQUIRE(project.hooks.size() == 2u);
  const HookBinding& hook = project.hooks[0];
  BOOST_TEST(hook.phase == "post_execute");
  BOOST_TEST(hook.action == "sql.assert");
  BOOST_TEST(hook.name == "no-null-emails");
  BOOST_TEST(hook.with.find("query")->text == "SELECT 1");
  BOOST_TEST(hook.environments == std::vector<std::string>{"production"},
             boost::test_tools::per_element());
  BOOST_TEST(hook.migrations == "*users*");
  BOOST_TEST((hook.on_error == OnError::warn));
  BOOST_TEST(hook.timeout.count() == 120'000);
  BOOST_TEST(to_string(hook.place) == "db/confiture.yaml:9:15");
  BOOST_TEST(project.hooks[1].name == "sql.run");
  BOOST_TEST(project.hooks[1].timeout.count() == 30'000);

  BOOST_TEST(project.anonymization.key.value().name == "CONFITURE_KEY");
  BOOST_REQUIRE(project.anonymization.tables.size() == 2u);
  const auto& columns = project.anonymization.tables[0].columns;
  BOOST_REQUIRE(columns.size() == 4u);
  BOOST_TEST(columns[0].use.name == "person.email");
  BOOST_TEST(to_string(columns[0].place) == "db/confiture.yaml:21:7");
  BOOST_TEST(to_string(columns[0].use.place) == "db/confiture.yaml:21:14");
  BOOST_TEST(columns[1].use.name == "person.phone");
  BOOST_TEST(columns[1].require_change);
  BOOST_TEST(columns[1].use.with.find("keep_last")->text == "4");
  BOOST_TEST((columns[2].kind == ColumnRule::Kind::keep));
  BOOST_TEST(columns[2].reason == "checked");
  BOOST_TEST((columns[3].kind == ColumnRule::Kind::drop));
  BOOST_TEST(project.anonymization.tables[1].table == "sales.\"Order Line\"");
  BOOST_TEST(project.anonymization.tables[1].columns[0].column == "E-Mail");

  BOOST_REQUIRE(project.linting.rules.size() == 3u);
  BOOST_TEST(project.linting.rules[0].severity.value() == "error");
  BOOST_TEST(project.linting.rules[0].with.entries.size() == 1u);
  BOOST_TEST(project.linting.rules[1].off);
  BOOST_TEST(project.linting.rules[1].with.is_null());
  BOOST_TEST(project.linting.rules[2].severity.value() == "warning");
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_a_project) {
  const ProjectFiles files("");
  BOOST_TEST(load_project(files.root()).hooks.empty());
}

BOOST_AUTO_TEST_CASE(a_project_is_the_nearest_folder_upwards) {
  const ProjectFiles files("");
  std::filesystem::create_directories(files.root() / "a" / "b");
  BOOST_TEST(find_project(files.root() / "a" / "b") == files.root());
  BOOST_TEST(host::test::refusal([] { find_project("/"); }) ==
             "config.no_project 5: there is no db/confiture.yaml in '/' or in a folder above it "
             "[make a project with: confiture init, or name one with --project]");
  BOOST_TEST(host::test::refusal([] { load_project("/"); }) ==
             "config.no_project 5: there is no db/confiture.yaml in '/' [make a project with: "
             "confiture init]");
}

BOOST_AUTO_TEST_CASE(migrations_may_lie_elsewhere) {
  const ProjectFiles files("migrations: ../sql/migrations/\n");
  BOOST_TEST(load_project(files.root()).migrations_dir() == files.root() / "sql" / "migrations");
  BOOST_TEST(load_project(ProjectFiles("{}").root()).migrations_dir().filename() == "migrations");
}

BOOST_AUTO_TEST_CASE(unknown_names_are_refused_with_the_nearest) {
  BOOST_TEST(refusal_of("hoks: {}\n") ==
             "config.unknown_key 5: db/confiture.yaml:1:1: unknown key 'hoks' [did you mean "
             "'hooks'?]");
  BOOST_TEST(
      refusal_of("schedule: {}\n") ==
      "config.unknown_key 5: db/confiture.yaml:1:1: unknown key 'schedule' [known: "
      "migrations, plugins, plugin_dirs, hooks, secrets, anonymization, linting, risk and review]");
  BOOST_TEST(refusal_of("hooks:\n  post_exceute: []\n") ==
             "config.unknown_phase 5: db/confiture.yaml:2:3: unknown phase 'post_exceute' [did you "
             "mean 'post_execute'?]");
  BOOST_TEST(
      refusal_of("hooks:\n  proved: []\n")
          .starts_with("config.unknown_phase 5: db/confiture.yaml:2:3: unknown phase 'proved'"));
  BOOST_TEST(
      refusal_of("hooks:\n  pre_sync:\n    - { action: a.b, environments: [prodution] }\n") ==
      "config.unknown_environment 5: db/confiture.yaml:3:37: unknown environment "
      "'prodution' [did you mean 'production'?]");
  BOOST_TEST(refusal_of("hooks:\n  pre_sync:\n    - { action: a.b, on_eror: warn }\n") ==
             "config.unknown_key 5: db/confiture.yaml:3:22: unknown key 'on_eror' in a pre_sync "
             "hook [did you mean 'on_error'?]");
  BOOST_TEST(refusal_of("hooks:\n  pre_sync:\n    - { name: x }\n") ==
             "config.missing_key 5: db/confiture.yaml:3:7: the key 'action' is missing in a "
             "pre_sync hook");
  BOOST_TEST(
      refusal_of("plugins:\n  - { path: x.so, allow: [dbs] }\n") ==
      "config.out_of_range 5: db/confiture.yaml:2:27: an item of 'allow' of a plugin must be "
      "db or secret, not 'dbs' [did you mean 'db'?]");
  BOOST_TEST(refusal_of("plugins:\n  - { path: x.so, sha256: abc }\n") ==
             "config.wrong_type 5: db/confiture.yaml:2:27: 'sha256' of a plugin must be 64 "
             "hexadecimal digits [print it with: sha256sum FILE]");
  BOOST_TEST(refusal_of("linting:\n  rules:\n    naming.x: { severity: eror }\n") ==
             "config.out_of_range 5: db/confiture.yaml:3:27: 'severity' of rule 'naming.x' must be "
             "off, info, warning, error or critical, not 'eror' [did you mean 'error'?]");
}

BOOST_AUTO_TEST_CASE(columns_are_decided_for_a_reason) {
  const std::string head = "anonymization:\n  tables:\n    t:\n      notes: ";
  const std::string hint = " [write { keep: \"why this column may be copied\" }]";
  BOOST_TEST(refusal_of(head + "keep\n") ==
             "config.missing_key 5: db/confiture.yaml:4:14: column 'notes' is kept without a "
             "reason" +
                 hint);
  BOOST_TEST(refusal_of(head + "{ keep: }\n") ==
             "config.missing_key 5: db/confiture.yaml:4:16: column 'notes' is kept without a "
             "reason" +
                 hint);
  BOOST_TEST(refusal_of(head + "{ keep: '  ' }\n") ==
             "config.missing_key 5: db/confiture.yaml:4:22: column 'notes' is kept without a "
             "reason" +
                 hint);
  BOOST_TEST(refusal_of(head + "{ uses: core.null }\n") ==
             "config.unknown_key 5: db/confiture.yaml:4:16: unknown key 'uses' in column 'notes' "
             "[did you mean 'use'?]");
  BOOST_TEST(refusal_of(head + "\n") ==
             "config.wrong_type 5: db/confiture.yaml:4:7: column 'notes' needs a strategy, { keep: "
             "\"reason\" } or drop");
  BOOST_TEST(refusal_of("anonymization:\n  strategys: {}\n") ==
             "config.unknown_key 5: db/confiture.yaml:2:3: unknown key 'strategys' in "
             "anonymization [did you mean 'strategies'?]");
}

BOOST_AUTO_TEST_CASE(a_key_is_never_written_down) {
  BOOST_TEST(refusal_of("anonymization:\n  key: hunter2hunter2hunter2hunter2hunter2\n") ==
             "config.wrong_type 5: db/confiture.yaml:2:8: the anonymization key must not stand in "
             "the file itself [say where it is: { env: NAME } or { file: PATH }]");
  BOOST_TEST(refusal_of("anonymization:\n  key: { env: A, file: b }\n") ==
             "config.wrong_type 5: db/confiture.yaml:2:8: the anonymization key has both 'env' and "
             "'file' [keep one of them]");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::config
