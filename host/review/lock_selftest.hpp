// SPDX-License-Identifier: MIT
// Proves on a server what the classifiers say of statements: runs their examples in a database of
// its own, looks at what happens, and compares. That is how a table that was measured once stays
// true on the next PostgreSQL.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/review/classifiers.hpp"

namespace host::review {

struct LockSelftest {
  struct Difference {
    std::string form;   // the example's
    std::string field;  // lock, blocks_reads, ...
    std::string told, seen;
  };
  struct Untried {
    std::string form, why;
  };
  std::size_t tried = 0;
  std::vector<Difference> differences;
  std::vector<Untried> untried;
};

// [main]
class LockSelftester {
 public:
  // A new session with a database of the server; an empty name: the one to begin with.
  using Connect = std::function<std::unique_ptr<postgres::Connection>(const std::string& database)>;

  // `database`: the beginning of the names of the databases that are made, and dropped at the end
  // of this. All outlive this.
  LockSelftester(const extensions::Registry& registry, extensions::Session& session,
                 const Cancellation& cancellation, Connect connect, std::string database);
  LockSelftester(const LockSelftester&) = delete;
  LockSelftester& operator=(const LockSelftester&) = delete;
  ~LockSelftester();

  // Those examples alone whose form is named, or the part of it before its dot; none: all.
  LockSelftest run(const std::vector<std::string>& forms = {});

 private:
  void make_base(const char* playground);
  void renew();
  void drop(const std::string& database) noexcept;
  void try_one(const confiture_example& example);
  Effect told(const confiture_example& example, const sql::Script& script);
  void try_in_transaction(const confiture_example& example, const Effect& told);
  void try_alone(const confiture_example& example, const Effect& told);
  void differ(const confiture_example& example, const char* field, std::string told,
              std::string seen);
  void compare(const confiture_example& example, const char* field, Truth told, bool seen);

  const extensions::Registry& registry_;
  extensions::Session& session_;
  const Cancellation& cancellation_;
  Connect connect_;
  std::string base_, copy_;
  std::unique_ptr<postgres::Connection> admin_;
  bool fresh_ = false;  // the copy is as the base is
  LockSelftest result_;
};

}  // namespace host::review
