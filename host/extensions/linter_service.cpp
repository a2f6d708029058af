// SPDX-License-Identifier: MIT
// confiture.linter/1
#include <algorithm>
#include <new>

#include "host/extensions/call.hpp"
#include "host/extensions/services.hpp"

namespace host::extensions {
namespace {

std::vector<std::string> texts_of(const confiture_str* texts, std::size_t count) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < count; ++i) result.emplace_back(view(texts[i]));
  return result;
}

confiture_str keep(confiture_call& call, const std::string& text) {
  return text.empty() ? confiture_str{nullptr, 0} : call.arena.keep(text);
}

confiture_lint_finding to_abi(confiture_call& call, const LintFinding& finding) {
  confiture_lint_finding abi{};
  abi.rule = keep(call, finding.rule);
  abi.category = keep(call, finding.category);
  abi.severity = finding.severity;
  abi.risk = finding.risk;
  abi.location = finding.location;
  abi.location.file = keep(call, finding.file);
  abi.object = keep(call, finding.object);
  abi.message = keep(call, finding.message);
  abi.hint = keep(call, finding.hint);
  abi.suggestion = keep(call, finding.suggestion);
  return abi;
}

confiture_status run(confiture_call& call, const confiture_lint_query& query,
                     const confiture_lint_finding** out, size_t* count) {
  if (call.extension == nullptr || call.extension->kind != Kind::action)
    return call.refuse(CONFITURE_DENIED, "confiture.linter/1 is for actions");
  if (call.session == nullptr || !call.session->lint)
    return call.refuse(CONFITURE_UNSUPPORTED, "there is no linter to ask here");
  std::vector<LintFinding> findings;
  try {
    findings = call.session->lint({query.node, texts_of(query.select, query.select_count),
                                   texts_of(query.ignore, query.ignore_count)});
  } catch (const Error& error) {
    const bool configuration = error.code().exit == Exit::configuration;
    return call.refuse(configuration ? CONFITURE_BAD_CONFIG : CONFITURE_FAILED, error);
  }
  void* memory =
      call.arena.take(std::max<std::size_t>(1, findings.size()) * sizeof(confiture_lint_finding),
                      alignof(confiture_lint_finding));
  if (memory == nullptr) return CONFITURE_NO_MEMORY;
  auto* list = static_cast<confiture_lint_finding*>(memory);
  for (std::size_t i = 0; i < findings.size(); ++i)
    new (&list[i]) confiture_lint_finding(to_abi(call, findings[i]));
  *out = list;
  *count = findings.size();
  return CONFITURE_OK;
}

confiture_status lint(confiture_call* call, const confiture_lint_query* query,
                      const confiture_lint_finding** out, size_t* count) noexcept {
  if (call == nullptr) return CONFITURE_BUG;
  if (query == nullptr || out == nullptr || count == nullptr ||
      (query->select == nullptr && query->select_count > 0) ||
      (query->ignore == nullptr && query->ignore_count > 0))
    return call->refuse(CONFITURE_BUG, "the linter is asked without a question");
  *out = nullptr;
  *count = 0;
  confiture_status status = CONFITURE_NO_MEMORY;
  guard(*call, [&] { status = run(*call, *query, out, count); });
  return status;
}

}  // namespace

const confiture_linter_v1 linter_service{lint};

}  // namespace host::extensions
