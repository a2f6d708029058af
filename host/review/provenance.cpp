// SPDX-License-Identifier: MIT
#include "host/review/provenance.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "host/foundation/error.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/lint/git.hpp"

namespace host::review {
namespace {

using std::chrono::system_clock;

std::string age(system_clock::duration passed) {
  constexpr std::array<std::pair<long, const char*>, 4> units{
      {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}}};
  const long seconds = std::chrono::duration_cast<std::chrono::seconds>(passed).count();
  for (const auto& [length, name] : units)
    if (const long many = seconds / length; many > 0)
      return fmt::format("{} {}{} ago", many, name, many == 1 ? "" : "s");
  return "just now";
}

std::optional<std::string> git(const std::filesystem::path& file,
                               std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--", file.filename().string()});
  try {
    return lint::run_git(file.parent_path(), arguments);
  } catch (const Error&) {
    return std::nullopt;  // there is no git, or no repository, or no commit
  }
}

}  // namespace

std::string describe_provenance(const std::filesystem::path& file, system_clock::time_point now) {
  const auto status = git(file, {"status", "--porcelain"});
  if (!status) return {};
  const auto log = git(file, {"log", "-1", "--format=%h%x00%at%x00%an"});
  const std::vector<std::string> fields = split_text(trim(log.value_or("")), '\0');
  if (fields.size() != 3) return "not committed yet";
  long seconds = 0;
  std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), seconds);
  const system_clock::time_point moment{std::chrono::seconds(seconds)};
  return fmt::format("{}, {} ({}, {}){}", fields[2], age(now - moment),
                     format_utc(moment).substr(0, 10), fields[0],
                     trim(*status).empty() ? "" : ", edited since");
}

}  // namespace host::review
