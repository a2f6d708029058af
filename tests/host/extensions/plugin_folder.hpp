// SPDX-License-Identifier: MIT
// The plugins that the build made for these tests, and how to load and call them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/extensions/instance.hpp"
#include "host/extensions/registry.hpp"
#include "tests/support/refusal.hpp"

namespace host::extensions::test {

using host::test::refusal;

std::filesystem::path bad_plugin(const std::string& name);  // .../confiture-NAME.so
std::filesystem::path fossil();

// Loads one file as the configuration would name it, and nothing else.
Registry load_file(const std::filesystem::path& file, const std::vector<std::string>& allow = {},
                   const std::optional<std::string>& sha256 = {});
Registry load_bad(const std::string& name, const std::vector<std::string>& allow = {});

// One batch with one column, "public.customer.email"; an input without a value is NULL.
std::vector<std::optional<std::string>> apply_to(
    Instance& instance, const std::vector<std::optional<std::string>>& values);

// A folder of its own under /tmp with mode 0700, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace host::extensions::test
