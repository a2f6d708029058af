// SPDX-License-Identifier: MIT
#include "host/cli/lint_mend.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "host/cli/context.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/lint/errors.hpp"
#include "host/lint/fixes.hpp"

namespace host::cli {
namespace {

namespace fs = std::filesystem;

fs::path root_of(Context& context) {
  const config::Project* project = context.project_or_null();
  return project != nullptr ? project->root : fs::current_path();
}

void check_options(Context& context, const Arguments& arguments) {
  const std::vector<std::string>& paths = arguments.positionals();
  if (!arguments.flag("diff") && std::find(paths.begin(), paths.end(), "-") != paths.end())
    throw Error(errors::usage, "standard input cannot be mended",
                "name the file, or see with --diff what would be mended");
  if (arguments.flag("staged"))
    throw Error(errors::usage, "--staged does not go with fixes",
                "mend the working tree, and stage what it holds then");
  const std::string& format = context.output().format();
  if (arguments.flag("diff") && format != "text" && format != "concise" && format != "json")
    throw Error(errors::usage, fmt::format("--diff does not go with --format {}", format),
                "use text, concise or json");
}

// Files that are judged as they lie there; not those of which a part is judged, or a text that
// their variables make.
std::map<std::string, std::string> whole_files(const fs::path& root, bool diff,
                                               const std::vector<lint::Input>& inputs) {
  std::map<std::string, std::string> originals;
  for (const lint::Input& input : inputs) {
    const std::string& name = input.source.name();
    if (input.context) continue;
    const bool whole = fs::exists(root / name)
                           ? sql::Source(name, read_file(root / name)).text() == input.source.text()
                           : diff;
    if (whole) originals[name] = input.source.text();
  }
  return originals;
}

}  // namespace

bool mends(const Arguments& arguments) {
  return arguments.flag("fix") || arguments.flag("unsafe-fixes") || arguments.flag("diff");
}

void write_mended(const fs::path& root, const std::vector<MendedFile>& files) {
  std::vector<std::string> texts;
  for (const MendedFile& file : files) {
    const fs::path path = root / file.name;
    std::string now = read_file(path);
    if (sql::Source(file.name, now).text() != file.original)
      throw Error(lint::errors::file_changed,
                  fmt::format("'{}' was changed while it was being mended", file.name),
                  "nothing was written; run it again");
    if (access(path.c_str(), W_OK) != 0)
      throw Error(errors::file_not_writable,
                  fmt::format("cannot write '{}': {}", file.name, std::strerror(errno)),
                  "nothing was written");
    // A byte-order mark is no part of what was mended.
    now.resize(now.size() - file.original.size());
    texts.push_back(now + file.text);
  }
  for (std::size_t i = 0; i < files.size(); ++i) write_file(root / files[i].name, texts[i]);
}

Mended mend(Context& context, const Arguments& arguments, lint::Linter& linter,
            std::vector<lint::Input> inputs) {
  check_options(context, arguments);
  const fs::path root = root_of(context);
  const bool diff = arguments.flag("diff");
  const lint::FixKind worst =
      arguments.flag("unsafe-fixes") ? lint::FixKind::unsafe : lint::FixKind::safe;
  const std::map<std::string, std::string> originals = whole_files(root, diff, inputs);
  lint::Fixed fixed = lint::fix_all(linter, std::move(inputs), worst, [&](const std::string& file) {
    return originals.contains(file);
  });
  Mended mended;
  std::vector<MendedFile> files;
  for (auto& [name, text] : fixed.texts) {
    const std::string& original = originals.at(name);
    if (diff) mended.diff += lint::unified_diff(name, original, text);
    files.push_back({name, original, std::move(text)});
  }
  Output& output = context.output();
  if (!diff) {
    write_mended(root, files);
    for (const MendedFile& file : files) output.message(fmt::format("mended {}", file.name));
  }
  for (const lint::Finding& finding : fixed.failed)
    output.warning(fmt::format("the fix of {} at {} was left out: it does not clear the finding",
                               finding.rule,
                               to_string(Place{finding.file(), finding.line, finding.column})));
  mended.report = std::move(fixed.report);
  return mended;
}

}  // namespace host::cli
