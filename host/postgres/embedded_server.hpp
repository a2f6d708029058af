// SPDX-License-Identifier: MIT
// A private PostgreSQL server for `database: embedded`: made with the PostgreSQL package's own
// binaries under the project's .confiture/, on a Unix socket, shared by every run of the project.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "host/foundation/error.hpp"

namespace host::postgres {

struct EmbeddedHome;  // embedded_home.hpp

class EmbeddedServer {
 public:
  // Where one project's server lives; writes nothing. Its data is under root/.confiture/postgres,
  // its socket too, unless the path would pass the system's limit of 107 bytes or lies where the
  // server's user cannot go (a root-owned 0700 folder): then in a folder of its own that
  // .confiture/ names.
  explicit EmbeddedServer(const std::filesystem::path& project_root);

  struct Status {
    bool running = false;
    int pid = 0;
    std::string version;  // "15.18"; "15" where it does not run, "" where there is no data
    std::filesystem::path data_dir, socket_dir, log_file;
  };
  Status status() const;

  // Starts it, once, whoever else tries at the same time; makes the cluster first where there is
  // none; recovers from a pid file that a kill left behind. Throws embedded.no_binaries (naming the
  // package), embedded.start_failed (with the end of the log).
  void ensure_running();
  // Waits until it is down; false when it was not running.
  bool stop();

  // libpq parameters for a database of that name, which is created when it is not there.
  std::string conninfo(const std::string& database);
  // A URL that psql understands, for the same database.
  std::string url(const std::string& database) const;

 private:
  bool answers() const;
  void start_locked() const;
  void make_cluster(const std::filesystem::path& binaries) const;
  void launch(const std::filesystem::path& binaries) const;
  void wait_until_ready(int pid, std::uintmax_t log_start) const;
  bool stop_locked() const;

  std::shared_ptr<const EmbeddedHome> home_;
};

// The folder of the server's programs, of that major version or of the newest there is:
// CONFITURE_PG_BINDIR, pg_config --bindir, or the usual places. Throws embedded.no_binaries listing
// where it looked.
std::filesystem::path find_server_binaries(std::optional<int> major = {});
// 15, of the server's programs in a folder; 0 where there are none.
int server_major(const std::filesystem::path& binaries);

}  // namespace host::postgres
