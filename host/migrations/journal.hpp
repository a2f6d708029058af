// SPDX-License-Identifier: MIT
// How far a migration without a transaction has come: confiture.run_step, one row a statement,
// written on a connection of its own so that neither the file's role nor its failure touches it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/migrations/plan.hpp"
#include "host/migrations/probe.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

struct JournalEntry {
  std::size_t statement = 0;  // from 1
  std::string sha256;         // of the statement's text
  bool done = false;          // else it was started, and its end is not known
  int backend_pid = 0;        // of the session that runs or ran it
  bool backend_alive = false;
  // What the catalog showed before it was started.
  bool done_before = false;
  std::vector<std::string> indexes_before;  // which are none of its making
};

class Journal {
 public:
  // `run` is the id of the run that writes it.
  Journal(postgres::Connection& connection, const Version& version, Direction direction,
          std::string run)
      : connection_(connection), version_(version), direction_(direction), run_(std::move(run)) {}

  std::vector<JournalEntry> read();
  void start(std::size_t statement, const std::string& sha256, int backend_pid,
             const Finding& before);
  void finish(std::size_t statement);
  void forget(std::size_t statement);  // it failed and left nothing
  void clear();                        // with the ledger's row, in one transaction
  // Ends the session that still runs it.
  void terminate_backend(std::size_t statement);
  // Notes a statement that is done, on the connection and in the transaction that ran it.
  void note_done(postgres::Connection& connection, std::size_t statement,
                 const std::string& sha256);

 private:
  postgres::Connection& connection_;
  Version version_;
  Direction direction_;
  std::string run_;
};

// Migrations that stopped half-way.
struct Unfinished {
  Version version;
  Direction direction = Direction::up;
  std::size_t statements_done = 0;
  std::vector<std::size_t> in_doubt;  // statements that were started and not seen to end
  std::string name;                   // empty where there is no file of that version

  // "'0002_index'", or the version alone.
  std::string text() const;
};
// Versions and names are as the directory writes them.
std::vector<Unfinished> find_unfinished(postgres::Connection& connection,
                                        const Directory& directory = {});

}  // namespace host::migrations
