// SPDX-License-Identifier: MIT
// Each rule's own examples: the bad one has a finding of the rule, at a place, and the good one has
// none. CONFITURE_RULES=naming. in the environment keeps it to rules whose id begins so.
//
// An example may be several files, each after a line `-- file: NAME`, and may set parameters in a
// line `-- with: {...}`, the server in `-- server-version: 14.2`, and what is known of migrations
// in
// `-- applied: NAME` and `-- edited: NAME`.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "host/config/value.hpp"
#include "host/foundation/text.hpp"
#include "host/lint/built_in.hpp"
#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

struct Example {
  std::vector<Input> inputs;
  config::Linting configuration;
  RunOptions options;
};

// "14.2" as server_version_num.
int version_number(const std::string& text) {
  const std::size_t dot = text.find('.');
  return std::stoi(text) * 10000 + (dot == text.npos ? 0 : std::stoi(text.substr(dot + 1)));
}

Example example(const RuleInfo& rule, const std::string& sql, SourceKind kind) {
  Example made;
  const std::string ending = kind == SourceKind::migration ? ".up.sql" : ".sql";
  std::string name = (kind == SourceKind::migration ? "1_example" : "example") + ending, text;
  std::set<std::string> applied, edited;
  const auto flush = [&] {
    if (trim(text).empty()) return;
    Input input{sql::Source(name, text), name.ends_with(".down.sql") ? SourceKind::unjudged : kind};
    input.facts.edited = edited.contains(name);
    input.facts.applied = applied.contains(name) || input.facts.edited;
    made.inputs.push_back(std::move(input));
    text.clear();
  };
  for (const std::string& line : split_text(sql, '\n')) {
    if (line.starts_with("-- file: ")) {
      flush();
      name = line.substr(9);
    } else if (line.starts_with("-- with: ")) {
      config::RuleSetting setting;
      setting.rule = rule.id;
      setting.with = config::parse_yaml(line.substr(9), "example");
      made.configuration.rules.push_back(std::move(setting));
    } else if (line.starts_with("-- server-version: ")) {
      made.options.server.server_version = version_number(line.substr(19));
    } else if (line.starts_with("-- applied: ")) {
      applied.insert(line.substr(12));
    } else if (line.starts_with("-- edited: ")) {
      edited.insert(line.substr(11));
    } else {
      text += line + "\n";
    }
  }
  flush();
  return made;
}

// Where the rule looks, as its record says.
SourceKind kind_of(const RuleInfo& rule) {
  if (rule.extension == nullptr) return SourceKind::schema;
  const confiture_rule_v1& record = rule.extension->rule;
  if (record.scope != 0)
    return (record.scope & CONFITURE_SCOPE_SCHEMA) != 0 ? SourceKind::schema
                                                        : SourceKind::migration;
  const std::uint32_t* end = record.node_kinds + record.node_kind_count;
  const bool statements = std::any_of(record.node_kinds, end, [](std::uint32_t kind) {
    return kind == CONFITURE_NODE_STATEMENT || kind == CONFITURE_NODE_SUBCOMMAND;
  });
  return statements ? SourceKind::migration : SourceKind::schema;
}

std::vector<Finding> findings(const RuleInfo& rule, const std::string& sql) {
  Example made = example(rule, sql, kind_of(rule));
  Choice choice{{rule.id}, {}};
  if (rule.extension == nullptr) choice.select.push_back("structure.require_primary_key");
  std::vector<Finding> found =
      lint(std::move(made.inputs), choice, made.configuration, std::move(made.options)).findings;
  std::erase_if(found, [&](const Finding& finding) { return finding.rule != rule.id; });
  return found;
}

void check_examples(const RuleInfo& rule, const std::string& bad, const std::string& good) {
  BOOST_TEST(!bad.empty());
  BOOST_TEST(!good.empty());
  const std::vector<Finding> found = findings(rule, bad);
  BOOST_TEST(!found.empty(), "the bad example has no finding");
  for (const Finding& finding : found)
    BOOST_TEST(finding.line > 0u, "a finding has no place: " << finding.message);
  check_lines(shown(findings(rule, good)), {});
}

BOOST_AUTO_TEST_SUITE(rules)

BOOST_AUTO_TEST_CASE(examples_are_judged_as_the_page_says) {
  const char* prefix = std::getenv("CONFITURE_RULES");
  extensions::Session session;
  const Linter linter(registry(), {}, session);
  for (const RuleInfo& rule : linter.rules()) {
    if (prefix != nullptr && !rule.id.starts_with(prefix)) continue;
    BOOST_TEST_CONTEXT(rule.id) {
      BOOST_TEST(!rule.summary.empty());
      if (is_live(rule)) continue;  // see tests/cli/lint_live.transcript
      if (const BuiltInRule* own = find_built_in(rule.id)) {
        check_examples(rule, std::string(own->bad), std::string(own->good));
      } else {
        const confiture_rule_v1& record = rule.extension->rule;
        BOOST_REQUIRE(record.why != nullptr && record.bad_sql != nullptr);
        BOOST_TEST(std::string(record.why).size() > 40u, "why does not say why");
        check_examples(rule, record.bad_sql, record.good_sql);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
