// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "host/foundation/text.hpp"
#include "host/postgres/child_process.hpp"
#include "host/postgres/embedded_server.hpp"
#include "host/postgres/errors.hpp"

namespace host::postgres {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& file) {
  return ::access(file.c_str(), X_OK) == 0;
}

// What pg_config says, wherever in PATH it is; nothing without one.
std::optional<fs::path> configured() {
  const char* path = std::getenv("PATH");
  for (const std::string& folder : split_text(path == nullptr ? "" : path, ':')) {
    const fs::path program = fs::path(folder) / "pg_config";
    if (!program.is_absolute() || !is_program(program)) continue;
    const ProcessEnd end = run_program({program, "--bindir"}, {});
    if (end.status == 0) return fs::path(trim(end.output));
  }
  return std::nullopt;
}

// The folders that match "/usr/lib/postgresql/*/bin".
std::vector<fs::path> expand(const std::string& pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string::npos) return {pattern};
  const fs::path parent = fs::path(pattern.substr(0, star)).parent_path();
  const std::size_t slash = std::min(pattern.find('/', star), pattern.size());
  const std::string name = pattern.substr(0, slash);
  const std::string rest = pattern.substr(std::min(slash + 1, pattern.size()));
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, ignored))
    if (matches_glob(entry.path().string(), name))
      found.push_back(rest.empty() ? entry.path() : entry.path() / rest);
  return found;
}

}  // namespace

// "postgres (PostgreSQL) 15.18 (Debian ...)" or "... 17beta1"; 0 where there is no server.
int server_major(const fs::path& binaries) {
  if (!is_program(binaries / "postgres") || !is_program(binaries / "initdb")) return 0;
  const ProcessEnd end = run_program({binaries / "postgres", "-V"}, {});
  const std::size_t begin = end.output.find_first_of("0123456789");
  int major = 0;
  if (end.status == 0 && begin != std::string::npos)
    std::from_chars(end.output.data() + begin, end.output.data() + end.output.size(), major);
  return major;
}

fs::path find_server_binaries(std::optional<int> major) {
  if (const char* given = std::getenv("CONFITURE_PG_BINDIR"); given != nullptr && *given != '\0') {
    if (const fs::path folder = fs::absolute(given); server_major(folder) > 0) return folder;
    throw Error(
        errors::no_binaries,
        fmt::format("CONFITURE_PG_BINDIR names '{}', where no 'postgres' and 'initdb' run", given),
        "let it name the folder of the server's programs, or unset it");
  }
  std::vector<std::string> places;
  if (const auto folder = configured()) places.push_back(folder->string());
  for (const char* usual : {"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin",
                            "/usr/libexec/postgresql*", "/opt/homebrew/opt/postgresql*/bin",
                            "/usr/local/opt/postgresql*/bin"})
    places.emplace_back(usual);
  fs::path best;
  int best_major = 0;
  for (const std::string& place : places)
    for (const fs::path& folder : expand(place)) {
      const int found = server_major(folder);
      if (found > best_major && (!major || found == *major)) {
        best = folder;
        best_major = found;
      }
    }
  if (best_major > 0) return best;
  const std::string which = major ? fmt::format(" of version {}", *major) : std::string();
  const std::string package = major ? fmt::format("postgresql-{}", *major) : "postgresql";
  throw Error(errors::no_binaries,
              fmt::format("the PostgreSQL server's programs{} are not installed", which),
              fmt::format("install the package '{}', or let CONFITURE_PG_BINDIR name their folder; "
                          "looked in {}",
                          package, join_words(places)));
}

}  // namespace host::postgres
