// SPDX-License-Identifier: MIT
// Time, hashes, secrets, errors, files and cancellation.
#include <stdlib.h>
#include <sys/stat.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <thread>

#include "host/foundation/cancellation.hpp"
#include "host/foundation/error.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/secret.hpp"
#include "host/foundation/time.hpp"
#include "tests/support/refusal.hpp"

namespace host {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

BOOST_AUTO_TEST_SUITE(foundation)

BOOST_AUTO_TEST_CASE(durations_as_people_write_them) {
  const auto parsed = [](const char* text) {
    const auto duration = parse_duration(text);
    return duration ? duration->count() : -1;
  };
  BOOST_TEST(parsed("500ms") == 500);
  BOOST_TEST(parsed("2s") == 2'000);
  BOOST_TEST(parsed("5m") == 300'000);
  BOOST_TEST(parsed("2h") == 7'200'000);
  BOOST_TEST(parsed("7d") == 604'800'000);
  BOOST_TEST(parsed("0") == 0);
  for (const char* text : {"", "5", "-1s", "1.5s", "s", "1 s", "1y", "9223372036854775807d", "+1s"})
    BOOST_TEST(parsed(text) == -1);
  BOOST_TEST(format_duration(milliseconds(0)) == "0s");
  BOOST_TEST(format_duration(milliseconds(90'000)) == "90s");
  BOOST_TEST(format_duration(milliseconds(120'000)) == "2m");
  BOOST_TEST(format_duration(milliseconds(1'500)) == "1500ms");
}

BOOST_AUTO_TEST_CASE(moments_are_utc) {
  BOOST_TEST(format_utc(std::chrono::system_clock::from_time_t(0)) == "1970-01-01T00:00:00Z");
  BOOST_TEST(format_utc(std::chrono::system_clock::from_time_t(1'795'428'000)) ==
             "2026-11-23T10:00:00Z");
}

BOOST_AUTO_TEST_CASE(sha256_as_published) {  // FIPS 180-4 examples
  BOOST_TEST(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST(sha256_hex("abc") ==
             "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

std::string derived(const std::string& key, const std::string& label, std::size_t size) {
  std::string bytes(size, '\0');
  derive_key(Secret(key), label, {reinterpret_cast<unsigned char*>(bytes.data()), size});
  return bytes;
}

BOOST_AUTO_TEST_CASE(derived_keys_depend_on_key_and_label_alone) {
  const std::string key = "0123456789abcdef0123456789abcdef";
  BOOST_TEST((derived(key, "a", 32) == derived(key, "a", 32)));
  BOOST_TEST((derived(key, "a", 32) != derived(key, "b", 32)));
  BOOST_TEST((derived(key, "a", 32) != derived(key + "x", "a", 32)));
  // A key longer than 64 bytes counts whole.
  const std::string long_key(100, 'k');
  BOOST_TEST((derived(long_key + "1", "a", 16) != derived(long_key + "2", "a", 16)));
}

BOOST_AUTO_TEST_CASE(secrets_move_and_leave_nothing) {
  Secret first("hunter2");
  Secret second(std::move(first));
  BOOST_TEST(second.reveal() == "hunter2");
  BOOST_TEST(first.reveal() == "");
  second = Secret("longer than the small string that a std::string keeps in itself");
  BOOST_TEST(second.size() == 63u);
}

BOOST_AUTO_TEST_CASE(errors_name_their_place) {
  const Error error({"a.b", Exit::usage}, "no", "do", {});
  BOOST_TEST(error.what() == std::string("no"));
  const Error placed = error.at({"f", 3, 5});
  BOOST_TEST(placed.what() == std::string("f:3:5: no"));
  BOOST_TEST(placed.at({"g", 1, 1}).what() == std::string("f:3:5: no"));
  BOOST_TEST(to_string(Place{"f", 3, 0}) == "f:3");
  BOOST_TEST(to_string(Place{"f", 0, 0}) == "f");
}

BOOST_AUTO_TEST_CASE(cancellation_is_seen_by_others) {
  Cancellation cancellation;
  cancellation.check();
  std::thread([&] { cancellation.request(); }).join();
  BOOST_TEST(cancellation.requested());
  BOOST_TEST(test::refusal([&] { cancellation.check(); }) == "run.interrupted 130: interrupted");
}

struct Folder {
  Folder() {
    std::string name = "/tmp/confiture-test.XXXXXX";
    path = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

BOOST_AUTO_TEST_CASE(files_are_replaced_whole_and_keep_their_mode) {
  const Folder folder;
  const fs::path file = folder.path / "a";
  write_file(file, "one", 0640);
  struct stat status {};
  ::stat(file.c_str(), &status);
  BOOST_TEST((status.st_mode & 07777u) == 0640u);
  write_file(file, std::string(100'000, 'x'), 0600);
  BOOST_TEST(read_file(file).size() == 100'000u);
  ::stat(file.c_str(), &status);
  BOOST_TEST((status.st_mode & 07777u) == 0640u);
  BOOST_TEST(std::distance(fs::directory_iterator(folder.path), {}) == 1);
}

BOOST_AUTO_TEST_CASE(links_and_devices_stay_what_they_are) {
  const Folder folder;
  const fs::path file = folder.path / "file", link = folder.path / "link";
  const fs::path device = folder.path / "device";
  write_file(file, "one");
  fs::create_symlink(file, link);
  fs::create_symlink("/dev/null", device);
  write_file(link, "two");
  write_file(device, "three");
  BOOST_TEST(fs::is_symlink(link));
  BOOST_TEST(read_file(file) == "two");
  BOOST_TEST(fs::is_symlink(device));
  BOOST_TEST(fs::is_character_file("/dev/null"));
}

BOOST_AUTO_TEST_CASE(failures_of_files_give_the_systems_reason) {
  const Folder folder;
  const std::string none = (folder.path / "none").string();
  BOOST_TEST(test::refusal([&] { read_file(none); }) ==
             "file.not_found 5: cannot read '" + none + "': No such file or directory");
  BOOST_TEST(test::refusal([&] { read_file(folder.path); }) ==
             "file.not_readable 5: cannot read '" + folder.path.string() + "': Is a directory");
  BOOST_TEST(test::refusal([&] { write_file(none + "/x", ""); }) ==
             "file.not_writable 5: cannot write '" + none + "/x': No such file or directory");
  BOOST_TEST(read_file("/proc/self/status").find("Name:") == 0u);  // has no size of its own
}

BOOST_AUTO_TEST_CASE(paths_are_shown_from_the_project) {
  BOOST_TEST(display_path("/p/db/a.sql", "/p") == "db/a.sql");
  BOOST_TEST(display_path("/q/a.sql", "/p") == "/q/a.sql");
  BOOST_TEST(display_path("/pq/a.sql", "/p") == "/pq/a.sql");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host
