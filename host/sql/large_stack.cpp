// SPDX-License-Identifier: MIT
#include "host/sql/large_stack.hpp"

#include <pthread.h>

#include <deque>
#include <exception>
#include <new>
#include <utility>

namespace host::sql {

namespace {

// The stack of this thread where it is one of ours: where it began, and how much of it there is.
thread_local const char* first_frame = nullptr;
thread_local std::size_t size_of_stack = 0;

const char* frame() {
  return static_cast<const char*>(__builtin_frame_address(0));
}

struct Work {
  std::size_t stack = 0;
  std::function<void()> function;
};

void* run(void* given) {
  const Work& work = *static_cast<Work*>(given);
  first_frame = frame();
  size_of_stack = work.stack;
  work.function();
  return nullptr;
}

}  // namespace

// Stacks grow downwards.
bool has_large_stack(std::size_t stack) {
  if (first_frame == nullptr) return false;
  const auto used = static_cast<std::size_t>(first_frame - frame());
  return used + stack <= size_of_stack;
}

struct LargeStackThreads::State {
  std::deque<Work> work;  // addresses stay
  std::vector<pthread_t> threads;
};

LargeStackThreads::LargeStackThreads() : state_(std::make_unique<State>()) {}

LargeStackThreads::~LargeStackThreads() {
  for (const pthread_t thread : state_->threads) pthread_join(thread, nullptr);
}

void LargeStackThreads::start(std::size_t stack, std::function<void()> work) {
  Work& kept = state_->work.emplace_back(Work{stack, std::move(work)});
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack);
  pthread_t thread{};
  const int failed = pthread_create(&thread, &attributes, run, &kept);
  pthread_attr_destroy(&attributes);
  if (failed != 0) throw std::bad_alloc();
  state_->threads.push_back(thread);
}

void run_on_large_stack(std::size_t stack, const std::function<void()>& work) {
  if (has_large_stack(stack)) return work();
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
