// SPDX-License-Identifier: MIT
// An action by its id, what it says when it refuses, and a moment to run it at.
#pragma once

#include <confiture/testing.hpp>

#include <string>
#include <string_view>

namespace test {

namespace testing = confiture::testing;

inline testing::Subject subject(std::string_view id) {
  return testing::find(*confiture_plugin_v1(&testing::Host().handle()), id);
}

// The message of the failure, with its hint in brackets; empty when there is none.
template <typename Function>
std::string refusal(const Function& function) {
  try {
    function();
  } catch (const testing::Failure& failure) {
    return std::string(failure.what()) +
           (failure.hint().empty() ? "" : " [" + failure.hint() + "]");
  }
  return "";
}

inline testing::Tree migration(const std::string& version, const std::string& name) {
  testing::Tree made(confiture::NodeKind::migration, name);
  made.set(CONFITURE_PROP_VERSION, version)
      .set(CONFITURE_PROP_CHECKSUM, "c0ffee")
      .set(CONFITURE_PROP_RISK, "low")
      .set(CONFITURE_PROP_SQL, "SELECT 'secret row'");
  return made;
}

// After 0002_orders was applied in production, which took 1.25 s.
inline testing::Moment applied() {
  testing::Moment moment;
  moment.environment = "production";
  moment.database = "shop";
  moment.duration_us = 1'250'000;
  moment.migration = migration("0002", "orders");
  moment.plan.add(CONFITURE_LIST_CHILDREN, migration("0002", "orders"));
  return moment;
}

}  // namespace test
