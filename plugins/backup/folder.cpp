// SPDX-License-Identifier: MIT
#include "plugins/backup/folder.hpp"

#include <confiture/error.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <system_error>
#include <vector>

namespace backup {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".dump";
constexpr std::size_t moment_size = 19;  // 20260131T093000123Z

std::string moment() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%Y%m%dT%H%M%S", &parts);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%s%03dZ", date.data(), static_cast<int>(ms % 1000));
  return text.data();
}

std::string as_file_name(std::string_view text) {
  std::string name;
  for (const char c : text)
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' ? c : '_';
  return name;
}

[[noreturn]] void fail(const std::string& what, const fs::path& path, int error) {
  throw confiture::Error(what + " '" + path.string() + "': " + std::strerror(error));
}

}  // namespace

Folder::Folder(const fs::path& path, std::string_view series)
    : path_(path), prefix_(as_file_name(series) + "-") {
  std::error_code error;
  if (!fs::exists(path_, error)) {
    if (path_.has_parent_path()) fs::create_directories(path_.parent_path(), error);
    if (::mkdir(path_.c_str(), 0700) != 0 && errno != EEXIST)
      fail("cannot make the folder", path_, errno);
  }
  unfinished_ = path_ / (prefix_ + moment() + std::string(ending) + ".unfinished");
  const int file = ::open(unfinished_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) fail("cannot write", unfinished_, errno);
  ::close(file);
}

Folder::~Folder() {
  std::error_code none;
  fs::remove(unfinished_, none);
}

fs::path Folder::finish() {
  fs::path finished = unfinished_;
  finished.replace_extension();  // without .unfinished
  if (::rename(unfinished_.c_str(), finished.c_str()) != 0) fail("cannot write", finished, errno);
  return finished;
}

std::size_t Folder::keep(std::size_t count) const {
  std::vector<fs::path> dumps;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(path_, error)) {
    const std::string name = entry.path().filename().string();
    if (name.size() == prefix_.size() + moment_size + ending.size() &&
        name.compare(0, prefix_.size(), prefix_) == 0 && entry.path().extension() == ending)
      dumps.push_back(entry.path());
  }
  std::sort(dumps.begin(), dumps.end());
  std::size_t removed = 0;
  while (dumps.size() - removed > count)
    if (!fs::remove(dumps[removed++], error) && error)
      fail("cannot remove", dumps[removed - 1], error.value());
  return removed;
}

}  // namespace backup
