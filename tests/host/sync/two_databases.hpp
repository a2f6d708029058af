// SPDX-License-Identifier: MIT
// A source and a target for one test, and a sync between them as the command would run it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/sync/sync.hpp"
#include "tests/host/postgres/database.hpp"

namespace host::sync::test {

using host::test::refusal;
using host::test::TestDatabase;

// A file of tests/data.
std::filesystem::path data_file(const std::string& name);
// The folder of real data sets, or an empty path where it is not there.
std::filesystem::path shared_data(const std::string& name);

// The first-party plugins of the build, and confiture-faults.
const extensions::Registry& registry();

// Runs a program with its standard input from `input`; returns its standard output. Throws where it
// fails.
std::string run_program(const std::string& command, const std::string& input = {});
void load_sql(const TestDatabase& database, const std::string& sql);

class TwoDatabases {
 public:
  TwoDatabases();
  ~TwoDatabases();

  // tests/data/sync_schema.sql in both, its rows in the source.
  void fill();
  // The source's schema in the target too.
  void clone_schema();

  // `rules` is YAML for anonymization.tables, or empty.
  Report run(const std::string& rules = {}, Request request = {});
  std::unique_ptr<Sync> prepare(const std::string& rules = {}, Request request = {});
  std::string refusal_of(const std::string& rules = {}, Request request = {});

  static std::string value(postgres::Connection& connection, const std::string& sql);
  std::string source_value(const std::string& sql) { return value(*source, sql); }
  std::string target_value(const std::string& sql) { return value(*target, sql); }

  TestDatabase source_database, target_database;
  std::unique_ptr<postgres::Connection> source, target;
  std::string key = "0123456789abcdef0123456789abcdef";
  Cancellation cancellation;
  std::function<void(const Progress&)> progress;
  std::vector<std::string> warnings;
  std::string strategies;  // YAML for anonymization.strategies
  std::string more;        // further lines of the section

 private:
  config::Anonymization anonymization_;
  std::unique_ptr<extensions::Session> session_;
};

// Every row of every table, every sequence's state, trigger and constraint: equal texts, equal
// databases.
std::string fingerprint(postgres::Connection& connection);

}  // namespace host::sync::test
