// SPDX-License-Identifier: MIT
// One file of a migration as statements: its variables replaced, its header read, and decided
// whether it runs in one transaction, by its layout's rules.
#pragma once

#include "host/migrations/directory.hpp"
#include "host/migrations/header.hpp"
#include "host/sql/statement.hpp"

namespace host::migrations {

struct Reading {
  // What is sent to the server: hash its source's text to name all that a run does, values of
  // variables included. Places are those of the file on disk.
  sql::Script script;
  Header header;  // transactional: as decided
};

// Throws what parse_header and replace_variables throw. Statements are not checked.
Reading read_statements(const File& file);

// What read_statements parses.
sql::Source read_source(const File& file);

// To complete "put it in a migration of its own, with ": "'-- transaction: off' at its top".
std::string_view switch_off_hint(const File& file);

}  // namespace host::migrations
