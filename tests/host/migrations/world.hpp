// SPDX-License-Identifier: MIT
// A project folder and a database that are there for one test, and runs of migrations between them.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <vector>

#include "host/foundation/file.hpp"
#include "host/migrations/ledger.hpp"
#include "host/migrations/run.hpp"
#include "tests/host/hooks/actions.hpp"
#include "tests/host/postgres/database.hpp"
#include "tests/support/refusal.hpp"

namespace host::test {

struct World {
  World() {
    char name[] = "/tmp/confiture-test.XXXXXX";
    project.root = ::mkdtemp(name);
    std::filesystem::create_directories(project.migrations_dir());
    environment = environment_at(database.url());
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() { std::filesystem::remove_all(project.root); }

  void write(const std::string& name, std::string_view text) {
    write_file(project.migrations_dir() / name, text);
  }
  // VERSION_NAME, its way up and its way down.
  void migration(const std::string& key, std::string_view up, std::string_view down) {
    write(key + ".up.sql", up);
    write(key + ".down.sql", down);
  }

  // Runs everything; what it refused, in one line, or "".
  std::string up(const std::string& to = {}) {
    return go([&](migrations::Run& run) {
      run.prepare_up(to.empty() ? std::nullopt : migrations::Version::parse(to));
    });
  }
  std::string down(std::size_t steps = 1, const std::string& to = {}) {
    return go([&](migrations::Run& run) {
      run.prepare_down({steps, to.empty() ? std::nullopt : migrations::Version::parse(to)});
    });
  }
  std::string go(const std::function<void(migrations::Run&)>& prepare) {
    const auto connection = database.connect(), side = database.connect();
    const auto note = [this](std::string_view text) {
      messages.emplace_back(text);
      if (on_message) on_message();
    };
    extensions::Session session;
    session.cancellation = &cancellation;
    hooks::Runner runner(actions.list(), session, {"test", database.name(), note});
    migrations::Run run(*connection, *side, runner,
                        {project,
                         environment,
                         cancellation,
                         lock_wait,
                         mode,
                         note,
                         note,
                         {},
                         "migrate test",
                         recovery,
                         allow_out_of_order});
    current = connection.get();
    std::string said = refusal([&] {
      prepare(run);
      if (mode == Mode::rehearse) rehearsal = run.rehearse();
      if (mode != Mode::apply) return;
      for (std::size_t i = 0; i < run.plan().steps.size(); ++i) run.execute(i);
      run.complete();
    });
    phases.clear();
    for (const hooks::Outcome& each : runner.outcomes()) phases += each.name + " ";
    return said;
  }

  std::string applied() {
    std::string text;
    const auto connection = database.connect();
    for (const migrations::Applied& each : migrations::Ledger(*connection).applied())
      text += each.key() + " ";
    return text;
  }
  std::string ask(const std::string& sql) { return database.connect()->query(sql).text(0, 0); }
  bool has(const std::string& relation) {
    return ask("SELECT to_regclass('" + relation + "') IS NOT NULL") == "t";
  }

  TestDatabase database;
  config::Project project;
  config::Environment environment;
  Cancellation cancellation;
  Actions actions;
  std::chrono::milliseconds lock_wait{10'000};
  using Mode = migrations::Run::Setting::Mode;
  Mode mode = Mode::apply;
  migrations::Recovery recovery;
  bool allow_out_of_order = false;
  migrations::Rehearsal rehearsal;          // of the last run with that mode
  postgres::Connection* current = nullptr;  // of the run that goes on
  std::vector<std::string> messages;
  std::function<void()> on_message;  // may be empty
  std::string phases;                // the names of the hooks that ran
};

inline void three_tables(World& world) {
  world.migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
  world.migration("2_b", "CREATE TABLE b (id int);", "DROP TABLE b;");
  world.migration("10_c", "CREATE TABLE c (id int);", "DROP TABLE c;");
}

}  // namespace host::test
