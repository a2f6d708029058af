// SPDX-License-Identifier: MIT
// confiture init: writes a project that builds, lints and migrates as it stands.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/errors.hpp"
#include "host/cli/phrases.hpp"
#include "host/cli/starter.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

namespace fs = std::filesystem;

// A .gitignore that is there keeps its lines; every other file must be new.
bool may_be_there(const StarterFile& file) {
  return file.path == ".gitignore";
}

void refuse_to_overwrite(const fs::path& folder) {
  std::vector<std::string> there;
  for (const StarterFile& file : starter_files())
    if (!may_be_there(file) && fs::exists(fs::symlink_status(folder / file.path)))
      there.emplace_back(file.path);
  if (there.empty()) return;
  throw Error(errors::would_overwrite,
              fmt::format("'{}' already holds {}", folder.string(), first_few(there)),
              "choose another folder: confiture init DIR");
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw Error(host::errors::file_not_writable,
                fmt::format("cannot make the folder '{}': {}", folder.string(), error.message()));
}

// Appends the lines of `text` that a file does not hold yet; whether there were any.
bool add_lines(const fs::path& path, std::string_view text) {
  std::string now = read_file(path);
  const std::vector<std::string> held = split_text(now, '\n');
  std::string missing;
  for (const std::string& line : split_text(text, '\n'))
    if (!line.empty() && std::find(held.begin(), held.end(), line) == held.end())
      missing += line + "\n";
  if (missing.empty()) return false;
  if (!now.empty() && now.back() != '\n') now += '\n';
  write_file(path, now + missing);
  return true;
}

Exit run(Context& context, const Arguments& arguments) {
  const fs::path folder = arguments.positionals().empty() ? "." : arguments.positionals()[0];
  refuse_to_overwrite(folder);
  boost::json::array created;
  for (const StarterFile& file : starter_files()) {
    const fs::path path = (folder / file.path).lexically_normal();
    make_folder(path.parent_path().empty() ? "." : path.parent_path());
    if (may_be_there(file) && fs::exists(path)) {
      if (add_lines(path, file.text)) context.output().message("added to " + path.string());
      continue;
    }
    write_file(path, file.text);
    created.emplace_back(path.string());
    context.output().line("created " + path.string());
  }
  context.output().message("next: confiture build, confiture lint, confiture migrate status");
  context.output().document(true, {{"created", std::move(created)}});
  return Exit::done;
}

}  // namespace

extern const Command init_command{
    .name = "init",
    .arguments = "[DIR]",
    .summary = "write a project that builds, lints and migrates as it stands",
    .options = {},
    .least_positionals = 0,
    .most_positionals = 1,
    .run = run};

}  // namespace host::cli
