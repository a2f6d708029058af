// SPDX-License-Identifier: MIT
// COPY in both directions on libpq itself, a buffer at a time, for the pipeline of sync.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "host/postgres/connection.hpp"

namespace host::postgres {

// Runs "COPY ... TO STDOUT" and hands out its rows. [one thread]
class CopyReader {
 public:
  CopyReader(Connection& connection, std::string_view copy_sql);
  CopyReader(const CopyReader&) = delete;
  CopyReader& operator=(const CopyReader&) = delete;
  ~CopyReader();  // cancels a copy that was not read to its end

  // Appends whole rows (each with its newline) to `buffer` until it holds at least `enough` bytes
  // or the copy ends; returns the number of rows appended, 0 at the end.
  std::size_t read(std::string& buffer, std::size_t enough);

 private:
  Connection& connection_;
  bool open_ = true;
};

// Runs "COPY ... FROM STDIN". [one thread]
class CopyWriter {
 public:
  CopyWriter(Connection& connection, std::string_view copy_sql);
  CopyWriter(const CopyWriter&) = delete;
  CopyWriter& operator=(const CopyWriter&) = delete;
  ~CopyWriter();  // makes the server discard the copy unless finish() was called

  void write(std::string_view rows);
  // Ends the copy and returns the number of rows that the server counted. A refusal is a SqlError
  // made of SQLSTATE, table, column and constraint: never the row.
  std::uint64_t finish();

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace host::postgres
