// SPDX-License-Identifier: MIT
// Files that must not be loaded, or are none that can be.
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <string>

#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
#include "tests/host/extensions/plugin_folder.hpp"

namespace host::extensions {
namespace {

namespace fs = std::filesystem;
using test::refusal;

// The fossil in a folder of its own, to be made worse.
struct Copy {
  Copy() : file(folder.path() / "confiture-fossil.so") {
    fs::copy_file(test::fossil(), file);
    fs::permissions(file, static_cast<fs::perms>(0644));
  }
  std::string refusal_of(const std::optional<std::string>& pin = {}) const {
    return refusal([&] { test::load_file(file, {}, pin); });
  }
  std::string name() const { return "'" + file.string() + "'"; }

  test::TemporaryFolder folder;
  fs::path file;
};

BOOST_AUTO_TEST_SUITE(trust)

BOOST_AUTO_TEST_CASE(a_file_of_ones_own_is_loaded) {
  BOOST_TEST(Copy().refusal_of() == "");
}

BOOST_AUTO_TEST_CASE(files_and_folders_that_others_may_write) {
  const Copy copy;
  fs::permissions(copy.file, static_cast<fs::perms>(0666));
  BOOST_TEST(copy.refusal_of() == "plugin.not_trusted 7: plugin file " + copy.name() +
                                      " can be written by everybody [run: chmod go-w " +
                                      copy.file.string() + "]");
  fs::permissions(copy.file, static_cast<fs::perms>(0664));
  BOOST_TEST(copy.refusal_of() == "plugin.not_trusted 7: plugin file " + copy.name() +
                                      " can be written by its group [run: chmod go-w " +
                                      copy.file.string() + "]");
  fs::permissions(copy.file, static_cast<fs::perms>(0644));
  fs::permissions(copy.folder.path(), static_cast<fs::perms>(01777));
  BOOST_TEST(copy.refusal_of() == "plugin.not_trusted 7: the folder of a plugin '" +
                                      copy.folder.path().string() +
                                      "' can be written by everybody [run: chmod go-w " +
                                      copy.folder.path().string() + "]");
}

BOOST_AUTO_TEST_CASE(a_link_is_judged_by_what_it_leads_to) {
  const Copy copy;
  const test::TemporaryFolder other;
  const fs::path link = other.path() / "confiture-fossil.so";
  fs::create_symlink(copy.file, link);
  BOOST_TEST(refusal([&] { test::load_file(link); }) == "");
  fs::permissions(copy.file, static_cast<fs::perms>(0646));
  BOOST_TEST(refusal([&] {
               test::load_file(link);
             }).starts_with("plugin.not_trusted 7: plugin file " + copy.name()));
}

BOOST_AUTO_TEST_CASE(pins) {
  const Copy copy;
  const std::string digest = sha256_hex(read_file(copy.file));
  BOOST_TEST(copy.refusal_of(digest) == "");
  BOOST_TEST(copy.refusal_of(std::string(64, '0')) ==
             "plugin.pin_mismatch 7: plugin file " + copy.name() +
                 " is not the pinned one: its sha256 is " + digest +
                 " [if you trust this file, put that sha256 into db/confiture.yaml]");
}

BOOST_AUTO_TEST_CASE(files_that_are_no_library) {
  const Copy copy;
  const std::string half =
      " is not a whole shared library for this system [build it again, or copy "
      "it again]";
  const std::string whole = read_file(copy.file);
  for (const std::string& text :
       {std::string(), std::string("junk"), std::string(100'000, 'x'),
        std::string("\x7f"
                    "ELF"),
        whole.substr(0, 64), whole.substr(0, 200), whole.substr(0, whole.size() / 2)}) {
    write_file(copy.file, text);
    BOOST_TEST(copy.refusal_of() == "plugin.not_loadable 7: plugin file " + copy.name() + half);
  }
  fs::remove(copy.file);
  BOOST_REQUIRE(::mkfifo(copy.file.c_str(), 0600) == 0);
  BOOST_TEST(copy.refusal_of() ==
             "plugin.not_loadable 7: plugin file " + copy.name() + " is not a regular file");
}

BOOST_AUTO_TEST_CASE(a_library_of_another_machine) {
  const Copy copy;
  std::string bytes = read_file(copy.file);
  bytes[18] = '\xb7';  // e_machine: AArch64, or at least not this one
  bytes[19] = '\x7f';
  write_file(copy.file, bytes);
  BOOST_TEST(copy.refusal_of().starts_with("plugin.not_loadable 7: plugin file " + copy.name() +
                                           " cannot be loaded: "));
  bytes = read_file(test::fossil());
  bytes[4] = 1;  // ELFCLASS32: read as such, its tables are nonsense
  write_file(copy.file, bytes);
  BOOST_TEST(copy.refusal_of().starts_with("plugin.invalid 7: plugin file " + copy.name() +
                                           " does not export confiture_plugin_v1"));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_or_has_another_name) {
  const Copy copy;
  const fs::path wrong = copy.folder.path() / "confiture-fosil.so";
  BOOST_TEST(refusal([&] { test::load_file(wrong); }) ==
             "plugin.not_found 5: there is no plugin file '" + wrong.string() +
                 "' [did you mean 'confiture-fossil.so'?]");
  const fs::path odd = copy.folder.path() / "fossil.so";
  fs::rename(copy.file, odd);
  BOOST_TEST(refusal([&] { test::load_file(odd); }) ==
             "plugin.invalid 7: the name of plugin file '" + odd.string() +
                 "' is not confiture-ID.so");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::extensions
