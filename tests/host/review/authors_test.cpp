// SPDX-License-Identifier: MIT
// Who wrote a plan, by its files and by git.
#include "host/review/authors.hpp"

#include <boost/test/unit_test.hpp>

#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/review/program.hpp"

namespace host::review {
namespace {

namespace fs = std::filesystem;

struct Repository {
  PrivateFolder folder;
  migrations::Migration migration{*migrations::Version::parse("1"), "a", {}, {}, {}, {}};

  Repository() {
    migration.up.shown_as = "1_a.up.sql";
    migration.down.emplace().shown_as = "1_a.down.sql";
  }
  void git(std::vector<std::string> words, const std::string& author = "dora") const {
    std::vector<std::string> all{"git",
                                 "-C",
                                 folder.path("").string(),
                                 "-c",
                                 "user.name=" + author,
                                 "-c",
                                 "user.email=" + author + "@acme.example"};
    all.insert(all.end(), words.begin(), words.end());
    BOOST_REQUIRE((run_program(all, {"/dev/null", folder.path("output"), false}) == 0));
  }
  void commit(const std::string& file, const std::string& content, const std::string& author,
              const std::string& message = "Change") const {
    write_file(folder.path(file), content);
    git({"add", file});
    git({"commit", "-qm", message}, author);
  }
  std::string authors(const std::string& header = {}) const {
    migrations::Plan plan;
    plan.steps.emplace_back();
    plan.steps.back().migration = &migration;
    plan.steps.back().header.author = header;
    return join_words(authors_of(plan, folder.path("")));
  }
};

BOOST_FIXTURE_TEST_SUITE(authors, Repository)

BOOST_AUTO_TEST_CASE(outside_of_a_repository_the_file_says) {
  BOOST_TEST(authors("Dora <dora@acme.example>") == "Dora <dora@acme.example>");
  BOOST_TEST(authors() == "");
}

BOOST_AUTO_TEST_CASE(everybody_who_had_a_hand_in_it_is_one) {
  git({"init", "-q"});
  BOOST_TEST(authors() == "");  // no commit yet
  commit("0_a.up.sql", "SELECT 'something long enough to be known again';\n", "alice");
  git({"mv", "0_a.up.sql", "1_a.up.sql"});
  git({"commit", "-qm", "Rename"}, "bob");
  commit("1_a.down.sql", "SELECT 2;\n", "carol",
         "Write it\n\nCo-authored-by: Eve <eve@acme.example>");
  commit("other.sql", "SELECT 3;\n", "mallory");
  BOOST_TEST(authors() ==
             "Eve <eve@acme.example>, alice@acme.example, bob@acme.example and "
             "carol@acme.example");
  BOOST_TEST(authors("frank") ==
             "Eve <eve@acme.example>, alice@acme.example, bob@acme.example, "
             "carol@acme.example and frank");
}

BOOST_AUTO_TEST_CASE(what_is_not_committed_is_of_who_has_it) {
  git({"init", "-q"});
  git({"config", "user.email", "grace@acme.example"});
  commit("1_a.up.sql", "SELECT 1;\n", "alice");
  BOOST_TEST(authors() == "alice@acme.example");
  write_file(folder.path("1_a.up.sql"), "SELECT 2;\n");
  BOOST_TEST(authors() == "alice@acme.example and grace@acme.example");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::review
