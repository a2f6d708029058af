// SPDX-License-Identifier: MIT
// A server of tests/support in a process of its own, and what it has logged.
#pragma once

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/checkout.hpp"

namespace test {

class FakeServer {
 public:
  // `name` is fake_http or fake_smtp, `argument` what follows the log.
  explicit FakeServer(const std::string& name, const std::string& argument = "") {
    std::string folder = "/tmp/confiture-fake.XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder_ = folder;
    const auto script = checkout() / "tests" / "support" / name;
    process_ = ::popen(
        ("exec python3 " + script.string() + " " + log().string() + " " + argument).c_str(), "r");
    if (process_ == nullptr || std::fscanf(process_, "%d", &port_) != 1)
      throw std::runtime_error(name + " does not start");
  }
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;
  ~FakeServer() {
    // Its folder going ends it. First by another name: a log that it writes meanwhile would keep
    // the folder from being removed, and the server waiting for that for ever.
    const std::filesystem::path gone = folder_.string() + ".gone";
    std::error_code none;
    std::filesystem::rename(folder_, gone, none);
    std::filesystem::remove_all(gone, none);
    ::pclose(process_);
  }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  std::filesystem::path log() const { return folder_ / "log"; }
  std::vector<std::string> lines() const {
    std::vector<std::string> found;
    std::ifstream file(log());
    for (std::string line; std::getline(file, line);) found.push_back(line);
    return found;
  }

 private:
  std::filesystem::path folder_;
  std::FILE* process_ = nullptr;
  int port_ = 0;
};

// The text of a member of one of the fakes' lines: member(line, "key").
inline std::string member(const std::string& line, const std::string& name) {
  const std::string start = "\"" + name + "\": \"";
  const std::size_t at = line.find(start);
  if (at == std::string::npos) return "";
  return line.substr(at + start.size(), line.find('"', at + start.size()) - at - start.size());
}

}  // namespace test
