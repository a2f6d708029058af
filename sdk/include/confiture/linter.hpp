// SPDX-License-Identifier: MIT
// confiture/linter.hpp - asking the project's rules from an action.
//
//   const Linter linter(context, {{"safety"}, {}});
//   for (const Linter::Finding& finding : linter.judge(event.migration()))
//     if (finding.severity >= Severity::error) ...
#pragma once

#include <confiture/linter.h>
#include <confiture/call.hpp>
#include <confiture/report.hpp>
#include <confiture/schema.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {

// The rules of one choice. Dies with the call.
class Linter {
 public:
  // Ids of rules, or categories. Nothing selected: the rules as the project configures them.
  struct Choice {
    std::vector<std::string> select, ignore;
  };
  // Texts live as long as the call; an empty one is not there.
  struct Finding {
    std::string_view rule, category;
    Severity severity;
    Risk risk;
    confiture_location location;
    std::string_view object, message, hint, suggestion;
  };

  // Throws for a rule or category that there is not.
  Linter(const Call& call, Choice choice) : call_(call), choice_(std::move(choice)) { ask({}); }

  // Of a migration or of a plan; the way down of a migration has none.
  std::vector<Finding> judge(const Node& node) const { return ask(node); }

 private:
  std::vector<Finding> ask(const Node& node) const {
    const auto* table = call_.service<confiture_linter_v1>(CONFITURE_SERVICE_LINTER);
    if (table == nullptr)
      throw Error("the host does not offer 'confiture.linter/1' here",
                  "this plugin may need a newer confiture", CONFITURE_UNSUPPORTED);
    const std::vector<confiture_str> select = views(choice_.select), ignore = views(choice_.ignore);
    const confiture_lint_query query = {node.handle(), select.data(), select.size(), ignore.data(),
                                        ignore.size()};
    const confiture_lint_finding* found = nullptr;
    std::size_t count = 0;
    const confiture_status status = table->lint(call_.handle(), &query, &found, &count);
    if (status != CONFITURE_OK) throw ServiceError(status, "the linter cannot judge this");
    std::vector<Finding> findings;
    for (std::size_t index = 0; index < count; ++index) {
      const confiture_lint_finding& each = found[index];
      findings.push_back({to_view(each.rule), to_view(each.category),
                          static_cast<Severity>(each.severity), static_cast<Risk>(each.risk),
                          each.location, to_view(each.object), to_view(each.message),
                          to_view(each.hint), to_view(each.suggestion)});
    }
    return findings;
  }
  static std::vector<confiture_str> views(const std::vector<std::string>& texts) {
    std::vector<confiture_str> views;
    for (const std::string& text : texts) views.push_back(to_str(text));
    return views;
  }

  const Call& call_;
  Choice choice_;
};

}  // namespace confiture
#pragma GCC visibility pop
