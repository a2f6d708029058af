// SPDX-License-Identifier: MIT
#include "tests/host/sync/two_databases.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "host/config/sections.hpp"
#include "host/config/value.hpp"
#include "host/foundation/file.hpp"
#include "tests/support/checkout.hpp"

namespace host::sync::test {
namespace {

namespace fs = std::filesystem;

fs::path library_folder() {
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "lib" / "confiture";
}

// Another database of the cluster.
std::unique_ptr<postgres::Connection> connect_beside(const std::string& name) {
  return host::test::connect_to(
      host::test::replaced(host::test::cluster_url(), "/postgres?", "/" + name + "?"));
}

}  // namespace

fs::path data_file(const std::string& name) {
  return ::test::checkout() / "tests" / "data" / name;
}

fs::path shared_data(const std::string& name) {
  const fs::path path = ::test::shared_data() / name;
  return fs::exists(path) ? path : fs::path();
}

const extensions::Registry& registry() {
  static const extensions::Registry loaded = [] {
    extensions::SearchPath path = extensions::search_path(nullptr, {}, {});
    path.plugin_files = {library_folder() / "test_plugins" / "confiture-faults.so"};
    return extensions::Registry::load(path);
  }();
  return loaded;
}

std::string run_program(const std::string& command, const std::string& input) {
  const fs::path file = fs::temp_directory_path() / fmt::format("confiture-{}", ::getpid());
  std::ofstream(file) << input;
  std::FILE* pipe = ::popen(fmt::format("{} < {}", command, file.string()).c_str(), "r");
  std::string output;
  std::array<char, 65536> buffer;
  for (std::size_t size; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    output.append(buffer.data(), size);
  const int status = ::pclose(pipe);
  fs::remove(file);
  if (status != 0) throw std::runtime_error(fmt::format("'{}' failed", command));
  return output;
}

void load_sql(const TestDatabase& database, const std::string& sql) {
  run_program(fmt::format("psql -X -q -v ON_ERROR_STOP=1 -d '{}' > /dev/null", database.url()),
              sql);
}

TwoDatabases::TwoDatabases()
    : source(source_database.connect()), target(target_database.connect()) {}

TwoDatabases::~TwoDatabases() {
  for (const char* suffix : {"_confiture_staging", "_confiture_old"})
    host::test::connect_to(host::test::cluster_url())
        ->execute(fmt::format("DROP DATABASE IF EXISTS {}{} WITH (FORCE)", target_database.name(),
                              suffix));
}

void TwoDatabases::fill() {
  const std::string schema = read_file(data_file("sync_schema.sql"));
  source->execute(schema);
  target->execute(schema);
  source->execute(read_file(data_file("sync_rows.sql")));
}

void TwoDatabases::clone_schema() {
  load_sql(target_database,
           run_program(fmt::format("pg_dump -s --no-owner -x -d '{}'", source_database.url())));
}

std::unique_ptr<Sync> TwoDatabases::prepare(const std::string& rules, Request request) {
  ::setenv("CONFITURE_SYNC_TEST_KEY", key.c_str(), 1);
  std::string yaml = "key: { env: CONFITURE_SYNC_TEST_KEY }\n";
  if (!strategies.empty()) yaml += "strategies: " + strategies + "\n";
  if (!rules.empty()) yaml += "tables: " + rules + "\n";
  yaml += more;
  anonymization_ = config::read_anonymization(config::parse_yaml(yaml, "db/confiture.yaml"), "/");
  request.anonymize = request.anonymize || !rules.empty();
  if (std::getenv("CONFITURE_TEST_PUBLISH") != nullptr) {
    request.publish = Publish::rename;  // whatever a test of the other way wants to hold
    request.jobs = std::max<std::size_t>(request.jobs, 3);
  }
  request.source_name = "source";
  request.target_name = "target";
  session_ = std::make_unique<extensions::Session>();
  session_->cancellation = &cancellation;
  return std::make_unique<Sync>(
      std::move(request),
      Environment{*source, target, anonymization_, registry(), *session_, cancellation, nullptr,
                  progress, [this](std::string_view text) { warnings.emplace_back(text); },
                  [this] { return connect_beside(value(*source, "SELECT current_database()")); },
                  connect_beside});
}

Report TwoDatabases::run(const std::string& rules, Request request) {
  return prepare(rules, std::move(request))->run();
}

std::string TwoDatabases::refusal_of(const std::string& rules, Request request) {
  return refusal([&] { run(rules, std::move(request)); });
}

std::string TwoDatabases::value(postgres::Connection& connection, const std::string& sql) {
  const postgres::Result result = connection.query(sql);
  std::string text;
  for (std::size_t row = 0; row < result.row_count(); ++row)
    for (std::size_t column = 0; column < result.column_count(); ++column)
      text += (text.empty() ? "" : "|") + result.text(row, column);
  return text;
}

std::string fingerprint(postgres::Connection& connection) {
  std::string text;
  const postgres::Result tables = connection.query(
      "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace NOT IN"
      " ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)"
      " AND (relkind <> 'm' OR relispopulated) ORDER BY oid::regclass::text COLLATE \"C\"");
  for (std::size_t row = 0; row < tables.row_count(); ++row)
    text += tables.text(row, 0) + "=" +
            connection
                .query(fmt::format("SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text"
                                   " COLLATE \"C\"), '') FROM ONLY {} AS t",
                                   tables.text(row, 0)))
                .text(0, 0) +
            "\n";
  const postgres::Result sequences = connection.query(
      "SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2");
  for (std::size_t row = 0; row < sequences.row_count(); ++row)
    text +=
        sequences.text(row, 0) + "." + sequences.text(row, 1) + "=" + sequences.text(row, 2) + "\n";
  const postgres::Result objects = connection.query(
      "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' ||"
      " coalesce(obj_description(oid, 'pg_constraint'), '') FROM pg_constraint WHERE conrelid <> 0"
      " UNION ALL SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text"
      " FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1");
  for (std::size_t row = 0; row < objects.row_count(); ++row) text += objects.text(row, 0) + "\n";
  return text;
}

}  // namespace host::sync::test
