// SPDX-License-Identifier: MIT
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "plugins/backup/folder.hpp"
#include "tests/plugins/support/actions.hpp"

using namespace test;
namespace fs = std::filesystem;

namespace {

struct TemporaryFolder {
  TemporaryFolder() {
    std::string name = "/tmp/confiture-backup.XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path = name;
  }
  ~TemporaryFolder() { fs::remove_all(path); }
  std::set<std::string> names() const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(path)) found.insert(entry.path().filename());
    return found;
  }
  fs::path path;
};

// Programs that write down their options and their password; pg_dump does so much more.
void make_programs(const fs::path& folder, const std::string& pg_dump_does) {
  for (const std::string name : {"pg_dump", "pg_restore"}) {
    std::ofstream(folder / name) << "#!/bin/sh\necho \"" << name
                                 << " $* PGPASSWORD=$PGPASSWORD\" >> " << (folder / "calls") << "\n"
                                 << (name == "pg_dump" ? pg_dump_does : "echo list");
    fs::permissions(folder / name, fs::perms::owner_all);
  }
}

std::string calls(const fs::path& folder) {
  std::ifstream file(folder / "calls");
  return {std::istreambuf_iterator<char>(file), {}};
}

// A database that answers each query that has one of these parts; what the action says when it is
// run there, with `folder`/to for its dumps and the programs of `folder`.
struct Database {
  std::vector<std::pair<std::string, testing::Rows>> answers;

  std::string run(const fs::path& folder, const std::string& more,
                  const testing::Moment& moment) const {
    const std::string parameters = "{folder: \"" + (folder / "to").string() + "\", bin_dir: \"" +
                                   folder.string() + "\"" + more + "}";
    testing::Host host;
    host.secrets["database"] = "hunter2";
    for (;;) {
      const std::string refused =
          refusal([&] { testing::Action(host, subject("backup.dump"), parameters).run(moment); });
      if (refused.rfind("no answer is set", 0) != 0) return refused;
      const std::string sql = host.queries.back().sql;
      for (const auto& [part, rows] : answers)
        if (sql.find(part) != std::string::npos) host.answers[sql] = rows;
      if (host.answers.count(sql) == 0) return refused;
    }
  }
};

const testing::Rows here{{"database", "user", "host", "port"},
                         {{"shop", "o'hara", "10.0.0.1", "5433"}}};

