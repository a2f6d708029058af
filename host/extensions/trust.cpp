// SPDX-License-Identifier: MIT
#include "host/extensions/trust.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "host/extensions/errors.hpp"
#include "host/foundation/hash.hpp"

namespace host::extensions {
namespace {

namespace fs = std::filesystem;

// What is wrong with owner and mode, or nothing.
void check_owner_and_mode(const struct stat& status, const std::string& what, const fs::path& path,
                          const Place& place) {
  const uid_t me = ::geteuid();
  if (status.st_uid != 0 && status.st_uid != me)
    throw Error(errors::not_trusted,
                fmt::format("{} '{}' belongs to user {}, who is neither root nor user {}, who runs "
                            "this",
                            what, path.string(), status.st_uid, me),
                "copy the plugin to a folder of your own", place);
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    throw Error(errors::not_trusted,
                fmt::format("{} '{}' can be written by {}", what, path.string(),
                            (status.st_mode & S_IWOTH) != 0 ? "everybody" : "its group"),
                fmt::format("run: chmod go-w {}", path.string()), place);
}

std::string read_all(int file, const fs::path& path, const Place& place) {
  std::string bytes;
  std::array<char, 65536> buffer{};
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(file, buffer.data(), buffer.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      throw Error(
          errors::not_loadable,
          fmt::format("plugin file '{}' cannot be read: {}", path.string(), std::strerror(errno)),
          {}, place);
    if (got == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
    at += got;
  }
}

bool same_moment(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

}  // namespace

TrustedFile::TrustedFile(const fs::path& path, const std::optional<std::string>& pin,
                         const Place& place)
    : place_(place) {
  std::error_code none;
  path_ = fs::canonical(path, none);
  struct stat status {};
  // O_NONBLOCK: a pipe in the plugin's place must not hang the open.
  if (!none) file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file_ < 0 || ::fstat(file_, &status) != 0) {
    const int reason = none ? none.value() : errno;
    throw Error(
        reason == ENOENT ? errors::not_found : errors::not_loadable,
        fmt::format("plugin file '{}' cannot be opened: {}", path.string(), std::strerror(reason)),
        {}, place);
  }
  try {
    if (!S_ISREG(status.st_mode))
      throw Error(errors::not_loadable,
                  fmt::format("plugin file '{}' is not a regular file", path.string()), {}, place);
    check_owner_and_mode(status, "plugin file", path_, place);
    struct stat folder {};
    if (::stat(path_.parent_path().c_str(), &folder) == 0)
      check_owner_and_mode(folder, "the folder of a plugin", path_.parent_path(), place);
    if (pin) {
      const std::string digest = sha256_hex(read_all(file_, path_, place));
      if (digest != *pin)
        throw Error(errors::pin_mismatch,
                    fmt::format("plugin file '{}' is not the pinned one: its sha256 is {}",
                                path.string(), digest),
                    "if you trust this file, put that sha256 into db/confiture.yaml", place);
    }
  } catch (...) {
    ::close(file_);
    throw;
  }
}

TrustedFile::~TrustedFile() {
  ::close(file_);
}

void TrustedFile::confirm_unchanged() const {
  struct stat opened {};
  struct stat now {};
  if (::fstat(file_, &opened) == 0 && ::stat(path_.c_str(), &now) == 0 &&
      opened.st_dev == now.st_dev && opened.st_ino == now.st_ino && opened.st_size == now.st_size &&
      same_moment(opened.st_mtim, now.st_mtim))
    return;
  throw Error(errors::not_trusted,
              fmt::format("plugin file '{}' was replaced while it was loaded", path_.string()),
              "run it again", place_);
}

}  // namespace host::extensions
