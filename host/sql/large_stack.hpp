// SPDX-License-Identifier: MIT
// Threads with a stack that is large enough for the parser, which recurses as deeply as the SQL
// nests. Their memory is committed as it is touched.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace host::sql {

// Runs functions on threads of their own. The destructor waits for all of them.
class LargeStackThreads {
 public:
  LargeStackThreads();
  ~LargeStackThreads();

  // `stack` in bytes. `work` must not throw. Throws std::bad_alloc when the system has no room.
  void start(std::size_t stack, std::function<void()> work);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Whether this is a thread of ours whose stack has as much room left.
bool has_large_stack(std::size_t stack);

// Runs `work` on such a thread and waits for it; what it throws is thrown here. On a thread of ours
// whose stack has as much room left, that is a call.
void run_on_large_stack(std::size_t stack, const std::function<void()>& work);

}  // namespace host::sql
