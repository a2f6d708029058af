// SPDX-License-Identifier: MIT
// A program run to its end without a shell, and a folder that only we can read for what it takes
// and gives.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace host::review {

// Removed with everything in it at the end of its life.
class PrivateFolder {
 public:
  PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder();
  std::filesystem::path write(const std::string& name, const std::string& text) const;
  std::filesystem::path path(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

struct Streams {
  std::filesystem::path input;      // standard input
  std::filesystem::path output;     // standard output
  bool errors_to_terminal = false;  // standard error: ours; else to `output`
};

// The exit status, 128 and the signal's number, or nothing where the program is not there. It gets
// our environment, and PATH is searched for it.
std::optional<int> run_program(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace host::review
