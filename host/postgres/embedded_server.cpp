// SPDX-License-Identifier: MIT
#include "host/postgres/embedded_server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <locale.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fstream>
#include <random>
#include <thread>

#include "host/foundation/text.hpp"
#include "host/postgres/child_process.hpp"
#include "host/postgres/embedded_home.hpp"
#include "host/postgres/errors.hpp"
#include "host/postgres/postmaster.hpp"
#include "host/postgres/session.hpp"

namespace host::postgres {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto start_patience = std::chrono::seconds(60);
constexpr auto tick = std::chrono::milliseconds(20);

[[noreturn]] void fail(std::string message, std::string hint) {
  throw Error(errors::start_failed, std::move(message), std::move(hint));
}

// One run at a time makes, starts or stops the server; the others find it done.
class HomeLock {
 public:
  explicit HomeLock(const fs::path& file)
      : number_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (number_ < 0)
      fail(fmt::format("cannot lock '{}': {}", file.string(), std::strerror(errno)),
           "run confiture as the same user every time");
    const auto limit = Clock::now() + 2 * start_patience;
    while (::flock(number_, LOCK_EX | LOCK_NB) != 0) {
      if (Clock::now() > limit) {
        ::close(number_);
        fail(fmt::format("another run holds '{}' for two minutes now", file.string()),
             "see what it does: fuser -v on that file");
      }
      std::this_thread::sleep_for(tick);
    }
  }
  HomeLock(const HomeLock&) = delete;
  HomeLock& operator=(const HomeLock&) = delete;
  ~HomeLock() { ::close(number_); }

 private:
  int number_;
};

std::string read_small(const fs::path& file) {
  std::string text;
  std::ifstream stream(file);
  std::getline(stream, text);
  return text;
}

std::uintmax_t size_of(const fs::path& file) {
  std::error_code absent;
  const std::uintmax_t size = fs::file_size(file, absent);
  return absent ? 0 : size;
}

std::string last_lines(std::string_view text) {
  std::vector<std::string> lines = split_text(trim(text), '\n');
  constexpr std::size_t most = 10;
  std::string tail;
  for (std::size_t i = lines.size() > most ? lines.size() - most : 0; i < lines.size(); ++i)
    tail += "\n  " + printable(lines[i]);
  return tail;
}

std::string log_since(const fs::path& log, std::uintmax_t start) {
  if (fs::is_symlink(log)) return {};  // as root we would read what its maker may not
  std::ifstream stream(log);
  stream.seekg(static_cast<std::streamoff>(start));
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

// The programs that can read the data that is there.
fs::path binaries_for(const std::string& version, const EmbeddedHome& home) {
  int major = 0;
  std::from_chars(version.data(), version.data() + version.size(), major);
  fs::path binaries;
  int found = 0;
  try {
    binaries = find_server_binaries(major);
    found = server_major(binaries);
  } catch (const Error&) {
    found = server_major(find_server_binaries());
  }
  if (found == major) return binaries;
  fail(fmt::format("the embedded server's data in '{}' is of PostgreSQL {}, and the programs that "
                   "are installed are of {}",
                   home.data().string(), major, found),
       fmt::format("install the package 'postgresql-{}', or move the data away to begin with an "
                   "empty server",
                   major));
}

// Text sorts by code point, and upper() and lower() know every letter, where the system can.
const char* cluster_locale() {
  const locale_t locale = newlocale(LC_ALL_MASK, "C.UTF-8", nullptr);
  if (locale == nullptr) return "C";
  freelocale(locale);
  return "C.UTF-8";
}

// As postgresql.conf's lists want it: in quotes, since a folder's name may hold a comma or a blank.
std::string list_item(const fs::path& path) {
  std::string item = "\"";
  for (const char c : path.string()) {
    if (c == '"') item += c;
    item += c;
  }
  return item + '"';
}

}  // namespace

EmbeddedServer::EmbeddedServer(const fs::path& project_root)
    : home_(std::make_shared<const EmbeddedHome>(find_home(project_root))) {}

bool EmbeddedServer::answers() const {
  return sockets_are_private(*home_) &&
         PQping(embedded_conninfo(*home_, "postgres").c_str()) == PQPING_OK;
}

EmbeddedServer::Status EmbeddedServer::status() const {
  Status status;
  status.data_dir = home_->data();
  status.socket_dir = home_->sockets;
  status.log_file = home_->log();
  status.version = read_small(home_->data() / "PG_VERSION");
  status.pid = find_postmaster(home_->data()).pid;
  status.running = status.pid != 0;
  if (!status.running || !sockets_are_private(*home_)) return status;
  const Session session(PQconnectdb(embedded_conninfo(*home_, "postgres").c_str()));
  if (const char* version = PQparameterStatus(session.get(), "server_version"))
    status.version = split_text(version, ' ').front();  // "15.18 (Debian 15.18-0+deb12u1)"
  return status;
}

