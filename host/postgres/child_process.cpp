// SPDX-License-Identifier: MIT
#include "host/postgres/child_process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace host::postgres {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// All that a child needs, made before fork(): between it and exec() only async-signal-safe calls
// are allowed, since another thread may hold the allocator's lock.
class Child {
 public:
  Child(const std::vector<std::string>& arguments, const RunAs& user)
      : arguments_(arguments), user_(user) {
    const char* path = std::getenv("PATH");
    environment_.push_back("PATH=" + std::string(path == nullptr ? "/usr/bin:/bin" : path));
    environment_.push_back("LC_ALL=C");
    if (const char* zone = std::getenv("TZ")) environment_.push_back("TZ=" + std::string(zone));
    for (std::string& text : arguments_) argv_.push_back(text.data());
    for (std::string& text : environment_) envp_.push_back(text.data());
    argv_.push_back(nullptr);
    envp_.push_back(nullptr);
    if (!user_) return;
    int count = 64;
    groups_.resize(64);
    while (getgrouplist(user_->name.c_str(), user_->gid, groups_.data(), &count) < 0)
      groups_.resize(groups_.size() * 2), count = static_cast<int>(groups_.size());
    groups_.resize(static_cast<std::size_t>(count));
  }

  bool become_user() const noexcept {
    return !user_ || (::setgroups(groups_.size(), groups_.data()) == 0 &&
                      ::setgid(user_->gid) == 0 && ::setuid(user_->uid) == 0);
  }

  // The log is opened by the user, so that a link in the user's folder leads nowhere special.
  [[noreturn]] void exec(int output, const char* log) const noexcept {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGCHLD, SIGUSR1, SIGUSR2})
      ::signal(number, SIG_DFL);
    ::umask(077);
    if (!become_user() || ::chdir("/") != 0) ::_exit(126);
    if (log != nullptr) output = ::open(log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
    const int input = ::open("/dev/null", O_RDONLY);
    if (input < 0 || output < 0 || ::dup2(input, 0) < 0 || ::dup2(output, 1) < 0 ||
        ::dup2(output, 2) < 0)
      ::_exit(126);
    ::closefrom(3);
    ::execve(argv_[0], argv_.data(), envp_.data());
    ::_exit(127);
  }

 private:
  std::vector<std::string> arguments_, environment_;
  std::vector<char*> argv_, envp_;
  const RunAs& user_;
  std::vector<gid_t> groups_;
};

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) fail("waitpid");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

SystemUser user_of(uid_t uid, gid_t gid_without_entry) {
  std::array<char, 16384> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
  if (found == nullptr) return {uid, gid_without_entry, std::to_string(uid)};
  return {uid, entry.pw_gid, entry.pw_name};
}

std::optional<SystemUser> find_user(const std::string& name) {
  std::array<char, 16384> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  getpwnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found);
  if (found == nullptr) return std::nullopt;
  return SystemUser{entry.pw_uid, entry.pw_gid, name};
}

ProcessEnd run_program(const std::vector<std::string>& arguments, const RunAs& user) {
  const Child child(arguments, user);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) fail("pipe");
  const pid_t pid = ::fork();
  if (pid == 0) child.exec(pipe[1], nullptr);
  const int fork_error = errno;
  ::close(pipe[1]);
  ProcessEnd end;
  if (pid > 0) {
    std::array<char, 4096> buffer{};
    ssize_t got = 0;
    while ((got = ::read(pipe[0], buffer.data(), buffer.size())) > 0 || (got < 0 && errno == EINTR))
      if (got > 0) end.output.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(pipe[0]);
  errno = fork_error;
  if (pid < 0) fail("fork");
  end.status = wait_for(pid);
  return end;
}

pid_t start_daemon(const std::vector<std::string>& arguments, const RunAs& user,
                   const std::filesystem::path& log) {
  const Child child(arguments, user);
  const pid_t pid = ::fork();
  if (pid < 0) fail("fork");
  if (pid == 0) {
    ::setsid();
    child.exec(-1, log.c_str());
  }
  return pid;
}

bool can_enter(const SystemUser& user, const std::filesystem::path& folder) {
  const RunAs run_as = user;
  const Child child({}, run_as);
  const pid_t pid = ::fork();
  if (pid < 0) fail("fork");
  if (pid == 0) ::_exit(child.become_user() && ::chdir(folder.c_str()) == 0 ? 0 : 1);
  return wait_for(pid) == 0;
}

}  // namespace host::postgres
