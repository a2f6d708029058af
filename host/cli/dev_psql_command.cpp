// SPDX-License-Identifier: MIT
// confiture dev psql: psql on the embedded database, in place of this process.
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "host/cli/command.hpp"
#include "host/cli/embedded_url.hpp"
#include "host/cli/errors.hpp"
#include "host/postgres/embedded_server.hpp"

namespace host::cli {
namespace {

Exit run(Context& context, const Arguments& arguments) {
  const std::string url = embedded_url(context);
  std::vector<std::string> words{"psql", url};
  words.insert(words.end(), arguments.positionals().begin(), arguments.positionals().end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  context.output().finish();
  const std::string beside_server = postgres::find_server_binaries() / "psql";
  ::execv(beside_server.c_str(), argv.data());
  ::execvp("psql", argv.data());
  throw Error(errors::no_psql, fmt::format("cannot run psql: {}", std::strerror(errno)),
              "install the package postgresql-client");
}

}  // namespace

extern const Command dev_psql_command{.name = "dev psql",
                                      .arguments = "[-- ARGUMENT...]",
                                      .summary = "run psql on the embedded database",
                                      .options = {},
                                      .least_positionals = 0,
                                      .most_positionals = 1000,
                                      .run = run};

}  // namespace host::cli
