// SPDX-License-Identifier: MIT
// The migration's database as pg_dump is told of it.
#pragma once

#include <confiture/plugin.hpp>

#include <string>
#include <vector>

namespace backup {

// How to reach it where the connection itself does not say: a host or a folder of sockets, a port,
// a section of pg_service.conf. Empty or 0: as the connection says.
struct Address {
  std::string host, service;
  std::int64_t port = 0;
};

// The options of pg_dump for the database that the migration's connection is in: host, port, login
// role and database as the server itself reports them. Never a password.
std::vector<std::string> connection_options(const Address& address, confiture::Context& context);

}  // namespace backup
