// SPDX-License-Identifier: MIT
// What a hook costs beside what its action does: microseconds a call, over 10,000 calls of an
// action that does nothing, with the time limit that hooks have.
#include <chrono>
#include <cstdio>

#include "host/hooks/runner.hpp"
#include "tests/host/hooks/actions.hpp"

int main() {
  using namespace host;
  constexpr int calls = 10'000;
  extensions::Session session;
  test::Actions actions;
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "nothing", [](const confiture_event&) { return ""; })
      .timeout = std::chrono::seconds(30);
  hooks::Runner runner(actions.list(), session, {"bench", "bench", {}});
  hooks::Event event;
  event.phase = CONFITURE_PHASE_POST_EXECUTE;
  event.migration_key = "7_users";
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < calls; ++i) runner.fire(event, nullptr);
  const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
  if (runner.outcomes().size() != calls) return 1;
  std::printf("%.2f\n", taken.count() / calls);
  return 0;
}
