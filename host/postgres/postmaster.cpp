// SPDX-License-Identifier: MIT
#include "host/postgres/postmaster.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <charconv>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace host::postgres {
namespace {

namespace fs = std::filesystem;

bool same_folder(const fs::path& a, const fs::path& b) {
  struct stat first {
  }, second{};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

bool has_proc() {
  return fs::exists("/proc/self/cwd");
}

// Every process of a server stands in its data folder. Where the system has no /proc, a process
// with the right number has to do.
bool is_server_process(pid_t pid, const fs::path& data_dir) {
  if (pid <= 0 || (::kill(pid, 0) != 0 && errno == ESRCH)) return false;
  const fs::path process = fs::path("/proc") / std::to_string(pid);
  if (!has_proc()) return true;
  std::error_code unreadable;
  const std::string program = fs::read_symlink(process / "exe", unreadable).filename();
  return program.starts_with("postgres") && same_folder(process / "cwd", data_dir);
}

std::vector<pid_t> server_processes(const fs::path& data_dir) {
  std::vector<pid_t> found;
  if (!has_proc()) return found;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", ignored)) {
    const std::string name = entry.path().filename();
    pid_t pid = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (parsed.ec == std::errc() && is_server_process(pid, data_dir)) found.push_back(pid);
  }
  return found;
}

}  // namespace

Postmaster find_postmaster(const fs::path& data_dir) {
  // pid, data folder, start time, port, socket folder, listen address, shared memory, status
  std::ifstream file(data_dir / "postmaster.pid");
  std::vector<std::string> lines(8);
  for (std::string& line : lines) std::getline(file, line);
  Postmaster postmaster;
  std::from_chars(lines[0].data(), lines[0].data() + lines[0].size(), postmaster.pid);
  if (!is_server_process(postmaster.pid, data_dir)) return {};
  postmaster.socket_dir = lines[4];
  postmaster.ready = lines[7].starts_with("ready");
  return postmaster;
}

void clear_remains(const fs::path& data_dir, const fs::path& socket_dir) {
  // A session notices the loss of its parent at once when it is idle, and after its statement
  // otherwise. As long as one is there, the server refuses to start, for the data's sake.
  constexpr auto patience = std::chrono::seconds(5);
  for (const int signal : {0, SIGQUIT, SIGKILL})
    for (const pid_t pid : server_processes(data_dir)) {
      ::kill(pid, signal);
      wait_for_end(pid, data_dir, signal == 0 ? std::chrono::seconds(1) : patience);
    }
  std::error_code absent;
  fs::remove(data_dir / "postmaster.pid", absent);
  fs::remove(socket_dir / ".s.PGSQL.5432.lock", absent);
}

bool wait_for_end(pid_t pid, const fs::path& data_dir, std::chrono::milliseconds patience) {
  const auto limit = std::chrono::steady_clock::now() + patience;
  for (;;) {
    ::waitpid(pid, nullptr, WNOHANG);  // where we started it ourselves
    if (!is_server_process(pid, data_dir)) return true;
    if (std::chrono::steady_clock::now() >= limit) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace host::postgres
