// SPDX-License-Identifier: MIT
#include "host/postgres/embedded_home.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
#include "host/postgres/errors.hpp"

namespace host::postgres {
namespace {

namespace fs = std::filesystem;

// sockaddr_un has 108 bytes, one of them for the end.
constexpr std::size_t longest_socket_path = 107;

bool fits(const fs::path& sockets) {
  const std::string path = sockets / ".s.PGSQL.5432";
  // libpq takes a comma in `host` for the end of a name.
  return path.size() <= longest_socket_path && path.find(',') == std::string::npos;
}

RunAs owner_of(const fs::path& folder) {
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0 || status.st_uid == 0) return std::nullopt;
  return user_of(status.st_uid, status.st_gid);
}

RunAs unprivileged_user() {
  for (const char* name : {"postgres", "nobody"})
    if (const auto user = find_user(name); user && user->uid != 0) return user;
  return std::nullopt;
}

[[noreturn]] void fail(const fs::path& folder, const std::string& reason, std::string hint) {
  throw Error(errors::start_failed,
              fmt::format("the embedded server cannot use '{}': {}", folder.string(), reason),
              std::move(hint));
}

// An open folder: what is checked is what is changed, whatever the path leads to meanwhile.
class OpenFolder {
 public:
  explicit OpenFolder(const fs::path& path)
      : number_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) {}
  OpenFolder(const OpenFolder&) = delete;
  OpenFolder& operator=(const OpenFolder&) = delete;
  ~OpenFolder() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

// With a server of another user's, that user has to get through, whatever our umask is.
void make_shared_folder(const fs::path& path, const RunAs& user) {
  struct stat status {};
  if (::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST)
    fail(path, std::strerror(errno), "check who may write to the folder above it");
  if (::lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
    fail(path, "it is not a folder", "remove it");
  if (user && status.st_uid == ::geteuid() && (status.st_mode & 0001u) == 0 &&
      ::chmod(path.c_str(), 0755) != 0)
    fail(path, std::strerror(errno), "let everybody pass through it: chmod 755");
}

// Made under another name and handed over before it gets its own, so that a second run never sees a
// folder that is there but not yet the server's.
void make_owned_folder(const fs::path& path, const RunAs& user) {
  std::string beside = path.string() + ".XXXXXX";
  if (::mkdtemp(beside.data()) == nullptr)
    fail(path, std::strerror(errno), "check who may write to the folder above it");
  const bool owned = !user || ::chown(beside.c_str(), user->uid, user->gid) == 0;
  if (owned && ::renameat2(AT_FDCWD, beside.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0)
    return;
  const int reason = errno;
  ::rmdir(beside.c_str());
  if (!owned || reason != EEXIST)
    fail(path, std::strerror(reason), "check what it is, and the file system that it is on");
}

void make_private_folder(const fs::path& path, const RunAs& user) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) make_owned_folder(path, user);
  const uid_t expected = user ? user->uid : ::geteuid();
  if (::lstat(path.c_str(), &status) == 0 && status.st_uid != expected)
    fail(path,
         fmt::format("it belongs to '{}', and the server would run as '{}'",
                     user_of(status.st_uid, status.st_gid).name, user_of(expected, 0).name),
         "run confiture as the same user every time, or give the folder to that user");
  const OpenFolder folder(path);
  if (folder.number() < 0)
    fail(path, std::strerror(errno), "check what it is, and the file system that it is on");
  if (::fchmod(folder.number(), 0700) != 0)
    fail(path, std::strerror(errno), "take group's and others' rights to it away");
}

}  // namespace

EmbeddedHome find_home(const fs::path& project_root) {
  std::error_code unreadable;
  fs::path root = fs::weakly_canonical(project_root, unreadable);
  if (unreadable) root = project_root;
  const std::string id = sha256_hex(root.string()).substr(0, 16);
  EmbeddedHome home;
  home.notes = root / ".confiture";
  home.folder = home.notes / "postgres";
  home.sockets = home.notes / "run";
  if (::geteuid() == 0) {
    const fs::path elsewhere = fs::path("/var/lib/confiture") / id;
    home.user = owner_of(home.folder);
    const bool made_elsewhere = !home.user && owner_of(elsewhere / "postgres");
    if (made_elsewhere) home.user = owner_of(elsewhere / "postgres");
    if (!home.user) home.user = unprivileged_user();
    if (made_elsewhere || (home.user && !can_enter(*home.user, root))) {
      home.folder = elsewhere / "postgres";
      home.sockets = elsewhere / "run";
    }
  }
  if (!fits(home.sockets)) home.sockets = "/tmp/confiture-" + id;
  return home;
}

void make_home(const EmbeddedHome& home) {
  if (::geteuid() == 0 && !home.user)
    fail(home.folder, "there is no user 'postgres' or 'nobody' to run the server as",
         "make a user 'postgres': the server refuses to run as root");
  make_shared_folder(home.notes, home.user);
  if (!fs::exists(home.notes / ".gitignore")) write_file(home.notes / ".gitignore", "*\n");
  const fs::path parent = home.folder.parent_path();
  if (parent != home.notes) {
    make_shared_folder(parent.parent_path(), home.user);
    make_shared_folder(parent, home.user);
  }
  make_private_folder(home.folder, home.user);
  make_private_folder(home.sockets, home.user);
  if (parent != home.notes || home.sockets.parent_path() != home.notes)
    write_file(home.notes / "location", fmt::format("data and log: {}\nsocket: {}\n",
                                                    home.folder.string(), home.sockets.string()));
}

bool sockets_are_private(const EmbeddedHome& home) {
  struct stat status {};
  const uid_t expected = home.user ? home.user->uid : ::geteuid();
  return ::lstat(home.sockets.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == expected && (status.st_mode & 077u) == 0;
}

}  // namespace host::postgres
