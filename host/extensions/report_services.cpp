// SPDX-License-Identifier: MIT
// confiture.lint/1, confiture.risk/1 and confiture.progress/1: what plugins say of what they are
// shown, and tell the person while they run.
#include <algorithm>
#include <cstring>

#include "host/extensions/call.hpp"
#include "host/extensions/services.hpp"

namespace host::extensions {
namespace {

void report(confiture_call* call, const confiture_finding* finding) noexcept {
  if (call == nullptr || finding == nullptr) return;
  guard(*call, [&] {
    if (call->context == nullptr || !call->context->report) {
      log_line(call->session, CONFITURE_LOG_WARN,
               describe(*call) + ": bug in plugin: it reports a finding, which only rules can");
      return;
    }
    // A finding of an older build knows fewer fields.
    confiture_finding known{};
    std::memcpy(&known, finding, std::min<std::size_t>(finding->struct_size, sizeof known));
    known.struct_size = sizeof known;
    if (known.at == nullptr) known.at = call->node;
    if (known.edits == nullptr) known.edit_count = 0;
    call->context->report(known);
  });
}

void effect(confiture_call* call, const confiture_effect* effect) noexcept {
  if (call == nullptr || effect == nullptr) return;
  guard(*call, [&] {
    if (call->context == nullptr || !call->context->effect) {
      log_line(call->session, CONFITURE_LOG_WARN,
               describe(*call) + ": bug in plugin: it tells an effect, which only classifiers can");
      return;
    }
    // One of an older build knows fewer fields.
    confiture_effect known{};
    std::memcpy(&known, effect, std::min<std::size_t>(effect->struct_size, sizeof known));
    known.struct_size = sizeof known;
    if (known.reasons == nullptr) known.reason_count = 0;
    if (known.touched == nullptr) known.touched_count = 0;
    call->context->effect(known);
  });
}

void update(confiture_call* call, uint64_t done, uint64_t total, confiture_str note) noexcept {
  if (call == nullptr || call->session == nullptr || !call->session->progress) return;
  guard(*call, [&] { call->session->progress(done, total, view(note)); });
}

}  // namespace

const confiture_lint_v1 lint_service{report};
const confiture_risk_v1 risk_service{effect};
const confiture_progress_v1 progress_service{update};

}  // namespace host::extensions
