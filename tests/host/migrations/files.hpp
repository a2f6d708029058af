// SPDX-License-Identifier: MIT
// A folder of migrations that is there for one test, and what confiture reads in it as one text.
#pragma once

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "host/foundation/file.hpp"
#include "host/migrations/directory.hpp"
#include "host/migrations/reading.hpp"
#include "tests/support/refusal.hpp"

namespace host::test {

struct Files {
  Files() {
    char name[] = "/tmp/confiture-test.XXXXXX";
    project.root = ::mkdtemp(name);
    std::filesystem::create_directories(project.migrations_dir());
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files() { std::filesystem::remove_all(project.root); }

  void write(const std::string& name, std::string_view text) {
    const std::filesystem::path path = project.migrations_dir() / name;
    std::filesystem::create_directories(path.parent_path());
    write_file(path, text);
  }
  migrations::Directory read() { return migrations::read_directory(project, environment); }

  // What was refused, in one line, or "".
  std::string refused() {
    return refusal([&] { read(); });
  }

  // A line a migration: its statements with their places, up / down.
  std::string shown() {
    const migrations::Directory directory = read();
    std::string text(config::to_string(directory.layout));
    text += directory.detected ? " detected\n" : "\n";
    for (const migrations::Migration& each : directory.migrations) {
      text += each.key() + ":" + shown(each.up);
      if (each.down) text += " /" + shown(*each.down);
      text += "\n";
    }
    for (const std::string& warning : directory.warnings) text += "warning: " + warning + "\n";
    return text;
  }
  static std::string shown(const migrations::File& file) {
    const migrations::Reading reading = migrations::read_statements(file);
    std::string text = reading.header.transactional ? "" : " no transaction";
    for (const sql::Statement& each : reading.script.statements())
      text += fmt::format(" {}:{} {}", each.place.line, each.place.column, each.text);
    return text;
  }

  config::Project project;
  config::Environment environment;
};

}  // namespace host::test