// Before a migration of one statement with this parse tree, if it has one.
testing::Moment before(const char* tree) {
  testing::Moment moment = applied();
  moment.in_transaction = false;
  testing::Tree statement(confiture::NodeKind::statement);
  statement.set(CONFITURE_PROP_STATEMENT_TAG, "DO");
  if (tree != nullptr) statement.set(CONFITURE_PROP_PARSE_TREE_JSON, tree);
  confiture_location place{};
  place.file = confiture::to_str("0002.up.sql");
  place.line = 7;
  statement.location(place);
  moment.migration->add(CONFITURE_LIST_STATEMENTS, statement);
  return moment;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(backup)

BOOST_AUTO_TEST_CASE(an_unfinished_dump_does_not_stay) {
  const TemporaryFolder temporary;
  const fs::path path = temporary.path / "a" / "b";
  { const ::backup::Folder folder(path, "production-shop"); }
  BOOST_TEST(fs::is_empty(path));
  struct stat status {};
  BOOST_REQUIRE(::stat(path.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777u) == 0700u);
}

BOOST_AUTO_TEST_CASE(a_finished_dump_is_for_its_owner_alone) {
  const TemporaryFolder temporary;
  ::backup::Folder folder(temporary.path, "production-my shop/é");
  const fs::path file = folder.finish();
  const std::string name = file.filename();
  BOOST_TEST(name.rfind("production-my_shop___-2", 0) == 0u);
  BOOST_TEST(name.substr(name.size() - 6) == "Z.dump");
  struct stat status {};
  BOOST_REQUIRE(::stat(file.c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777u) == 0600u);
}

BOOST_AUTO_TEST_CASE(the_newest_of_the_series_are_kept) {
  const TemporaryFolder temporary;
  for (const char* name : {"p-shop-20260101T000000000Z.dump", "p-shop-20260102T000000000Z.dump",
                           "p-shop-20260103T000000000Z.dump", "p-shop-x-20260101T000000000Z.dump",
                           "p-shop-notes.dump"})
    std::ofstream(temporary.path / name) << "x";
  const ::backup::Folder folder(temporary.path, "p-shop");
  BOOST_TEST(folder.keep(2) == 1u);
  BOOST_TEST(folder.keep(2) == 0u);
  std::set<std::string> left = temporary.names();
  left.erase(folder.unfinished().filename());
  BOOST_TEST((left == std::set<std::string>{
                          "p-shop-20260102T000000000Z.dump", "p-shop-20260103T000000000Z.dump",
                          "p-shop-x-20260101T000000000Z.dump", "p-shop-notes.dump"}));
}

BOOST_AUTO_TEST_CASE(the_password_is_in_the_environment_alone) {
  const TemporaryFolder temporary;
  make_programs(temporary.path, "exit 0");
  const Database database{{{"current_database", here}}};
  BOOST_TEST(database.run(temporary.path, ", password: database", before(nullptr)) == "");
  const std::string file =
      fs::directory_iterator(temporary.path / "to")->path().string() + ".unfinished";
  BOOST_TEST(calls(temporary.path) ==
             "pg_dump --dbname=dbname='shop' host='10.0.0.1' port='5433' user='o\\'hara' "
             "--no-password --format=custom --file=" +
                 file + " PGPASSWORD=hunter2\npg_restore --list " + file + " PGPASSWORD=\n");
}

BOOST_AUTO_TEST_CASE(a_dump_that_fails_does_not_stay) {
  const TemporaryFolder temporary;
  make_programs(temporary.path, "echo first; echo 'pg_dump: error: no'; exit 3");
  const Database database{{{"current_database", here}}};
  BOOST_TEST(database.run(temporary.path, "", before(nullptr)) ==
             "pg_dump ended with status 3: pg_dump: error: no");
  BOOST_TEST(fs::is_empty(temporary.path / "to"));
}

BOOST_AUTO_TEST_CASE(what_the_statements_name_is_saved) {
  const TemporaryFolder temporary;
  make_programs(temporary.path, "exit 0");
  const std::string more = ", scope: touched, host: tunnel, port: 6432";
  Database database{{{"current_database", here},
                     {"jsonb_path_exists", {{"exists"}, {{"f"}}}},
                     {"jsonb_path_query", {{"oid"}, {{"16400"}, {std::nullopt}}}},
                     {"pg_inherits", {{"name"}, {{"public.\"Order Line\""}}}}}};
  BOOST_TEST(database.run(temporary.path, more, before("{}")) == "");
  const std::string wanted =
      "pg_dump --dbname=dbname='shop' host='tunnel' port='6432' user='o\\'hara' --no-password "
      "--table=public.\"Order Line\" --format=custom --file=";
  BOOST_TEST(calls(temporary.path).substr(0, wanted.size()) == wanted);
  const std::string start =
      "which tables are touched is not known: the statement at 0002.up.sql:7 ";
  const std::string hint = " [save everything: with: { scope: all }]";
  BOOST_TEST(database.run(temporary.path, more, before(nullptr)) ==
             start + "has no parse tree" + hint);
  database.answers[1].second.rows = {{"t"}};
  BOOST_TEST(database.run(temporary.path, more, before("{}")) ==
             start + "(DO) does not name them" + hint);
}

BOOST_AUTO_TEST_CASE(parameters_that_exclude_each_other_are_refused) {
  testing::Host host;
  const auto made = [&](const std::string& more) {
    return refusal(
        [&] { testing::Action(host, subject("backup.dump"), "{folder: x" + more + "}"); });
  };
  BOOST_TEST(made("") == "");
  BOOST_TEST(made(", tables: a, scope: touched") ==
             "`tables` and `scope: touched` exclude each other");
  BOOST_TEST(made(", service: a, port: 5432") ==
             "`service` and `host` or `port` exclude each other");
  BOOST_TEST(made(", password: none") == "there is no secret 'none'");
}

BOOST_AUTO_TEST_SUITE_END()
