// SPDX-License-Identifier: MIT
// The actions of this plugin, a file each.
#pragma once

#include <confiture/plugin.hpp>

namespace sql {

// The phases in which there is a database to talk to.
inline constexpr confiture::Phase any_phase =
    confiture::Phase::pre_validate | confiture::Phase::post_validate |
    confiture::Phase::pre_execute | confiture::Phase::post_execute |
    confiture::Phase::post_complete | confiture::Phase::pre_rollback |
    confiture::Phase::post_rollback | confiture::Phase::on_error | confiture::Phase::pre_sync |
    confiture::Phase::post_sync;

confiture::ActionExtension run_action();
confiture::ActionExtension assert_action();

}  // namespace sql
