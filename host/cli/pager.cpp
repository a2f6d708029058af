// SPDX-License-Identifier: MIT
#include "host/cli/pager.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>

extern char** environ;

namespace host::cli {
namespace {

// The person is at standard error: standard output may be a file. The pager starts with the signals
// that it expects, as ours ignores SIGPIPE.
bool start(const char* command, int input, pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::string shell = "sh", option = "-c", line = command;
  std::array<char*, 4> arguments{shell.data(), option.data(), line.data(), nullptr};
  const int failed =
      posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failed == 0;
}

}  // namespace

bool show_in_pager(std::string_view text) {
  const char* chosen = std::getenv("PAGER");
  if (chosen != nullptr && *chosen == '\0') return false;
  std::array<int, 2> pipe{-1, -1};
  if (pipe2(pipe.data(), O_CLOEXEC) != 0) return false;
  pid_t child = 0;
  const bool started = start(chosen == nullptr ? "exec less -FRX" : chosen, pipe[0], child);
  close(pipe[0]);
  while (started && !text.empty()) {
    const ssize_t written = ::write(pipe[1], text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;  // it was left before the end
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  close(pipe[1]);
  if (!started) return false;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  constexpr int not_executable = 126, not_found = 127;  // POSIX, 2.8.2 Exit Status for Commands
  return !WIFEXITED(status) ||
         (WEXITSTATUS(status) != not_executable && WEXITSTATUS(status) != not_found);
}

}  // namespace host::cli
