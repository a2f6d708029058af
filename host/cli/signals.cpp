// SPDX-License-Identifier: MIT
#include "host/cli/signals.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace host::cli {
namespace {

// A signal handler may touch nothing else.
int pipe_ends[2] = {-1, -1};
volatile sig_atomic_t signals_seen = 0;

constexpr char stop_watching = 'q';

void on_signal(int) {
  const int saved = errno;
  signals_seen = signals_seen + 1;
  if (signals_seen >= 3) _exit(130);
  const char byte = 's';
  [[maybe_unused]] const ssize_t written = ::write(pipe_ends[1], &byte, 1);
  errno = saved;
}

void handle(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

}  // namespace

Signals::Signals(Cancellation& cancellation) {
  if (::pipe2(pipe_ends, O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "pipe");
  watcher_ = std::thread([this, &cancellation] { watch(cancellation); });
  handle(SIGINT, on_signal);
  handle(SIGTERM, on_signal);
  handle(SIGPIPE, SIG_IGN);
}

Signals::~Signals() {
  handle(SIGINT, SIG_DFL);
  handle(SIGTERM, SIG_DFL);
  [[maybe_unused]] const ssize_t written = ::write(pipe_ends[1], &stop_watching, 1);
  watcher_.join();
  ::close(pipe_ends[0]);
  ::close(pipe_ends[1]);
}

void Signals::watch(Cancellation& cancellation) {
  char byte = 0;
  for (;;) {
    const ssize_t got = ::read(pipe_ends[0], &byte, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got != 1 || byte == stop_watching) return;
    cancellation.request();
  }
}

}  // namespace host::cli
