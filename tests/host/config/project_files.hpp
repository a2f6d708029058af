// SPDX-License-Identifier: MIT
// A project in a folder of its own, for tests of the files that configure it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "host/foundation/file.hpp"

namespace host::config::test {

class ProjectFiles {
 public:
  explicit ProjectFiles(const std::string& confiture_yaml = "") {
    std::string name = "/tmp/confiture-test.XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    root_ = std::filesystem::canonical(name);
    std::filesystem::create_directories(root_ / "db" / "environments");
    add("db/confiture.yaml", confiture_yaml);
  }
  ProjectFiles(const ProjectFiles&) = delete;
  ProjectFiles& operator=(const ProjectFiles&) = delete;
  ~ProjectFiles() {
    std::error_code none;
    std::filesystem::remove_all(root_, none);
  }

  std::filesystem::path add(const std::string& name, const std::string& text,
                            unsigned mode = 0644) const {
    write_file(root_ / name, text, mode);
    return root_ / name;
  }
  const std::filesystem::path& root() const { return root_; }

 private:
  std::filesystem::path root_;
};

}  // namespace host::config::test
