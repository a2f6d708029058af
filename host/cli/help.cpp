// SPDX-License-Identifier: MIT
#include "host/cli/help.hpp"

#include <fmt/format.h>

#include "host/cli/arguments.hpp"

namespace host::cli {
namespace {

std::string heading(const Option& option) {
  return option.value.empty() ? fmt::format("--{}", option.name)
                              : fmt::format("--{} {}", option.name, option.value);
}

std::string options_text(std::string_view title, const std::vector<Option>& options) {
  std::string text = fmt::format("\n{}:\n", title);
  for (const Option& option : options)
    text += fmt::format("  {:<28} {}\n", heading(option), option.help);
  return text;
}

std::string rows(std::string_view group) {
  std::string text;
  for (const Command* command : commands())
    if (group.empty() || command->name.starts_with(fmt::format("{} ", group)))
      text += fmt::format("  {:<28} {}\n",
                          fmt::format("{}{}{}", command->name,
                                      command->arguments.empty() ? "" : " ", command->arguments),
                          command->summary);
  return text;
}

}  // namespace

std::string program_help() {
  return "confiture takes a team's schema changes from a file to production safely\n\n"
         "usage: confiture COMMAND [OPTION...]\n\ncommands:\n" +
         rows({}) + options_text("options of every command", global_options()) +
         "\nsee confiture COMMAND --help\n";
}

std::string group_help(std::string_view group) {
  return fmt::format("usage: confiture {} COMMAND [OPTION...]\n\ncommands:\n{}", group,
                     rows(group));
}

std::string command_help(const Command& command) {
  std::string text =
      fmt::format("{}\n\nusage: confiture {}{}{} [OPTION...]\n", command.summary, command.name,
                  command.arguments.empty() ? "" : " ", command.arguments);
  if (!command.options.empty()) text += options_text("options", command.options);
  text += options_text("options of every command", global_options());
  if (!command.formats.empty())
    text += fmt::format("\nmore formats here: {}\n", fmt::join(command.formats, ", "));
  return text;
}

}  // namespace host::cli
