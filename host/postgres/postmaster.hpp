// SPDX-License-Identifier: MIT
// The processes of one data folder, told from strangers that got their numbers after a crash.
// Internal to this floor.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>

namespace host::postgres {

struct Postmaster {
  pid_t pid = 0;  // 0: none runs
  std::filesystem::path socket_dir;
  bool ready = false;  // it has opened its socket there
};
// The server that runs on that data folder.
Postmaster find_postmaster(const std::filesystem::path& data_dir);

// What a killed server left behind and the next one would stumble over: server processes without
// their parent are ended, pid files removed. Only while no server runs and none is being started.
void clear_remains(const std::filesystem::path& data_dir, const std::filesystem::path& socket_dir);

// Waits for its end; false when it is still there after `patience`.
bool wait_for_end(pid_t pid, const std::filesystem::path& data_dir,
                  std::chrono::milliseconds patience);

}  // namespace host::postgres
