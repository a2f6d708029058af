// SPDX-License-Identifier: MIT
// confiture migrate new: the empty files of a migration with the next version.
#include <boost/json.hpp>
#include <chrono>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/foundation/file.hpp"
#include "host/migrations/new_migration.hpp"

namespace host::cli {
namespace {

Exit run(Context& context, const Arguments& arguments) {
  const config::Project& project = context.project();
  const migrations::NewMigration created = migrations::create_migration(
      project, context.environment_of_files(), arguments.positionals().front(),
      std::chrono::system_clock::now());
  const std::string up = display_path(created.up, project.root);
  const std::string down = display_path(created.down, project.root);
  context.output().line(up);
  if (down != up) context.output().line(down);
  context.output().document(
      true,
      {{"version", created.version.text()}, {"name", created.name}, {"up", up}, {"down", down}});
  return Exit::done;
}

}  // namespace

extern const Command migrate_new_command;
const Command migrate_new_command{
    .name = "migrate new",
    .arguments = "NAME",
    .summary = "write an empty migration, its way up and its way down",
    .options = {},
    .least_positionals = 1,
    .most_positionals = 1,
    .run = run};

}  // namespace host::cli
