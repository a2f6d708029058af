// SPDX-License-Identifier: MIT
// Programs of the PostgreSQL package, run as an unprivileged user where we are root: the server
// refuses to run as root, and runuser and su are not everywhere. Internal to this floor.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace host::postgres {

struct SystemUser {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name;  // its number where it has none
};
SystemUser user_of(uid_t uid, gid_t gid_without_entry);
std::optional<SystemUser> find_user(const std::string& name);

// Whom a child becomes; nothing: it stays what we are.
using RunAs = std::optional<SystemUser>;

struct ProcessEnd {
  int status = 0;      // the exit status, or 128 and the signal's number
  std::string output;  // standard output and standard error
};
// Runs a program (an absolute path and its arguments) to its end, from / and with a small
// environment in the C locale. Throws std::system_error where there is no process to be had.
ProcessEnd run_program(const std::vector<std::string>& arguments, const RunAs& user);

// Starts a program in a session of its own that holds nothing of ours open, its output appended to
// `log`. It is our child until one of us ends.
pid_t start_daemon(const std::vector<std::string>& arguments, const RunAs& user,
                   const std::filesystem::path& log);

// Whether that user may use paths below a folder.
bool can_enter(const SystemUser& user, const std::filesystem::path& folder);

}  // namespace host::postgres
