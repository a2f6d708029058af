// SPDX-License-Identifier: MIT
#include "host/lint/git.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "host/foundation/text.hpp"
#include "host/lint/errors.hpp"

extern char** environ;

namespace host::lint {
namespace {

class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0)
      throw Error(errors::git_failed, fmt::format("no pipe to git: {}", std::strerror(errno)));
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_write();
    close(ends_[0]);
  }
  int write_end() const { return ends_[1]; }
  void close_write() {
    if (ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }
  std::string read_all() {
    std::string text;
    std::array<char, 65536> buffer;
    for (;;) {
      const ssize_t count = read(ends_[0], buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return text;
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

}  // namespace

std::string run_git(const std::filesystem::path& folder,
                    const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"git", "-C", folder.string(), "-c", "core.quotePath=off"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  // Standard error joins the output: git writes there only when it fails.
  Pipe output;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output.write_end(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output.write_end(), STDERR_FILENO);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "git", &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0)
    throw Error(errors::git_failed, fmt::format("git cannot be run: {}", std::strerror(failed)),
                "install git, or lint without --since and --staged");
  output.close_write();
  std::string text = output.read_all();
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    const std::vector<std::string> lines = split_text(text, '\n');
    throw Error(errors::git_failed,
                fmt::format("git {}: {}", arguments.empty() ? "" : arguments.front(),
                            lines.empty() ? "failed" : printable(lines.front())),
                "run it in a git repository, with a commit or a branch that is there");
  }
  return text;
}

}  // namespace host::lint
