// SPDX-License-Identifier: MIT
// confiture.linter/1 as an action sees it.
#include <boost/test/unit_test.hpp>
#include <string>

#include "host/extensions/call.hpp"
#include "host/extensions/errors.hpp"
#include "host/extensions/services.hpp"
#include "host/sql/node.hpp"
#include "tests/support/refusal.hpp"

namespace host::extensions {
namespace {

std::string text_of(confiture_str value) {
  return value.data == nullptr ? "(none)" : std::string(value.data, value.size);
}

struct Asked {
  Asked() {
    plugin.id = "acme";
    action.id = "acme.go";
    action.plugin = &plugin;
    call.plugin = &plugin;
    call.extension = &action;
    call.session = &session;
    node.kind = CONFITURE_NODE_MIGRATION;
  }
  confiture_status ask(const confiture_lint_query& query) {
    return linter_service.lint(&call, &query, &found, &count);
  }
  std::string outcome(confiture_status status) {
    return host::test::refusal([&] { settle(call, status); });
  }

  Plugin plugin;
  Extension action;
  Session session;
  confiture_call call;
  sql::Arena arena;
  sql::Node& node = arena.add(CONFITURE_NODE_TABLE);
  const confiture_lint_finding* found = nullptr;
  std::size_t count = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(linter_service_of_actions, Asked)

BOOST_AUTO_TEST_CASE(findings_are_kept_for_the_call) {
  session.lint = [&](const LintQuery& query) {
    BOOST_TEST(query.node == &node);
    BOOST_TEST(query.select.size() == 1u);
    BOOST_TEST(query.select.at(0) == "safety");
    BOOST_TEST(query.ignore.size() == 0u);
    LintFinding finding;
    finding.rule = "safety.drop_table";
    finding.severity = CONFITURE_SEVERITY_ERROR;
    finding.risk = CONFITURE_RISK_HIGH;
    finding.file = "db/migrations/1_a.up.sql";
    finding.location.line = 3;
    finding.message = "rows are lost";
    return std::vector<LintFinding>{finding, finding};
  };
  const confiture_str select{"safety", 6};
  BOOST_TEST(outcome(ask({&node, &select, 1, nullptr, 0})) == "");
  BOOST_TEST(count == 2u);
  BOOST_TEST(text_of(found[1].rule) == "safety.drop_table");
  BOOST_TEST(found[1].severity == std::int32_t{CONFITURE_SEVERITY_ERROR});
  BOOST_TEST(found[1].risk == std::int32_t{CONFITURE_RISK_HIGH});
  BOOST_TEST(text_of(found[1].location.file) == "db/migrations/1_a.up.sql");
  BOOST_TEST(found[1].location.line == 3u);
  BOOST_TEST(text_of(found[1].message) == "rows are lost");
  BOOST_TEST(text_of(found[1].hint) == "(none)");
}

BOOST_AUTO_TEST_CASE(the_linters_refusal_is_the_calls) {
  session.lint = [](const LintQuery&) -> std::vector<LintFinding> {
    throw Error(errors::unknown_rule, "unknown rule 'safty'", "did you mean 'safety'?");
  };
  const confiture_status status = ask({nullptr, nullptr, 0, nullptr, 0});
  BOOST_TEST(status == std::int32_t{CONFITURE_BAD_CONFIG});
  BOOST_TEST(outcome(status) ==
             "config.unknown_rule 5: plugin 'acme', action 'acme.go': unknown rule 'safty' [did "
             "you mean 'safety'?]");
  BOOST_TEST(found == nullptr);
}

BOOST_AUTO_TEST_CASE(it_is_for_actions_and_where_somebody_lints) {
  BOOST_TEST(outcome(ask({nullptr, nullptr, 0, nullptr, 0})) ==
             "plugin.failed 7: plugin 'acme', action 'acme.go': there is no linter to ask here");
  action.kind = Kind::rule;
  BOOST_TEST(outcome(ask({nullptr, nullptr, 0, nullptr, 0})) ==
             "plugin.failed 7: plugin 'acme', rule 'acme.go': confiture.linter/1 is for actions");
  BOOST_TEST(outcome(linter_service.lint(&call, nullptr, &found, &count)) ==
             "plugin.bug 7: plugin 'acme', rule 'acme.go': bug in plugin: the linter is asked "
             "without a question [this is a bug in the plugin]");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace host::extensions
