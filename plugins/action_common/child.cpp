// SPDX-License-Identifier: MIT
#include "plugins/action_common/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <confiture/error.hpp>
#include <cstring>
#include <string_view>
#include <utility>

extern char** environ;

namespace action_common {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int glance_ms = 100;
constexpr std::chrono::seconds grace(2);

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  int get() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

struct Pipe {
  Descriptor read, write;
};

[[noreturn]] void fail(const std::string& what, int error) {
  throw confiture::Error(what + ": " + std::strerror(error));
}

Pipe make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail("no pipe to the program", errno);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// This process's variables, with some set anew.
std::vector<std::string> with_variables(const std::vector<std::string>& variables) {
  std::vector<std::string> all = variables;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view text(*each);
    const std::string_view name = text.substr(0, text.find('=') + 1);
    const bool replaced = std::any_of(variables.begin(), variables.end(), [&](const auto& other) {
      return std::string_view(other).substr(0, name.size()) == name;
    });
    if (!replaced) all.emplace_back(text);
  }
  return all;
}

std::vector<char*> as_pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

pid_t start(const std::vector<std::string>& command, const std::vector<std::string>& variables,
            int input, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  const std::vector<std::string> environment = with_variables(variables);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, command.front().c_str(), &actions, &attributes,
                                   as_pointers(command).data(), as_pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) fail("cannot start '" + command.front() + "'", error);
  return child;
}

// Hands out whole lines, until the limit.
class Lines {
 public:
  Lines(std::size_t most, const std::function<void(const std::string&)>& line)
      : left_(most), line_(line) {}
  void add(const char* bytes, std::size_t size) {
    const std::size_t kept = std::min(size, left_);
    pending_.append(bytes, kept);
    left_ -= kept;
    for (std::size_t end = 0; (end = pending_.find('\n')) != std::string::npos;) {
      line_(pending_.substr(0, end));
      pending_.erase(0, end + 1);
    }
    if (kept < size && !std::exchange(cut_, true)) {
      finish();
      line_("(more output than is kept)");
    }
  }
  void finish() {
    if (!pending_.empty()) line_(std::exchange(pending_, {}));
  }

 private:
  std::size_t left_;
  bool cut_ = false;
  std::string pending_;
  const std::function<void(const std::string&)>& line_;
};

// Writes what the pipe takes; closes it at the end, or when nobody reads any more. SIGPIPE would
// end the host where it does not ignore it, so the write end is a descriptor that the host's thread
// blocks the signal for.
void feed(Descriptor& pipe, const std::string& input, std::size_t& written) {
  sigset_t broken, before;
  sigemptyset(&broken);
  sigaddset(&broken, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &broken, &before);
  const ssize_t count = ::write(pipe.get(), input.data() + written, input.size() - written);
  const int error = count < 0 ? errno : 0;
  if (error == EPIPE) {
    const timespec now{0, 0};
    ::sigtimedwait(&broken, nullptr, &now);
  }
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (count > 0) written += static_cast<std::size_t>(count);
  if (written == input.size() || (error != 0 && error != EAGAIN && error != EINTR)) pipe.close();
}

// The child's end, or nothing while it runs.
bool reap(pid_t child, Ending& ending) {
  int status = 0;
  if (::waitpid(child, &status, WNOHANG) != child) return false;
  if (WIFSIGNALED(status)) {
    ending.signal = WTERMSIG(status);
  } else {
    ending.exit_status = WEXITSTATUS(status);
  }
  return true;
}

}  // namespace

Ending run_child(const std::vector<std::string>& command, const std::string& input,
                 std::size_t most_output, const std::function<void(const std::string&)>& line,
                 const std::function<bool()>& stop, const std::vector<std::string>& variables) {
  Pipe to_child = make_pipe(), from_child = make_pipe();
  const pid_t child = start(command, variables, to_child.read.get(), from_child.write.get());
  to_child.read.close();
  from_child.write.close();
  ::fcntl(to_child.write.get(), F_SETFL, O_NONBLOCK);
  ::fcntl(from_child.read.get(), F_SETFL, O_NONBLOCK);

  Ending ending;
  Lines lines(most_output, line);
  std::size_t written = 0;
  Clock::time_point kill_at = Clock::time_point::max();
  for (bool ended = false;;) {
    std::array<pollfd, 2> wait{
        {{from_child.read.get(), POLLIN, 0}, {to_child.write.get(), POLLOUT, 0}}};
    // With its output closed, only its end is awaited, which no descriptor tells.
    const int pause = ended ? 0 : from_child.read.get() < 0 ? glance_ms / 20 : glance_ms;
    ::poll(wait.data(), wait.size(), pause);
    if (wait[1].revents != 0) feed(to_child.write, input, written);
    std::array<char, 4096> bytes;
    ssize_t count = 0;
    while ((count = ::read(from_child.read.get(), bytes.data(), bytes.size())) > 0)
      lines.add(bytes.data(), static_cast<std::size_t>(count));
    // What it started in the background may hold the pipe: the program's own end counts.
    if (ended) break;
    if (count == 0) from_child.read.close();
    ended = reap(child, ending);
    if (ended) continue;
    if (!ending.stopped && stop()) {
      ending.stopped = true;
      kill_at = Clock::now() + grace;
      ::kill(-child, SIGTERM);
    } else if (Clock::now() >= kill_at) {
      ::kill(-child, SIGKILL);
    }
  }
  // Nothing of a stopped program lives on.
  if (ending.stopped) ::kill(-child, SIGKILL);
  lines.finish();
  return ending;
}

}  // namespace action_common
