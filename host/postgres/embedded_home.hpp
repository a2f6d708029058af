// SPDX-License-Identifier: MIT
// Where the embedded server of a project keeps its data and its socket, and who owns them.
// Internal to this floor.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "host/postgres/child_process.hpp"

namespace host::postgres {

struct EmbeddedHome {
  std::filesystem::path notes;    // PROJECT/.confiture: the lock, and where the rest is
  std::filesystem::path folder;   // data and log; belongs to the server's user
  std::filesystem::path sockets;  // 0700: its permissions are the server's access control
  RunAs user;                     // nothing: the server runs as we do

  std::filesystem::path data() const { return folder / "data"; }
  std::filesystem::path log() const { return folder / "log"; }
};

// Looks, and writes nothing. The answer depends on the project's path alone, not on what a file in
// the project says.
EmbeddedHome find_home(const std::filesystem::path& project_root);

// Makes the folders that are not there. Throws embedded.start_failed for one that belongs to
// someone else.
void make_home(const EmbeddedHome& home);

// Whether nobody but the server's user (and root) can have put a socket there.
bool sockets_are_private(const EmbeddedHome& home);

// libpq parameters for a database of that server, whether or not either is there.
std::string embedded_conninfo(const EmbeddedHome& home, std::string_view database);

}  // namespace host::postgres
