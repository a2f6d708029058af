// SPDX-License-Identifier: MIT
// Whether a plugin file may be loaded: its code gets all that this process may do, so nobody but
// its owner and root may be able to change it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "host/foundation/error.hpp"

namespace host::extensions {

// A plugin file, opened and found trustworthy. What is guaranteed: owner and mode were read from
// the opened file, the pin was computed from its bytes, and neither the file nor its folder can be
// written by anybody but this user and root. dlopen() opens the path once more (a /proc/self/fd
// path would hide the file's name from debuggers and sanitizers); confirm_unchanged() then tells
// whether it was still the same file. Only this user or root could have changed it in between.
class TrustedFile {
 public:
  // Throws plugin.not_found, plugin.not_trusted or plugin.pin_mismatch.
  TrustedFile(const std::filesystem::path& path, const std::optional<std::string>& pin,
              const Place& place);
  TrustedFile(const TrustedFile&) = delete;
  TrustedFile& operator=(const TrustedFile&) = delete;
  ~TrustedFile();

  const std::filesystem::path& path() const { return path_; }  // canonical
  // Throws plugin.not_trusted when the path is another file by now, or was written to.
  void confirm_unchanged() const;

 private:
  std::filesystem::path path_;
  Place place_;
  int file_ = -1;
};

}  // namespace host::extensions
