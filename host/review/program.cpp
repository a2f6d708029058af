// SPDX-License-Identifier: MIT
#include "host/review/program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"

extern char** environ;

namespace host::review {

PrivateFolder::PrivateFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "confiture.XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw Error(host::errors::file_not_writable,
                fmt::format("no folder '{}': {}", name, std::strerror(errno)));
  path_ = name;
}

PrivateFolder::~PrivateFolder() {
  std::error_code none;
  std::filesystem::remove_all(path_, none);
}

std::filesystem::path PrivateFolder::write(const std::string& name, const std::string& text) const {
  write_file(path_ / name, text, 0600);
  return path_ / name;
}

std::optional<int> run_program(const std::vector<std::string>& arguments, const Streams& streams) {
  std::vector<std::string> words = arguments;
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, streams.input.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, streams.output.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (!streams.errors_to_terminal)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return std::nullopt;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace host::review
