// SPDX-License-Identifier: MIT
// Sets of phases that actions bind to.
#pragma once

#include <confiture/plugin.hpp>

namespace action_common {

// The phases around migrations and syncs.
inline constexpr confiture::Phase any_phase =
    confiture::Phase::pre_validate | confiture::Phase::post_validate |
    confiture::Phase::pre_execute | confiture::Phase::post_execute |
    confiture::Phase::post_complete | confiture::Phase::pre_rollback |
    confiture::Phase::post_rollback | confiture::Phase::on_error | confiture::Phase::pre_sync |
    confiture::Phase::post_sync;

// Those before something is changed, in which a failure stops it.
inline constexpr confiture::Phase before_phases =
    confiture::Phase::pre_validate | confiture::Phase::post_validate |
    confiture::Phase::pre_execute | confiture::Phase::pre_rollback | confiture::Phase::pre_sync;

// And those of a review, where people are told of what waits for them.
inline constexpr confiture::Phase telling_phases =
    any_phase | confiture::Phase::approval_requested | confiture::Phase::approved |
    confiture::Phase::scheduled | confiture::Phase::reminder;

}  // namespace action_common
