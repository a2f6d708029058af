// SPDX-License-Identifier: MIT
#include "host/cli/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>

#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

namespace po = boost::program_options;

struct GlobalOption {
  Option option;
  char letter;  // 0: none
};

const std::vector<GlobalOption>& global_table() {
  static const std::vector<GlobalOption> table{
      {{"project", "DIR", "the project's folder; default: the nearest one upwards", false}, 0},
      {{"env", "NAME", "the environment; default: local", false}, 'e'},
      {{"database-url", "URL", "the database, instead of the environment's", false}, 0},
      {{"plugin", "FILE", "load this plugin as well", true}, 0},
      {{"plugin-dir", "DIR", "look for configured plugins here as well", true}, 0},
      {{"format", "FORMAT", "text or json", false}, 0},
      {{"output", "FILE", "write the result to this file", false}, 'o'},
      {{"color", "WHEN", "auto, always or never", false}, 0},
      {{"no-input", "", "never ask; fail where a question would be due", false}, 0},
      {{"timeout", "SECONDS", "how long a question waits for its answer", false}, 0},
      {{"quiet", "", "no messages but warnings and errors", false}, 'q'},
      {{"verbose", "", "more messages", true}, 'v'},
      {{"version", "", "print the version", false}, 0},
      {{"help", "", "print this help", false}, 'h'}};
  return table;
}

[[noreturn]] void fail_usage(std::string message, std::string hint = {}) {
  throw Error(errors::usage, std::move(message), std::move(hint));
}

void add_option(po::options_description& description, const Option& option, char letter) {
  std::string name(option.name);
  if (letter != 0) name += fmt::format(",{}", letter);
  if (option.value.empty()) {
    // Counted by hand: program_options refuses a flag that comes twice, as in -vv.
    description.add_options()(name.c_str(), po::value<std::vector<std::string>>()->zero_tokens(),
                              "");
  } else {
    description.add_options()(name.c_str(), po::value<std::vector<std::string>>(), "");
  }
}

constexpr int style =
    po::command_line_style::default_style & ~po::command_line_style::allow_guessing;

std::vector<std::string> option_names(const Command* command) {
  std::vector<std::string> names;
  for (const GlobalOption& global : global_table()) names.emplace_back(global.option.name);
  if (command != nullptr)
    for (const Option& option : command->options) names.emplace_back(option.name);
  return names;
}

const Option* find_option(const Command* command, std::string_view name) {
  if (command != nullptr)
    for (const Option& option : command->options)
      if (option.name == name) return &option;
  for (const GlobalOption& global : global_table())
    if (global.option.name == name) return &global.option;
  return nullptr;
}

// The words of a command line by what they are.
struct Parsed {
  std::map<std::string, std::vector<std::string>, std::less<>> options;
  std::vector<std::string> positionals;
};

Parsed parse_words(const std::vector<std::string>& words, const Command* command) {
  po::options_description description;
  for (const GlobalOption& global : global_table())
    if (command == nullptr ||
        std::none_of(command->options.begin(), command->options.end(),
                     [&](const Option& own) { return own.name == global.option.name; }))
      add_option(description, global.option, global.letter);
  if (command != nullptr)
    for (const Option& option : command->options)
      add_option(description, option, option.name == "output" ? 'o' : '\0');

  Parsed parsed;
  po::basic_parsed_options<char> result(&description);
  try {
    po::basic_command_line_parser<char> parser(words);
    parser.options(description).style(style);
    if (command == nullptr) parser.allow_unregistered();
    result = parser.run();
  } catch (const po::unknown_option& error) {
    std::string name = error.get_option_name();
    name.erase(0, name.find_first_not_of('-'));
    std::string hint = suggest_name(name, option_names(command));
    if (hint.starts_with("known: ")) hint = fmt::format("see confiture {} --help", command->name);
    fail_usage(
        fmt::format("unknown option '{}' of confiture {}", error.get_option_name(), command->name),
        hint);
  } catch (const po::error_with_option_name& error) {
    const std::string name = error.get_option_name();
    const Option* option = find_option(command, name.substr(name.find_first_not_of('-')));
    if (option != nullptr && !option->value.empty())
      fail_usage(fmt::format("option '{}' needs a value", name),
                 fmt::format("{} {}", name, option->value));
    fail_usage(fmt::format("option '{}' takes no value", name));
  } catch (const po::error& error) {
    fail_usage(error.what());
  }
  for (const auto& option : result.options) {
    if (option.unregistered || option.string_key.empty()) {
      // Without the command's table, an option of the command cannot be told from its value.
      for (const std::string& word : option.original_tokens) parsed.positionals.push_back(word);
      continue;
    }
    auto& values = parsed.options[option.string_key];
    const Option* known = find_option(command, option.string_key);
    if (known != nullptr && known->value.empty()) {
      values.emplace_back();
    } else {
      if (known != nullptr && command != nullptr &&
          std::find(option.value.begin(), option.value.end(), "") != option.value.end())
        fail_usage(fmt::format("option '--{}' needs a value", option.string_key),
                   fmt::format("--{} {}", option.string_key, known->value));
      values.insert(values.end(), option.value.begin(), option.value.end());
    }
    if (values.size() > 1 && known != nullptr && !known->repeatable && command != nullptr)
      fail_usage(fmt::format("option '--{}' was given more than once", option.string_key));
  }
  return parsed;
}

