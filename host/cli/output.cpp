// SPDX-License-Identifier: MIT
#include "host/cli/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>

#include "host/cli/redact.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/json.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

// --color > NO_COLOR > CLICOLOR_FORCE > CLICOLOR > whether it is a terminal.
bool decide_color(ColorChoice choice, int descriptor) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  if (is_set("NO_COLOR")) return false;
  const auto value = [](const char* name) {
    const char* text = std::getenv(name);
    return text == nullptr ? std::string_view() : std::string_view(text);
  };
  if (!value("CLICOLOR_FORCE").empty() && value("CLICOLOR_FORCE") != "0") return true;
  if (value("CLICOLOR") == "0") return false;
  return isatty(descriptor) == 1 && !value("TERM").empty() && value("TERM") != "dumb";
}

void write_error(std::string_view text) {
  std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

// The source line with a caret under the column, as compilers show it; empty where it cannot be
// read.
std::string source_excerpt(const Place& place, const std::filesystem::path& root, bool color) {
  if (!place.known() || place.line == 0) return {};
  std::string text;
  try {
    const std::filesystem::path path(place.file);
    text = read_file(path.is_absolute() || root.empty() ? path : root / path);
  } catch (const Error&) {
    return {};
  }
  const auto lines = split_text(text, '\n');
  if (place.line > lines.size()) return {};
  std::string line = printable(lines[place.line - 1]);
  std::replace(line.begin(), line.end(), '\t', ' ');
  const std::string shown = redact_passwords(line);
  const std::string number = std::to_string(place.line);
  const std::string margin(number.size(), ' ');
  std::string excerpt = fmt::format("{} |\n{} | {}\n", margin, number, shown);
  // Not under a line that was shortened: the caret would point at the wrong place.
  if (place.column != 0 && shown == line)
    excerpt += fmt::format("{} | {}{}\n", margin, std::string(place.column - 1, ' '),
                           styled(color, Style::red, "^"));
  return excerpt;
}

// Colour codes are ours; everything else that controls a terminal is shown, not obeyed.
std::string printable_but_colors(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t escape = text.find("\x1b[");
    shown += printable(text.substr(0, escape));
    if (escape == std::string_view::npos) break;
    text.remove_prefix(escape);
    std::size_t length = 2;
    for (const std::string_view code :
         {"\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[34m", "\x1b[36m"})
      if (text.starts_with(code)) length = code.size();
    shown += length > 2 ? std::string(text.substr(0, length)) : printable(text.substr(0, length));
    text.remove_prefix(length);
  }
  return shown;
}

}  // namespace

std::string styled(bool color, Style style, std::string_view text) {
  if (!color || style == Style::plain) return std::string(text);
  const int code = style == Style::bold     ? 1
                   : style == Style::red    ? 31
                   : style == Style::yellow ? 33
                   : style == Style::green  ? 32
                   : style == Style::blue   ? 34
                                            : 36;
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string format_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], count_characters(row[i]));
    }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - count_characters(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

Output::~Output() = default;

Output::Output(Options options) : options_(std::move(options)) {
  color_results_ = decide_color(options_.color, STDOUT_FILENO) && !options_.file;
  color_messages_ = decide_color(options_.color, STDERR_FILENO);
}

void Output::put(std::string_view text) {
  if (options_.file) {
    held_ += text;
  } else {
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
}

void Output::line(std::string_view text) {
  if (json()) return;
  put(printable_but_colors(text));
  put("\n");
}

void Output::text(std::string_view text) {
  if (!json()) put(text);
}

void Output::document(bool ok, boost::json::object fields) {
  if (!json()) return;
  boost::json::object whole{{"ok", ok}};
  for (auto& field : fields) whole.insert_or_assign(field.key(), std::move(field.value()));
  put(to_json(std::move(whole)) + "\n");
  document_written_ = true;
}

void Output::message(std::string_view text) {
  if (!quiet()) write_error(redact_passwords(printable(text)) + "\n");
}

void Output::detail(std::string_view text) {
  if (verbosity() > 0) write_error(redact_passwords(printable(text)) + "\n");
}

void Output::warning(std::string_view text) {
  write_error(fmt::format("{} {}\n", styled(color_messages_, Style::yellow, "warning:"),
                          redact_passwords(printable(text))));
}

void Output::error(const Error& error) {
  const std::string message = redact_passwords(printable(error.message()));
  const std::string hint = redact_passwords(printable(error.hint()));
  std::string text = fmt::format(
      "{} {}\n", styled(color_messages_, Style::red, fmt::format("error[{}]:", error.code().id)),
      message);
  if (error.place().known()) {
    text += fmt::format(" --> {}\n", printable(to_string(error.place())));
    text += source_excerpt(error.place(), options_.project_root, color_messages_);
  }
  if (!hint.empty())
    text += fmt::format("{} {}\n", styled(color_messages_, Style::cyan, "hint:"), hint);
  write_error(text);
  if (!json() || document_written_) return;
  boost::json::object fields{{"code", error.code().id}, {"message", message}};
  const auto add = [&](const char* key, boost::json::value value, bool known) {
    fields[key] = known ? std::move(value) : boost::json::value(nullptr);
  };
  add("hint", boost::json::value(hint), !hint.empty());
  add("file", boost::json::value(error.place().file), error.place().known());
  add("line", error.place().line, error.place().line != 0);
  add("column", error.place().column, error.place().column != 0);
  boost::json::object whole{{"error", std::move(fields)}};
  if (error_fields_)
    for (auto& field : *error_fields_) whole[field.key()] = std::move(field.value());
  document(false, std::move(whole));
}

void Output::add_to_error(boost::json::object fields) {
  if (!error_fields_) error_fields_ = std::make_unique<boost::json::object>();
  for (auto& field : fields) (*error_fields_)[field.key()] = std::move(field.value());
}

void Output::finish() {
  if (options_.file) {
    write_file(*options_.file, held_);
    return;
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw Error(errors::file_not_writable, "cannot write to standard output");
}

}  // namespace host::cli
