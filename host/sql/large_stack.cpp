// SPDX-License-Identifier: MIT
#include "host/sql/large_stack.hpp"

#include <pthread.h>

#include <deque>
#include <exception>
#include <new>
#include <utility>

namespace host::sql {

struct LargeStackThreads::State {
  std::deque<std::function<void()>> work;  // addresses stay
  std::vector<pthread_t> threads;
};

LargeStackThreads::LargeStackThreads() : state_(std::make_unique<State>()) {}

LargeStackThreads::~LargeStackThreads() {
  for (const pthread_t thread : state_->threads) pthread_join(thread, nullptr);
}

void LargeStackThreads::start(std::size_t stack, std::function<void()> work) {
  std::function<void()>& kept = state_->work.emplace_back(std::move(work));
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack);
  pthread_t thread{};
  const int failed = pthread_create(
      &thread, &attributes,
      [](void* function) -> void* {
        (*static_cast<std::function<void()>*>(function))();
        return nullptr;
      },
      &kept);
  pthread_attr_destroy(&attributes);
  if (failed != 0) throw std::bad_alloc();
  state_->threads.push_back(thread);
}

void run_on_large_stack(std::size_t stack, const std::function<void()>& work) {
  std::exception_ptr failure;
  {
    LargeStackThreads thread;
    thread.start(stack, [&] {
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
    });
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace host::sql
