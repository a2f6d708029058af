// SPDX-License-Identifier: MIT
#include "host/foundation/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "host/foundation/errors.hpp"

namespace host {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  int number() const { return number_; }
  int close() {
    const int result = number_ >= 0 ? ::close(number_) : 0;
    number_ = -1;
    return result;
  }

 private:
  int number_;
};

[[noreturn]] void fail(ErrorCode code, std::string_view verb, const std::filesystem::path& path) {
  throw Error(code, fmt::format("cannot {} '{}': {}", verb, path.string(), std::strerror(errno)));
}

void write_all(int file, std::string_view text, const std::filesystem::path& path) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errors::file_not_writable, "write", path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0)
    fail(errno == ENOENT ? errors::file_not_found : errors::file_not_readable, "read", path);
  struct stat status {};
  if (::fstat(file.number(), &status) == 0 && S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    fail(errors::file_not_readable, "read", path);
  }
  std::string text;
  std::size_t size = 0;
  text.resize(static_cast<std::size_t>(status.st_size) + 1);
  for (;;) {
    if (size == text.size()) text.resize(text.size() * 2);
    const ssize_t got = ::read(file.number(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(errors::file_not_readable, "read", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

void write_file(const std::filesystem::path& path, std::string_view text, unsigned mode) {
  struct stat status {};
  std::filesystem::path real = path;
  if (::stat(path.c_str(), &status) == 0) {
    if (!S_ISREG(status.st_mode)) {
      Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
      if (file.number() < 0) fail(errors::file_not_writable, "write", path);
      write_all(file.number(), text, path);
      return;
    }
    mode = status.st_mode & 07777u;
    std::error_code none;
    real = std::filesystem::canonical(path, none);
    if (none) real = path;
  }
  std::string beside = real.string() + ".XXXXXX";
  Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
  if (file.number() < 0) fail(errors::file_not_writable, "write", path);
  try {
    write_all(file.number(), text, path);
    if (::fchmod(file.number(), mode) != 0 || ::fsync(file.number()) != 0 || file.close() != 0 ||
        ::rename(beside.c_str(), real.c_str()) != 0)
      fail(errors::file_not_writable, "write", path);
  } catch (...) {
    ::unlink(beside.c_str());
    throw;
  }
}

std::string display_path(const std::filesystem::path& path, const std::filesystem::path& base) {
  const auto relative = path.lexically_relative(base);
  return relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

}  // namespace host