void EmbeddedServer::ensure_running() {
  if (answers()) return;
  try {
    make_home(*home_);
    const HomeLock lock(home_->notes / "lock");
    if (!answers()) start_locked();
  } catch (const std::system_error& failure) {
    fail(fmt::format("the embedded server cannot be started: {}", failure.what()),
         fmt::format("it lives in '{}'", home_->folder.string()));
  }
}

void EmbeddedServer::start_locked() const {
  if (const Postmaster other = find_postmaster(home_->data()); other.pid != 0) {
    // Started by a run that ended meanwhile?
    if (other.socket_dir == home_->sockets && !other.ready)
      return wait_until_ready(other.pid, size_of(home_->log()));
    if (answers()) return;
    // The project was moved and its socket is elsewhere, or someone removed the socket.
    stop_locked();
  }
  const std::string version = read_small(home_->data() / "PG_VERSION");
  const fs::path binaries =
      version.empty() ? find_server_binaries() : binaries_for(version, *home_);
  if (version.empty()) make_cluster(binaries);
  launch(binaries);
}

void EmbeddedServer::make_cluster(const fs::path& binaries) const {
  // Made beside its place: what a killed initdb leaves is never taken for a cluster.
  // Each in a folder of its own, for the case that the other initdb still runs.
  constexpr std::string_view prefix = "data.new.";
  for (const fs::directory_entry& entry : fs::directory_iterator(home_->folder))
    if (entry.path().filename().string().starts_with(prefix)) fs::remove_all(entry.path());
  const fs::path unfinished =
      home_->folder / fmt::format("{}{:08x}", prefix, std::random_device{}());
  const ProcessEnd end =
      run_program({binaries / "initdb", "-D", unfinished, "-U", "postgres", "--auth=trust",
                   "--encoding=UTF8", fmt::format("--locale={}", cluster_locale()), "--no-sync"},
                  home_->user);
  std::error_code failure;
  if (end.status == 0) fs::rename(unfinished, home_->data(), failure);
  if (end.status != 0 || failure)
    fail(
        fmt::format("the embedded server's data cannot be made in '{}': {}", home_->folder.string(),
                    end.status == 0 ? failure.message()
                                    : fmt::format("initdb ended with status {}{}", end.status,
                                                  last_lines(end.output))),
        "check the disk's free space and who may enter the folder");
}

void EmbeddedServer::launch(const fs::path& binaries) const {
  constexpr std::uintmax_t longest_log = 4 << 20;
  clear_remains(home_->data(), home_->sockets);
  std::error_code ignored;
  if (size_of(home_->log()) > longest_log) fs::remove(home_->log(), ignored);
  const std::uintmax_t log_start = size_of(home_->log());
  const pid_t pid =
      start_daemon({binaries / "postgres", "-D", home_->data(), "-c", "listen_addresses=", "-c",
                    "port=5432", "-c", "unix_socket_directories=" + list_item(home_->sockets), "-c",
                    "unix_socket_permissions=0700", "-c", "logging_collector=off", "-c",
                    "log_destination=stderr", "-c", "synchronous_commit=off",
                    // A failed statement's text and values are the client's to tell, not the log's.
                    "-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse"},
                   home_->user, home_->log());
  wait_until_ready(pid, log_start);
}

void EmbeddedServer::wait_until_ready(int pid, std::uintmax_t log_start) const {
  const std::string conninfo = embedded_conninfo(*home_, "postgres");
  auto limit = Clock::now() + start_patience;
  for (;;) {
    const PGPing answer = PQping(conninfo.c_str());
    if (answer == PQPING_OK) return;
    // It is there, and recovers from a crash: that takes what it takes.
    if (answer == PQPING_REJECT) limit = Clock::now() + start_patience;
    const bool ended =
        ::waitpid(pid, nullptr, WNOHANG) == pid || (::kill(pid, 0) != 0 && errno == ESRCH);
    if (ended || Clock::now() > limit) {
      if (!ended) ::kill(pid, SIGQUIT);
      fail(fmt::format("the embedded server {}:{}",
                       ended ? "ended while it started" : "did not answer for a minute",
                       last_lines(log_since(home_->log(), log_start))),
           fmt::format("its log is '{}'", home_->log().string()));
    }
    // Each question that it rejects is a line in its log.
    std::this_thread::sleep_for(answer == PQPING_REJECT ? 5 * tick : tick);
  }
}

bool EmbeddedServer::stop() {
  if (!fs::exists(home_->notes)) return false;
  const HomeLock lock(home_->notes / "lock");
  return stop_locked();
}

bool EmbeddedServer::stop_locked() const {
  const pid_t pid = find_postmaster(home_->data()).pid;
  if (pid == 0) return false;
  // Fast: open transactions are rolled back. Then immediate, which the next start recovers from.
  for (const int signal : {SIGINT, SIGQUIT}) {
    if (::kill(pid, signal) != 0 && errno == EPERM) break;
    if (wait_for_end(pid, home_->data(), start_patience)) return true;
  }
  fail(fmt::format("the embedded server, pid {}, cannot be stopped: {}", pid, std::strerror(errno)),
       fmt::format("its log is '{}'", home_->log().string()));
}

}  // namespace host::postgres
