// SPDX-License-Identifier: MIT
#include "host/extensions/library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/dll/library_info.hpp>
#include <boost/dll/shared_library.hpp>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/extensions/errors.hpp"
#include "host/foundation/text.hpp"

namespace host::extensions {
namespace {

namespace fs = std::filesystem;
namespace dll = boost::dll;

constexpr std::string_view entry_stem = "confiture_plugin_v";
const std::string entry_name = fmt::format("{}{}", entry_stem, CONFITURE_ABI_MAJOR);

// library_info throws all kinds on files that are no libraries, or half of one.
std::vector<std::string> read_symbols(const fs::path& path, const Place& place) {
  try {
    return dll::library_info(path).symbols();
  } catch (const std::exception&) {
    throw Error(errors::not_loadable,
                fmt::format("plugin file '{}' is not a whole shared library for this system",
                            path.string()),
                "build it again, or copy it again", place);
  }
}

void check_entry(const std::vector<std::string>& symbols, const fs::path& path,
                 const Place& place) {
  if (std::find(symbols.begin(), symbols.end(), entry_name) != symbols.end()) return;
  for (const std::string& symbol : symbols)
    if (symbol.starts_with(entry_stem))
      throw Error(errors::incompatible,
                  fmt::format("plugin file '{}' speaks major {} of the plugin interface; this "
                              "confiture speaks {}",
                              path.string(), printable(symbol.substr(entry_stem.size())),
                              CONFITURE_ABI_MAJOR),
                  "install the build of the plugin for this confiture", place);
  throw Error(errors::invalid,
              fmt::format("plugin file '{}' does not export {}", path.string(), entry_name),
              "a plugin in C++ gets it from CONFITURE_PLUGIN(), one in C defines it as "
              "confiture/plugin.h declares it",
              place);
}

// Never closed, not even at exit: a plugin's threads, atexit handlers and static objects may still
// need it.
dll::shared_library& keep_open(dll::shared_library library) {
  static auto& open = *new std::deque<dll::shared_library>;
  return open.emplace_back(std::move(library));
}

dll::shared_library& load(const fs::path& path, const Place& place) {
  const auto mode = dll::load_mode::rtld_now | dll::load_mode::rtld_local |
                    static_cast<dll::load_mode::type>(RTLD_NODELETE);
  try {
    return keep_open(dll::shared_library(path, mode));
  } catch (const std::exception& error) {
    // "... failed (dlerror system message: FILE: REASON): Bad file descriptor"
    std::string reason = error.what();
    if (const auto end = reason.rfind("): "); end != reason.npos) reason.resize(end);
    if (const auto at = reason.rfind(path.string() + ": "); at != reason.npos)
      reason = reason.substr(at + path.string().size() + 2);
    throw Error(
        errors::not_loadable,
        fmt::format("plugin file '{}' cannot be loaded: {}", path.string(), printable(reason)), {},
        place);
  }
}

// dlsym also finds a symbol that only a dependency of the file has.
bool lies_in(const void* symbol, const fs::path& path) {
  Dl_info info{};
  std::error_code none;
  return ::dladdr(symbol, &info) != 0 && info.dli_fname != nullptr &&
         fs::equivalent(info.dli_fname, path, none);
}

}  // namespace

EntryFunction load_entry(const TrustedFile& file, const Place& place) {
  check_entry(read_symbols(file.path(), place), file.path(), place);
  dll::shared_library& library = load(file.path(), place);
  file.confirm_unchanged();
  auto* entry = reinterpret_cast<EntryFunction>(::dlsym(library.native(), entry_name.c_str()));
  if (entry == nullptr || !lies_in(reinterpret_cast<const void*>(entry), file.path()))
    throw Error(
        errors::invalid,
        fmt::format("plugin file '{}' does not export {} itself", file.path().string(), entry_name),
        {}, place);
  return entry;
}

}  // namespace host::extensions
