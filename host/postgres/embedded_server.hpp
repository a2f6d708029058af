// SPDX-License-Identifier: MIT
// A private PostgreSQL server for `database: embedded`: made with the PostgreSQL package's own
// binaries under the project's .confiture/, on a Unix socket, shared by every run of the project.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/foundation/error.hpp"

namespace host::postgres {

class EmbeddedServer {
 public:
  // Where one project's server lives. Its data is under root/.confiture/postgres, its socket too,
  // unless the path would pass the system's limit of 107 bytes or lies where the server's user
  // cannot go (a root-owned 0700 folder): then in a folder of its own that .confiture/ names.
  explicit EmbeddedServer(const std::filesystem::path& project_root);

  struct Status {
    bool running = false;
    int pid = 0;
    std::string version;  // "15.18"
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
  std::filesystem::path root_;
  std::filesystem::path data_dir_, socket_dir_;
};

// The server's binaries of the newest major there is: CONFITURE_PG_BINDIR, pg_config --bindir, or
// the usual places; throws embedded.no_binaries listing where it looked.
std::filesystem::path find_server_binaries();

}  // namespace host::postgres
