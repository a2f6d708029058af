// SPDX-License-Identifier: MIT
// A folder of dumps, of which the newest are kept.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace backup {

class Folder {
 public:
  // Makes it, for its owner alone, where it is not there. `series` tells its dumps from those of
  // other databases: any text. Throws confiture::Error.
  Folder(const std::filesystem::path& path, std::string_view series);
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  // Removes an unfinished dump.
  ~Folder();

  // An empty file for the new dump, readable by its owner alone.
  const std::filesystem::path& unfinished() const { return unfinished_; }
  // Gives it the name by which it is kept: SERIES-20260131T093000123Z.dump.
  std::filesystem::path finish();
  // Removes the oldest of the series until `count` are left; how many were removed.
  std::size_t keep(std::size_t count) const;

 private:
  std::filesystem::path path_, unfinished_;
  std::string prefix_;
};

}  // namespace backup