std::vector<std::string> command_words(const Command& command) {
  return split_text(command.name, ' ');
}

// The command that the first words name, the longest match; sets group where they name a part.
const Command* match_command(const std::vector<std::string>& words, std::string& group) {
  const Command* best = nullptr;
  for (const Command* command : commands()) {
    const auto names = command_words(*command);
    if (words.size() >= names.size() && std::equal(names.begin(), names.end(), words.begin()) &&
        (best == nullptr || command->name.size() > best->name.size()))
      best = command;
    if (!words.empty() && names.size() > 1 && names[0] == words[0]) group = names[0];
  }
  return best;
}

[[noreturn]] void fail_unknown_command(const std::vector<std::string>& words,
                                       const std::string& group) {
  std::vector<std::string> known;
  for (const Command* command : commands()) {
    const auto names = command_words(*command);
    if (group.empty()) {
      if (std::find(known.begin(), known.end(), names[0]) == known.end()) known.push_back(names[0]);
    } else if (names[0] == group) {
      known.push_back(names[1]);
    }
  }
  const std::string& given = group.empty() ? words[0] : words[1];
  fail_usage(fmt::format("unknown command '{}'", group.empty() ? given : group + " " + given),
             suggest_name(given, known));
}

std::string single(const Parsed& parsed, std::string_view name, std::string_view otherwise) {
  const auto found = parsed.options.find(name);
  return found == parsed.options.end() || found->second.empty() ? std::string(otherwise)
                                                                : found->second.back();
}

bool given(const Parsed& parsed, std::string_view name) {
  return parsed.options.contains(name);
}

std::vector<std::filesystem::path> paths(const Parsed& parsed, std::string_view name) {
  const auto found = parsed.options.find(name);
  if (found == parsed.options.end()) return {};
  return {found->second.begin(), found->second.end()};
}

void check_choice(std::string_view option, const std::string& value,
                  const std::vector<std::string>& choices) {
  if (std::find(choices.begin(), choices.end(), value) == choices.end())
    fail_usage(fmt::format("unknown value '{}' of --{}", value, option),
               suggest_name(value, choices));
}

Output::Options output_options(const Parsed& parsed) {
  Output::Options options;
  options.format = single(parsed, "format", "text");
  options.json = options.format == "json";
  options.quiet = given(parsed, "quiet");
  if (given(parsed, "verbose"))
    options.verbosity = static_cast<int>(parsed.options.find("verbose")->second.size());
  const std::string color = single(parsed, "color", "auto");
  options.color = color == "always"  ? ColorChoice::always
                  : color == "never" ? ColorChoice::never
                                     : ColorChoice::automatic;
  if (given(parsed, "output")) options.file = single(parsed, "output", "");
  return options;
}

Globals read_globals(const Parsed& parsed) {
  Globals globals;
  if (given(parsed, "project")) globals.project = single(parsed, "project", "");
  globals.environment = single(parsed, "env", "local");
  if (given(parsed, "database-url")) globals.database_url = single(parsed, "database-url", "");
  globals.names_database = given(parsed, "env") || given(parsed, "database-url");
  globals.plugins = paths(parsed, "plugin");
  globals.plugin_dirs = paths(parsed, "plugin-dir");
  globals.no_input = given(parsed, "no-input");
  if (given(parsed, "timeout")) {
    const std::string text = single(parsed, "timeout", "");
    long seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || seconds < 1 || seconds > 86'400)
      fail_usage(fmt::format("--timeout takes seconds from 1 to 86400, not '{}'", text));
    globals.timeout = std::chrono::seconds(seconds);
  }
  return globals;
}

}  // namespace

