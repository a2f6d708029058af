// SPDX-License-Identifier: MIT
// The schema files as one script: read and checked, written out as one text, or run in one
// transaction.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/environment.hpp"
#include "host/config/project.hpp"
#include "host/postgres/connection.hpp"
#include "host/sql/statement.hpp"

namespace host::cli {

struct SchemaBuild {
  std::vector<sql::Script> scripts;  // in the order of their files
  std::size_t statement_count = 0;
  // Those that the parser does not know and the server may: they are run but not judged.
  std::vector<sql::ParseError> unread;
};

// Throws build.no_files, or build.not_buildable at the first statement that one transaction cannot
// hold: transaction control, CREATE INDEX CONCURRENTLY and its kin, psql's own lines, COPY from
// standard input, bytes that are no text.
SchemaBuild read_schema(const config::Project& project, const config::Environment& environment);

// The files one after the other, each behind a comment with its name. The same files give the same
// bytes.
std::string one_file(const SchemaBuild& build);

// Runs every statement; wants to be in a transaction. A failure is the server's error at its place
// in the file.
void run_schema(const SchemaBuild& build, postgres::Connection& connection);

// The extensions that the files create without IF NOT EXISTS: a second build meets them again.
std::vector<std::string> created_extensions(const SchemaBuild& build);

}  // namespace host::cli
