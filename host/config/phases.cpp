// SPDX-License-Identifier: MIT
#include "host/config/phases.hpp"

#include <confiture/action.h>

#include <array>

namespace host::config {
namespace {

constexpr std::array<Phase, 14> known{{
    {"pre_validate", CONFITURE_PHASE_PRE_VALIDATE},
    {"post_validate", CONFITURE_PHASE_POST_VALIDATE},
    {"pre_execute", CONFITURE_PHASE_PRE_EXECUTE},
    {"post_execute", CONFITURE_PHASE_POST_EXECUTE},
    {"post_complete", CONFITURE_PHASE_POST_COMPLETE},
    {"pre_rollback", CONFITURE_PHASE_PRE_ROLLBACK},
    {"post_rollback", CONFITURE_PHASE_POST_ROLLBACK},
    {"on_error", CONFITURE_PHASE_ON_ERROR},
    {"pre_sync", CONFITURE_PHASE_PRE_SYNC},
    {"post_sync", CONFITURE_PHASE_POST_SYNC},
    {"approval_requested", CONFITURE_PHASE_APPROVAL_REQUESTED},
    {"approved", CONFITURE_PHASE_APPROVED},
    {"scheduled", CONFITURE_PHASE_SCHEDULED},
    {"reminder", CONFITURE_PHASE_REMINDER},
}};

}  // namespace

std::span<const Phase> phases() {
  return known;
}

const Phase* find_phase(std::string_view name) {
  for (const Phase& phase : known)
    if (phase.name == name) return &phase;
  return nullptr;
}

}  // namespace host::config
