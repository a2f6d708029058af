// SPDX-License-Identifier: MIT
#include "host/postgres/embedded_server.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <thread>
#include <vector>

#include "tests/host/postgres/database.hpp"

namespace {

namespace fs = std::filesystem;
using host::postgres::EmbeddedServer;
using host::test::connect_to;
using host::test::refusal;

// A project's folder where the server's user can go, with a server that ends with the test.
struct Fixture {
  Fixture() {
    std::string name = "/tmp/confiture-embedded.XXXXXX";
    root = ::mkdtemp(name.data());
    ::chmod(root.c_str(), 0755);
  }
  ~Fixture() {
    EmbeddedServer(root).stop();
    for (const fs::path& elsewhere : cleared) fs::remove_all(elsewhere);
    fs::remove_all(root);
  }
  EmbeddedServer server() const { return EmbeddedServer(root); }
  fs::path home() const { return root / ".confiture" / "postgres"; }
  std::string ask(const std::string& sql) const {
    return connect_to(server().url("postgres"))->query(sql).text(0, 0);
  }
  int start() const {
    EmbeddedServer here = server();
    here.ensure_running();
    return here.status().pid;
  }

  fs::path root;
  std::vector<fs::path> cleared;
};

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file) << text;
}
std::string read(const fs::path& file) {
  std::ifstream stream(file);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

BOOST_FIXTURE_TEST_SUITE(embedded_server, Fixture)

BOOST_AUTO_TEST_CASE(it_starts_once_and_stops) {
  BOOST_TEST(!server().status().running);
  BOOST_TEST(server().status().version == "");
  BOOST_TEST(!server().stop());
  BOOST_TEST(!fs::exists(root / ".confiture"));  // looking leaves nothing behind
  const int pid = start();
  BOOST_TEST(pid > 0);
  BOOST_TEST(start() == pid);
  const EmbeddedServer::Status status = server().status();
  BOOST_TEST(status.running);
  BOOST_TEST(ask("SHOW server_version").starts_with(status.version));
  BOOST_TEST(status.version.find('.') != std::string::npos);
  BOOST_TEST(status.data_dir == home() / "data");
  BOOST_TEST(status.log_file == home() / "log");
  BOOST_TEST(read(root / ".confiture" / ".gitignore") == "*\n");
  BOOST_TEST(ask("SHOW listen_addresses") == "");
  BOOST_TEST(ask("SHOW fsync") == "on");
  BOOST_TEST(ask("SHOW synchronous_commit") == "off");
  BOOST_TEST(server().stop());
  BOOST_TEST(!server().stop());
  BOOST_TEST(!server().status().running);
}

BOOST_AUTO_TEST_CASE(nobody_else_gets_in) {
  start();
  for (const fs::path& folder : {home(), server().status().socket_dir}) {
    struct stat status {};
    BOOST_REQUIRE(::stat(folder.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777u) == 0700u);
    BOOST_TEST((::geteuid() != 0 || status.st_uid != 0));
  }
}

BOOST_AUTO_TEST_CASE(a_database_is_made_when_it_is_asked_for) {
  const std::string name = "it's \\ \"é\" %";
  EmbeddedServer here = server();
  // PGHOSTADDR would lead to another server.
  setenv("PGHOSTADDR", "127.0.0.1", 1);
  setenv("PGPORT", "1", 1);
  std::vector<std::thread> racing;
  for (int i = 0; i < 3; ++i) racing.emplace_back([&] { server().conninfo(name); });
  for (std::thread& each : racing) each.join();
  BOOST_TEST(connect_to(here.conninfo(name))->query("SELECT current_database()").text(0, 0) ==
             name);
  host::config::Environment environment;
  environment.name = "local";
  host::config::Project project;
  project.root = root;
  BOOST_TEST(host::postgres::connect(environment, project)
                 ->query("SELECT current_database()")
                 .text(0, 0) == "local");
  unsetenv("PGHOSTADDR");
  unsetenv("PGPORT");
  BOOST_TEST(connect_to(here.url(name))->query("SELECT current_database()").text(0, 0) == name);
}

BOOST_AUTO_TEST_CASE(many_runs_at_once_share_one) {
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      start();
      ::_exit(0);
    }
    children.push_back(child);
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) threads.emplace_back([&] { start(); });
  for (std::thread& each : threads) each.join();
  for (const pid_t child : children) {
    int status = -1;
    BOOST_TEST(::waitpid(child, &status, 0) == child);
    BOOST_TEST(status == 0);
  }
  // A second server of the same data folder would have said so in the log.
  const std::string log = read(server().status().log_file);
  BOOST_TEST(log.find("starting PostgreSQL") == log.rfind("starting PostgreSQL"));
  BOOST_TEST(ask("SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(it_outlives_the_run_and_lets_go_of_its_pipes) {
  int ends[2];
  BOOST_REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::setsid();
    ::dup2(ends[1], 1);
    start();
    ::_exit(0);
  }
  ::close(ends[1]);
  char byte = 0;
  BOOST_TEST(::read(ends[0], &byte, 1) == 0);  // the end: nobody holds the other side
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  ::kill(-child, SIGHUP);
  BOOST_TEST(ask("SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(it_recovers_from_a_kill) {
  start();
  connect_to(server().url("postgres"))->execute("CREATE TABLE t AS SELECT 42 AS i");
  connect_to(server().url("postgres"))->execute("CHECKPOINT");  // commits are not flushed at once
  std::thread busy([&] { refusal([&] { ask("SELECT pg_sleep(600)"); }); });
  const auto other = connect_to(server().url("postgres"));
  while (other->query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'").row_count() ==
         0)
    std::this_thread::yield();
  const int pid = server().status().pid;
  BOOST_REQUIRE(::kill(pid, SIGKILL) == 0);
  BOOST_TEST(start() != pid);
  busy.join();
  BOOST_TEST(ask("SELECT i FROM t") == "42");
}

BOOST_AUTO_TEST_CASE(it_recovers_from_a_pid_file_that_names_a_stranger) {
  start();
  const fs::path pid_file = home() / "data" / "postmaster.pid";
  const fs::path socket_file = server().status().socket_dir / ".s.PGSQL.5432.lock";
  const std::string left = read(pid_file), left_socket = read(socket_file);
  server().stop();
  for (const std::string& stranger : {std::to_string(::getpid()), std::string("1")}) {
    write(pid_file, stranger + left.substr(left.find('\n')));
    write(socket_file, stranger + left_socket.substr(left_socket.find('\n')));
    BOOST_TEST(!server().status().running);
    BOOST_TEST(!server().stop());
    start();
    BOOST_TEST(ask("SELECT 1") == "1");
    server().stop();
  }
  write(pid_file, "nonsense");
  BOOST_TEST(start() > 0);
}

BOOST_AUTO_TEST_CASE(a_cluster_that_was_never_finished_is_made_again) {
  start();
  server().stop();
  fs::rename(home() / "data", home() / "data.new.1234");
  start();
  BOOST_TEST(ask("SELECT 1") == "1");
  BOOST_TEST(!fs::exists(home() / "data.new.1234"));
}

BOOST_AUTO_TEST_CASE(a_moved_project_keeps_its_server) {
  start();
  connect_to(server().url("postgres"))->execute("CREATE TABLE t AS SELECT 42 AS i");
  const fs::path old = root;
  root += "-moved";
  fs::rename(old, root);
  start();
  BOOST_TEST(ask("SELECT i FROM t") == "42");
}

BOOST_AUTO_TEST_CASE(a_socket_that_was_removed_comes_back) {
  const int pid = start();
  fs::remove_all(root / ".confiture" / "run");
  BOOST_TEST(start() != pid);
  BOOST_TEST(ask("SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(a_narrow_umask_does_not_keep_the_server_out) {
  const mode_t before = ::umask(077);
  const std::string said = refusal([&] { start(); });
  ::umask(before);
  BOOST_TEST(said == "");
  BOOST_TEST(ask("SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(a_path_may_hold_what_urls_take_apart) {
  const fs::path top = root;
  root /= "bob@acme's:5%";
  fs::create_directory(root);
  host::config::Environment environment;
  environment.name = "local";
  host::config::Project project;
  project.root = root;
  BOOST_TEST(host::postgres::connect(environment, project)->query("SELECT 1").text(0, 0) == "1");
  BOOST_TEST(ask("SELECT 1") == "1");
  server().stop();
  root = top;
}

BOOST_AUTO_TEST_CASE(a_long_path_has_its_socket_elsewhere) {
  const fs::path top = root;
  for (const std::string& part : {std::string(200, 'x'), std::string("a, b")}) {
    root = top / part;
    fs::create_directory(root);
    const fs::path sockets = server().status().socket_dir;
    cleared.push_back(sockets);
    BOOST_TEST(sockets.parent_path() == "/tmp");
    start();
    BOOST_TEST(ask("SELECT 1") == "1");
    BOOST_TEST(read(root / ".confiture" / "location") ==
               fmt::format("data and log: {}\nsocket: {}\n", home().string(), sockets.string()));
    server().stop();
  }
  root = top;
}

BOOST_AUTO_TEST_CASE(the_longest_path_that_fits_keeps_its_socket) {
  // /.confiture/run/.s.PGSQL.5432 are 29 bytes of the 107.
  const fs::path top = root;
  const std::size_t rest = 107 - 29 - top.string().size() - 1;
  root = top / std::string(rest, 'x');
  fs::create_directory(root);
  BOOST_TEST(server().status().socket_dir == root / ".confiture" / "run");
  start();
  BOOST_TEST(ask("SELECT 1") == "1");
  server().stop();
  root = top / std::string(rest + 1, 'x');
  fs::create_directory(root);
  BOOST_TEST(server().status().socket_dir.parent_path() == "/tmp");
  root = top;
}

BOOST_AUTO_TEST_CASE(a_socket_folder_of_someone_else_is_not_trusted) {
  root /= std::string(200, 'x');
  fs::create_directory(root);
  const fs::path sockets = server().status().socket_dir;
  fs::create_directory_symlink(root, sockets);
  cleared.push_back(sockets);
  const std::string said = refusal([&] { start(); });
  fs::remove(sockets);
  BOOST_TEST(said.starts_with("embedded.start_failed: the embedded server cannot use '" +
                              sockets.string() + "': "));
  root = root.parent_path();
}

BOOST_AUTO_TEST_CASE(as_root_a_folder_that_is_closed_has_its_server_elsewhere) {
  const fs::path top = root;
  ::chmod(top.c_str(), 0700);
  root = top / "project";
  fs::create_directory(root);
  const EmbeddedServer::Status status = server().status();
  if (::geteuid() == 0) {
    cleared.push_back(status.data_dir.parent_path().parent_path());
    BOOST_TEST(status.data_dir.string().starts_with("/var/lib/confiture/"));
  } else {
    BOOST_TEST(status.data_dir == home() / "data");
  }
  start();
  BOOST_TEST(ask("SELECT 1") == "1");
  server().stop();
  root = top;
}

BOOST_AUTO_TEST_CASE(data_of_another_major_is_left_alone) {
  start();
  server().stop();
  write(home() / "data" / "PG_VERSION", "9.4\n");
  const int major = host::postgres::server_major(host::postgres::find_server_binaries());
  BOOST_TEST(
      refusal([&] { start(); }) ==
      fmt::format("embedded.start_failed: the embedded server's data in '{}' is of "
                  "PostgreSQL 9, and the programs that are installed are of {} | install the "
                  "package 'postgresql-9', or move the data away to begin with an empty "
                  "server",
                  (home() / "data").string(), major));
}

BOOST_AUTO_TEST_CASE(a_server_that_ends_at_once_shows_its_log) {
  start();
  server().stop();
  std::ofstream(home() / "data" / "postgresql.conf", std::ios::app) << "foo = bar\n";
  const std::string said = refusal([&] { start(); });
  BOOST_TEST(
      said.starts_with("embedded.start_failed: the embedded server ended while it started:\n"));
  BOOST_TEST(said.find("unrecognized configuration parameter \"foo\"") != std::string::npos);
  BOOST_TEST(said.ends_with(fmt::format(" | its log is '{}'", (home() / "log").string())));
}

BOOST_AUTO_TEST_CASE(without_programs_the_package_is_named) {
  setenv("CONFITURE_PG_BINDIR", "/nonexistent", 1);
  BOOST_TEST(refusal([&] { start(); }) ==
             "embedded.no_binaries: CONFITURE_PG_BINDIR names '/nonexistent', where no 'postgres' "
             "and 'initdb' run | let it name the folder of the server's programs, or unset it");
  unsetenv("CONFITURE_PG_BINDIR");
  const std::string path = host::test::required_variable("PATH");
  setenv("PATH", "/nonexistent", 1);
  BOOST_TEST(
      refusal([&] { host::postgres::find_server_binaries(9); }) ==
      "embedded.no_binaries: the PostgreSQL server's programs of version 9 are not installed "
      "| install the package 'postgresql-9', or let CONFITURE_PG_BINDIR name their folder; "
      "looked in /usr/lib/postgresql/*/bin, /usr/pgsql-*/bin, /usr/local/pgsql/bin, "
      "/usr/libexec/postgresql*, /opt/homebrew/opt/postgresql*/bin and "
      "/usr/local/opt/postgresql*/bin");
  setenv("PATH", path.c_str(), 1);
}

BOOST_AUTO_TEST_CASE(a_url_is_one_that_psql_reads) {
  const fs::path top = root;
  root /= "a b";
  fs::create_directory(root);
  BOOST_TEST(server().url("shop é") ==
             fmt::format("postgresql:///shop%20%C3%A9?host=%2Ftmp%2F{}%2Fa%20b%2F.confiture%2Frun&"
                         "port=5432&user=postgres",
                         top.filename().string()));
  root = top;
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
