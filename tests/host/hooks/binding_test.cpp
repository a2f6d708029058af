// SPDX-License-Identifier: MIT
// From db/confiture.yaml to hooks: what is bound, whether it takes part, and the one text that
// stands for it.
#include "host/hooks/binding.hpp"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <memory_resource>

#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
#include "host/hooks/canonical.hpp"
#include "host/hooks/condition.hpp"
#include "tests/host/config/project_files.hpp"
#include "tests/support/refusal.hpp"

using namespace host;

namespace {

struct Bound {
  explicit Bound(const std::string& yaml, const std::string& environment = "local") : files(yaml) {
    files.add("db/environments/local.yaml", "database: embedded\n");
    files.add("db/environments/production.yaml", "database: embedded\n");
    project = config::load_project(files.root());
    hooks = hooks::bind_hooks(project, registry(), environment);
  }

  static const extensions::Registry& registry() {
    static const extensions::Registry loaded =
        extensions::Registry::load(extensions::search_path(nullptr, {}, {}));
    return loaded;
  }

  std::string canonical() const {
    std::vector<const hooks::Hook*> all;
    for (const hooks::Hook& hook : hooks) all.push_back(&hook);
    return hooks::canonical(all);
  }

  config::test::ProjectFiles files;
  config::Project project;
  std::vector<hooks::Hook> hooks;
};

// A plan of one migration with one statement.
struct Planned {
  Planned(std::string_view tag, std::string_view risk) {
    plan.kind = CONFITURE_NODE_PLAN;
    migration.kind = CONFITURE_NODE_MIGRATION;
    migration.set(CONFITURE_PROP_RISK, risk);
    statement.kind = CONFITURE_NODE_STATEMENT;
    statement.set(CONFITURE_PROP_STATEMENT_TAG, tag);
    migration.append(CONFITURE_LIST_STATEMENTS, &statement);
    plan.append(CONFITURE_LIST_CHILDREN, &migration);
  }
  std::pmr::monotonic_buffer_resource memory;
  sql::Node plan{&memory}, migration{&memory}, statement{&memory};
};

// Whether the one hook of this YAML takes part in its phase, for one migration and for the run.
std::string takes_part(const std::string& phase, const std::string& when, const Planned& planned,
                       std::string_view direction = "up") {
  const Bound bound(
      fmt::format("hooks: {{ {}: [{{ action: sql.run, with: {{ query: SELECT }}, "
                  "migrations: '7_*', when: {} }}] }}",
                  phase, when));
  hooks::Event event;
  event.phase = bound.hooks.front().phase;
  event.direction = direction;
  event.plan = &planned.plan;
  const bool for_run = hooks::takes_part(bound.hooks.front(), event);
  event.migration = &planned.migration;
  event.migration_key = "7_users";
  const bool for_migration = hooks::takes_part(bound.hooks.front(), event);
  return fmt::format("run {}, migration {}", for_run, for_migration);
}

std::string refusal_of(const std::string& yaml) {
  return test::refusal([&] { const Bound bound(yaml); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hook_binding)

BOOST_AUTO_TEST_CASE(hooks_have_one_text) {
  const Bound bound(R"(hooks:
  post_execute:
    - action: sql.assert
      name: no-null-emails
      with: { query: "SELECT id FROM users" }
      migrations: "*users*"
      when: { risk: high, statements: [ALTER TABLE] }
      on_error: warn
      timeout: 1m
  pre_validate:
    - action: exec.run
      with: { command: [true, "a b"], shell: false }
)");
  const auto digest = [&](std::string_view action) {
    return sha256_hex(
        read_file(Bound::registry().require(extensions::Kind::action, action, {}).plugin->file));
  };
  BOOST_TEST(
      bound.canonical() ==
      R"({"phase":"pre_validate","action":"exec.run","name":"exec.run","parameters":{"command":[{"":"true"},{"":"a b"}],"shell":false},"environments":[],"migrations":"*","when":{"direction":"","risk":"","statements":[]},"on_error":"abort","timeout_ms":30000,"plugin_sha256":")" +
          digest("exec.run") +
          R"("}
{"phase":"post_execute","action":"sql.assert","name":"no-null-emails","parameters":{"expect":"either","message":"the query did not give what was expected","query":"SELECT id FROM users"},"environments":[],"migrations":"*users*","when":{"direction":"","risk":"high","statements":["ALTER TABLE"]},"on_error":"warn","timeout_ms":60000,"plugin_sha256":")" +
          digest("sql.assert") + "\"}\n");
}

BOOST_AUTO_TEST_CASE(the_text_follows_the_meaning_and_not_the_writing) {
  const std::string text =
      Bound("hooks: { post_execute: [{ action: sql.run, with: { query: SELECT } }] }").canonical();
  BOOST_TEST(Bound(R"(# a comment
hooks:
  post_execute:
    - on_error: abort
      timeout: 30000ms
      with: { query: ["SELECT"] }
      action: "sql.run"
)")
                 .canonical() == text);
  for (const char* other :
       {"with: { query: SELECT 2 }", "with: { query: SELECT }, timeout: 31s",
        "with: { query: SELECT }, on_error: warn", "with: { query: SELECT }, when: { risk: low }",
        "with: { query: SELECT }, environments: local", "with: { query: SELECT }, migrations: '*a'",
        "with: { query: SELECT }, name: other"})
    BOOST_TEST(Bound(fmt::format("hooks: {{ post_execute: [{{ action: sql.run, {} }}] }}", other))
                   .canonical() != text);
}

BOOST_AUTO_TEST_CASE(hooks_of_other_environments_are_checked_and_left_out) {
  const std::string yaml =
      "hooks: { post_execute: [{ action: sql.run, with: { query: SELECT }, environments: "
      "production }] }";
  BOOST_TEST(Bound(yaml).canonical() == "");
  BOOST_TEST(Bound(yaml, "production").hooks.size() == 1u);
  BOOST_TEST(
      refusal_of("hooks: { post_execute: [{ action: sql.run, environments: production }] }") ==
      "config.missing_parameter 5: db/confiture.yaml:1:35: action 'sql.run' needs the parameter "
      "'query' [SQL to run: a text, or a list of them in order]");
}

BOOST_AUTO_TEST_CASE(a_condition_asks_for_the_risk) {
  const Planned high("DROP TABLE", "high"), low("CREATE TABLE", "low");
  BOOST_TEST(takes_part("post_execute", "{ risk: high }", high) == "run true, migration true");
  BOOST_TEST(takes_part("post_execute", "{ risk: medium }", high) == "run true, migration true");
  BOOST_TEST(takes_part("post_execute", "{ risk: critical }", high) ==
             "run false, migration false");
  BOOST_TEST(takes_part("on_error", "{ risk: high }", low) == "run false, migration false");
}

BOOST_AUTO_TEST_CASE(a_condition_asks_for_the_statements) {
  const Planned drop("DROP TABLE", "high");
  BOOST_TEST(takes_part("pre_execute", "{ statements: [drop *, TRUNCATE] }", drop) ==
             "run true, migration true");
  BOOST_TEST(takes_part("pre_execute", "{ statements: DROP }", drop) ==
             "run false, migration false");
  BOOST_TEST(takes_part("pre_execute", "{ statements: DROP*, risk: critical }", drop) ==
             "run false, migration false");
}

BOOST_AUTO_TEST_CASE(a_condition_asks_for_the_direction) {
  const Planned drop("DROP TABLE", "high");
  BOOST_TEST(takes_part("on_error", "{ direction: down }", drop) == "run false, migration false");
  BOOST_TEST(takes_part("on_error", "{ direction: down }", drop, "down") ==
             "run true, migration true");
}

BOOST_AUTO_TEST_CASE(a_condition_that_could_never_hold_is_refused) {
  BOOST_TEST(refusal_of("hooks: { pre_validate: [{ action: sql.run, when: { risk: high } }] }") ==
             "config.out_of_range 5: db/confiture.yaml:1:58: 'risk' of 'when' has no meaning in "
             "pre_validate [no migration is known in that phase]");
  BOOST_TEST(
      refusal_of("hooks: { pre_execute: [{ action: sql.run, when: { direction: down } }] }") ==
      "config.out_of_range 5: db/confiture.yaml:1:62: 'direction' of 'when' has no meaning in "
      "pre_execute [the phase itself has one direction]");
  BOOST_TEST(refusal_of("hooks: { on_error: [{ action: sql.run, when: { risk: hihg } }] }") ==
             "config.out_of_range 5: db/confiture.yaml:1:54: 'risk' of 'when' of an on_error hook "
             "must be low, medium, high or critical, not 'hihg' [did you mean 'high'?]");
  BOOST_TEST(refusal_of("hooks: { on_error: [{ action: sql.run, when: { risks: high } }] }") ==
             "config.unknown_key 5: db/confiture.yaml:1:48: unknown key 'risks' in 'when' of an "
             "on_error hook [did you mean 'risk'?]");
}

BOOST_AUTO_TEST_SUITE_END()
