// SPDX-License-Identifier: MIT
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

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
