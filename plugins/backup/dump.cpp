// SPDX-License-Identifier: MIT
#include "plugins/backup/dump.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include "plugins/action_common/child.hpp"
#include "plugins/action_common/phases.hpp"
#include "plugins/backup/folder.hpp"
#include "plugins/backup/server.hpp"
#include "plugins/backup/touched.hpp"

namespace backup {
namespace {

constexpr std::size_t most_output = 16 * 1024;
constexpr std::size_t no_limit = static_cast<std::size_t>(-1);

struct Dump {
  enum class Scope { all, touched };

  std::string folder, bin_dir, host, service;
  Scope scope = Scope::all;
  std::vector<std::string> tables;
  std::int64_t keep = 5, port = 0;
  confiture::SecretName password;
  static constexpr auto params = confiture::params(
      confiture::field("folder", &Dump::folder,
                       "Where the dumps go; relative to where confiture is started", "1..")
          .required(),
      confiture::field("scope", &Dump::scope,
                       "The whole database, or the tables that the statements name",
                       confiture::choices("all", "touched")),
      confiture::field("tables", &Dump::tables, "These tables alone, as SQL writes them", "1.."),
      confiture::field("keep", &Dump::keep, "How many dumps of the database to keep", "1..10000"),
      confiture::field("password", &Dump::password,
                       "The secret that holds the role's password, where libpq finds none"),
      confiture::field("service", &Dump::service, "A section of pg_service.conf to connect with"),
      confiture::field("host", &Dump::host, "The host, where the server's own address is not it"),
      confiture::field("port", &Dump::port, "The port, where the server's own is not it",
                       "0..65535"),
      confiture::field("bin_dir", &Dump::bin_dir,
                       "The folder of pg_dump and pg_restore, where PATH has others"));
  static constexpr auto flags = confiture::ActionFlag::outside | confiture::ActionFlag::writes;
  static constexpr const char* doc = R"doc(Saves the database with pg_dump before it is changed.

The dump is a file in pg_dump's custom format, ENVIRONMENT-DATABASE-20260131T093000123Z.dump, for its
owner alone. It is read back with `pg_restore --list` before it counts; one that cannot be made, or
not be read, stops what comes next. Then the oldest dumps of the same environment and database are
removed until `keep` are left. It runs outside of transactions: bound to `pre_execute`, before the
migration's begins. Not in a dry run.

`scope: touched` saves the tables that are there and that the statements name, with their partitions:
in `pre_execute` and `pre_rollback` those of the migration, in `post_validate` those of the plan. It refuses
statements that touch tables without naming them (`DO`, `CALL`, `DROP SCHEMA ... CASCADE`); what a
function or a trigger changes is not named either: use `all` where that matters. With nothing to save
there is no dump.

pg_dump is a process of its own with a connection of its own. Its database, login role, host and port
are asked of the migration's connection; set `host` and `port` where the server is reached by another
address than its own (through a container's port, a tunnel, a pooler), or name a `service`. The
password comes from where libpq looks for it (`PGPASSWORD`, `.pgpass`, the service) or from the secret
`password`, which is handed over in pg_dump's environment and never on its command line. TLS modes are
taken from `PGSSLMODE` and its kin, or from the service.

```yaml
secrets:
  database: { env: PRODUCTION_PASSWORD }
hooks:
  post_validate:
    - action: backup.dump
      with: { folder: /var/backups/confiture, keep: 10, password: database }
      environments: [production]
      timeout: 2h
```

The default time limit of a hook, 30 seconds, is short for a dump: give a `timeout`. To go back:
`pg_restore --clean --if-exists --dbname=... FILE`.
)doc";

  void prepare(confiture::Call& call) const {
    if (!tables.empty() && scope != Scope::all)
      throw confiture::BadConfig("`tables` and `scope: touched` exclude each other");
    if (!service.empty() && (!host.empty() || port != 0))
      throw confiture::BadConfig("`service` and `host` or `port` exclude each other");
    if (password) call.secret(password);
  }

  void run(const confiture::Event& event, confiture::Context& context) const {
    std::vector<std::string> options = connection_options({host, service, port}, context);
    if (scope == Scope::touched || !tables.empty()) {
      const std::vector<std::string> chosen =
          tables.empty() ? touched_tables(event, context) : listed_tables(tables, context);
      if (chosen.empty()) {
        context.info("there is no table to save yet");
        return;
      }
      for (const std::string& table : chosen) options.push_back("--table=" + table);
    }
    Folder dumps(folder, std::string(event.environment()) + "-" + std::string(event.database()));
    options.insert(options.end(), {"--format=custom", "--file=" + dumps.unfinished().string()});
    std::vector<std::string> variables;
    if (password) variables.push_back("PGPASSWORD=" + std::string(context.secret(password)));
    run_program("pg_dump", options, variables, most_output, context);
    run_program("pg_restore", {"--list", dumps.unfinished().string()}, {}, no_limit, context);
    const std::filesystem::path file = dumps.finish();
    context.info("saved " + file.string());
    context.set_metadata(CONFITURE_METADATA_BACKUP, file.string());
    const std::size_t removed = dumps.keep(static_cast<std::size_t>(keep));
    if (removed > 0) context.debug("removed " + std::to_string(removed) + " older ones");
  }

 private:
  void run_program(const std::string& name, const std::vector<std::string>& options,
                   const std::vector<std::string>& variables, std::size_t limit,
                   const confiture::Context& context) const {
    std::vector<std::string> command{
        bin_dir.empty() ? name : (std::filesystem::path(bin_dir) / name).string()};
    command.insert(command.end(), options.begin(), options.end());
    std::string last;
    const action_common::Ending ending = action_common::run_child(
        command, "", limit, [&](const std::string& line) { last = line; },
        [&] { return context.cancelled(); }, variables);
    if (ending.stopped) throw confiture::Cancelled();
    if (ending.signal != 0)
      throw confiture::Error(name + " was ended by signal " + std::to_string(ending.signal));
    if (ending.exit_status != 0)
      throw confiture::Error(name + " ended with status " + std::to_string(ending.exit_status) +
                             (last.empty() ? "" : ": " + last));
  }
};

}  // namespace

confiture::ActionExtension dump_action() {
  return confiture::action<Dump>("backup.dump", "Save the database with pg_dump",
                                 action_common::before_phases);
}

}  // namespace backup
