// SPDX-License-Identifier: MIT
#include "tests/host/extensions/plugin_folder.hpp"

#include <stdlib.h>

#include <stdexcept>

namespace host::extensions::test {
namespace {

namespace fs = std::filesystem;

// The build tree's tests/, from the program's own place in bin/.
fs::path build_tests() {
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "tests";
}

}  // namespace

fs::path bad_plugin(const std::string& name) {
  return build_tests() / "bad_plugins" / ("confiture-" + name + ".so");
}

fs::path fossil() {
  return build_tests() / "fossil" / "confiture-fossil.so";
}

Registry load_file(const fs::path& file, const std::vector<std::string>& allow,
                   const std::optional<std::string>& sha256) {
  config::PluginEntry entry;
  entry.path = file;
  entry.allow = allow;
  entry.sha256 = sha256;
  SearchPath path;
  path.configured.push_back(entry);
  return Registry::load(path);
}

Registry load_bad(const std::string& name, const std::vector<std::string>& allow) {
  return load_file(bad_plugin(name), allow);
}

std::vector<std::optional<std::string>> apply_to(
    Instance& instance, const std::vector<std::optional<std::string>>& values) {
  std::vector<confiture_str> input;
  for (const auto& value : values)
    input.push_back(value ? confiture_str{value->data(), value->size()}
                          : confiture_str{nullptr, 0});
  std::vector<confiture_str> output = input;
  const confiture_str* columns[] = {input.data()};
  confiture_str* const out[] = {output.data()};
  confiture_batch batch{};
  batch.struct_size = sizeof batch;
  batch.target_count = 1;
  batch.column_count = 1;
  batch.row_count = values.size();
  batch.columns = columns;
  batch.out = out;
  CallContext context;
  context.object = "column public.customer.email";
  StrategyCalls calls(instance, context);
  calls.apply(batch);
  std::vector<std::optional<std::string>> results;
  for (const confiture_str& value : output)
    results.push_back(value.data == nullptr ? std::nullopt
                                            : std::optional(std::string(value.data, value.size)));
  return results;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = "/tmp/confiture-test.XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code none;
  fs::remove_all(path_, none);
}

}  // namespace host::extensions::test
