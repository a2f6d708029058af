// SPDX-License-Identifier: MIT
// What is written of mended files: all of them or none.
#include "host/cli/lint_mend.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "host/foundation/file.hpp"

namespace host::cli {
namespace {

namespace fs = std::filesystem;

struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "mend-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

std::string refusal(const fs::path& root, const std::vector<MendedFile>& files) {
  try {
    write_mended(root, files);
  } catch (const Error& error) {
    return std::string(error.code().id) + ": " + error.message() + "; " + error.hint();
  }
  return {};
}

BOOST_AUTO_TEST_SUITE(lint_mend)

BOOST_AUTO_TEST_CASE(a_byte_order_mark_stays) {
  const Folder folder;
  write_file(folder.path / "a.sql", "\xef\xbb\xbfold\r\n");
  write_mended(folder.path, {{"a.sql", "old\r\n", "new\r\n"}});
  BOOST_TEST(read_file(folder.path / "a.sql") == "\xef\xbb\xbfnew\r\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_written_over_what_somebody_changed) {
  const Folder folder;
  write_file(folder.path / "a.sql", "old");
  write_file(folder.path / "b.sql", "old and more");
  BOOST_TEST(refusal(folder.path, {{"a.sql", "old", "new"}, {"b.sql", "old", "new"}}) ==
             "lint.file_changed: 'b.sql' was changed while it was being mended; nothing was "
             "written; run it again");
  BOOST_TEST(read_file(folder.path / "a.sql") == "old");
  BOOST_TEST(read_file(folder.path / "b.sql") == "old and more");
}

BOOST_AUTO_TEST_CASE(a_file_that_may_only_be_read_is_left) {
  const Folder folder;
  write_file(folder.path / "a.sql", "old");
  fs::permissions(folder.path / "a.sql", fs::perms::owner_read);
  const bool may_all = geteuid() == 0;  // to root nothing is read-only
  BOOST_TEST(refusal(folder.path, {{"a.sql", "old", "new"}}) ==
             (may_all ? ""
                      : "file.not_writable: cannot write 'a.sql': Permission denied; nothing "
                        "was written"));
  BOOST_TEST(read_file(folder.path / "a.sql") == (may_all ? "new" : "old"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::cli
