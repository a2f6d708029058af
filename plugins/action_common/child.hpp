// SPDX-License-Identifier: MIT
// A child process in a process group of its own: fed, read and, when it must stop, killed with all
// that it started.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace action_common {

struct Ending {
  bool stopped = false;  // killed because `stop` said so
  int exit_status = 0;   // when it ended by itself
  int signal = 0;        // what ended it otherwise
};

// Runs `command` without a shell, `input` on its standard input, signal handlers and mask as a
// fresh program expects them, `variables` ("NAME=value") in its environment beside this process's
// own. Each line that it writes, to either stream, goes to `line`, up to `most_output` bytes in
// all. Asks `stop` some ten times a second; once that is true the group gets SIGTERM, and SIGKILL
// two seconds later. Throws confiture::Error when it cannot be started.
Ending run_child(const std::vector<std::string>& command, const std::string& input,
                 std::size_t most_output, const std::function<void(const std::string&)>& line,
                 const std::function<bool()>& stop, const std::vector<std::string>& variables = {});

}  // namespace action_common