const std::vector<Option>& global_options() {
  static const std::vector<Option> options = [] {
    std::vector<Option> list;
    for (const GlobalOption& global : global_table()) list.push_back(global.option);
    return list;
  }();
  return options;
}

bool Arguments::flag(std::string_view name) const {
  return options_.contains(name);
}

std::optional<std::string> Arguments::text(std::string_view name) const {
  const auto found = options_.find(name);
  if (found == options_.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::texts(std::string_view name) const {
  const auto found = options_.find(name);
  return found == options_.end() ? std::vector<std::string>{} : found->second;
}

std::optional<long> Arguments::number(std::string_view name, long least) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  long number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (error != std::errc() || end != value->data() + value->size() || number < least)
    fail_usage(fmt::format("--{} takes a whole number from {}, not '{}'", name, least, *value));
  return number;
}

Arguments parse_arguments(const Command& command, const std::vector<std::string>& words) {
  Parsed parsed = parse_words(words, &command);
  const auto names = command_words(command);
  Arguments arguments;
  arguments.options_ = std::move(parsed.options);
  // The name's words may stand between options, but they come first among the positionals.
  arguments.positionals_.assign(
      parsed.positionals.begin() +
          static_cast<std::ptrdiff_t>(std::min(names.size(), parsed.positionals.size())),
      parsed.positionals.end());
  const std::size_t count = arguments.positionals_.size();
  if (count > command.most_positionals)
    fail_usage(fmt::format("unexpected argument '{}' of confiture {}",
                           arguments.positionals_[command.most_positionals], command.name),
               fmt::format("usage: confiture {} {}", command.name, command.arguments));
  if (count < command.least_positionals)
    fail_usage(fmt::format("confiture {} needs {}", command.name, command.arguments),
               fmt::format("usage: confiture {} {}", command.name, command.arguments));
  return arguments;
}

Invocation parse_invocation(const std::vector<std::string>& words) {
  Invocation invocation;
  const Parsed first = parse_words(words, nullptr);
  std::vector<std::string> names;
  for (const std::string& word : first.positionals) {
    if (word.starts_with('-')) break;
    names.push_back(word);
  }
  invocation.help = given(first, "help");
  invocation.version = given(first, "version");
  invocation.command = match_command(names, invocation.group);
  if (invocation.command == nullptr) {
    if (!names.empty() && (invocation.group.empty() || names.size() > 1))
      fail_unknown_command(names, invocation.group);
    if (const auto stray = std::find_if(first.positionals.begin(), first.positionals.end(),
                                        [](const auto& word) { return word.starts_with('-'); });
        stray != first.positionals.end() && !invocation.help && !invocation.version)
      fail_usage(fmt::format("unknown option '{}'", *stray),
                 suggest_name(stray->substr(stray->find_first_not_of('-') == std::string::npos
                                                ? 0
                                                : stray->find_first_not_of('-')),
                              option_names(nullptr)));
    if (!invocation.help && !invocation.version && !names.empty())
      fail_usage(fmt::format("confiture {} needs a command", invocation.group),
                 fmt::format("see confiture {} --help", invocation.group));
    invocation.output = output_options(first);
    return invocation;
  }
  if (invocation.help) {
    invocation.output = output_options(first);
    return invocation;
  }
  const Parsed parsed = parse_words(words, invocation.command);
  invocation.arguments = parse_arguments(*invocation.command, words);
  if (given(parsed, "format")) {
    std::vector<std::string> formats{"text", "json"};
    const std::vector<std::string>& more = invocation.command->formats;
    formats.insert(formats.end(), more.begin(), more.end());
    check_choice("format", single(parsed, "format", ""), formats);
  }
  if (given(parsed, "color"))
    check_choice("color", single(parsed, "color", ""), {"auto", "always", "never"});
  invocation.output = output_options(parsed);
  const auto& own = invocation.command->options;
  if (std::any_of(own.begin(), own.end(), [](const Option& one) { return one.name == "output"; }))
    invocation.output.file.reset();  // the command writes that file, not the result
  invocation.globals = read_globals(parsed);
  return invocation;
}

Output::Options guess_output_options(const std::vector<std::string>& words) {
  Output::Options options;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == "--format=json" ||
        (words[i] == "--format" && i + 1 < words.size() && words[i + 1] == "json"))
      options.json = true;
  return options;
}

}  // namespace host::cli
