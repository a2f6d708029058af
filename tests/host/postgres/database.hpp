// SPDX-License-Identifier: MIT
// A database of the test cluster that is there for one test, and what a refusal says in one line.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "host/postgres/connection.hpp"
#include "host/postgres/quote.hpp"

namespace host::test {

inline std::string required_variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(fmt::format("{} is not set", name));
  return value;
}

inline std::string cluster_url() {
  return required_variable("CONFITURE_TEST_URL");
}

// The same cluster over TCP, with a password.
inline std::string tcp_url() {
  std::ifstream file(required_variable("CONFITURE_TEST_URL_FILE")
                         .replace(required_variable("CONFITURE_TEST_URL_FILE").rfind('/'),
                                  std::string::npos, "/tcp_url"));
  std::string url;
  if (!std::getline(file, url)) throw std::runtime_error("there is no tcp_url beside the url file");
  return url;
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.rfind(from), from.size(), to);
}

inline config::Environment environment_at(const std::string& url) {
  config::Environment environment;
  environment.name = "test";
  environment.database.kind = config::Database::Kind::url;
  environment.database.url = url;
  return environment;
}

inline std::unique_ptr<postgres::Connection> connect_to(
    const std::string& url, const postgres::ConnectOptions& options = {}) {
  return postgres::connect(environment_at(url), {}, options);
}

class TestDatabase {
 public:
  TestDatabase() {
    static std::atomic<int> count{0};
    name_ = fmt::format("test_{}_{}", ::getpid(), ++count);
    connect_to(cluster_url())->execute("CREATE DATABASE " + name_ + " TEMPLATE template0");
  }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase() {
    connect_to(cluster_url())->execute("DROP DATABASE " + name_ + " WITH (FORCE)");
  }

  const std::string& name() const { return name_; }
  std::string url() const { return replaced(cluster_url(), "/postgres?", "/" + name_ + "?"); }
  std::unique_ptr<postgres::Connection> connect(
      const postgres::ConnectOptions& options = {}) const {
    return connect_to(url(), options);
  }

 private:
  std::string name_;
};

// "postgres.sql 42P01 at 2:8: relation "nope" does not exist | hint", or "" where nothing failed.
inline std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const postgres::SqlError& error) {
    return fmt::format("{} {} at {}:{}: {} | {}", error.code().id, error.sqlstate(), error.line(),
                       error.column(), error.message(), error.hint());
  } catch (const Error& error) {
    return fmt::format("{}: {} | {}", error.code().id, error.message(), error.hint());
  }
  return {};
}

}  // namespace host::test
