// SPDX-License-Identifier: MIT
// What a command is: an entry of the table that the parser, the help, the completion and the
// reference are all made from, and the function that it names. One file a command.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/foundation/error.hpp"

namespace host::cli {

class Context;

struct Option {
  std::string_view name;   // "fail-level": typed as --fail-level
  std::string_view value;  // "LEVEL"; empty: a flag
  std::string_view help;   // one line without a full stop
  bool repeatable = false;
};

// What was typed after the command's name. Options that the table does not list never get here.
class Arguments {
 public:
  bool flag(std::string_view name) const;
  std::optional<std::string> text(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;  // repeatable ones
  // A whole number of at least `least`; throws usage.
  std::optional<long> number(std::string_view name, long least) const;
  const std::vector<std::string>& positionals() const { return positionals_; }

 private:
  friend Arguments parse_arguments(const struct Command& command,
                                   const std::vector<std::string>& words);
  std::map<std::string, std::vector<std::string>, std::less<>> options_;
  std::vector<std::string> positionals_;
};

struct Command {
  std::string_view name;       // "migrate up"
  std::string_view arguments;  // "[PATH...]", "NAME" or empty
  std::string_view summary;    // one line without a full stop
  std::vector<Option> options;
  std::size_t least_positionals = 0, most_positionals = 0;
  Exit (*run)(Context& context, const Arguments& arguments) = nullptr;
  std::vector<std::string> formats = {};  // of --format, beside text and json
};

// Every command, in the order of the help (commands.cpp).
const std::vector<const Command*>& commands();

}  // namespace host::cli
