// SPDX-License-Identifier: MIT
#include "host/cli/console.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "host/cli/pager.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

bool is_truth(const char* variable) {
  const char* value = std::getenv(variable);
  const std::string text = lower_ascii(value == nullptr ? "" : value);
  return text == "1" || text == "true" || text == "yes";
}

bool decide_interactive(bool no_input) {
  const char* term = std::getenv("TERM");
  return !no_input && !is_truth("CONFITURE_NO_INPUT") && !is_truth("CI") && term != nullptr &&
         *term != '\0' && isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

// How often a wait looks whether it should stop.
constexpr std::chrono::milliseconds moment(50);
// Before the time for an answer is up, a warning.
constexpr std::chrono::seconds last_call(30);

// Where the terminal does not say, none is too long.
bool fits_on_screen(std::string_view text) {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return true;
  return std::count(text.begin(), text.end(), '\n') < size.ws_row;
}

}  // namespace

bool accessible_wanted() {
  const char* term = std::getenv("TERM");
  return is_truth("CONFITURE_ACCESSIBLE") || is_truth("ACCESSIBLE") ||
         (term != nullptr && std::string_view(term) == "dumb");
}

Console::Console(bool no_input, const Cancellation& cancellation)
    : cancellation_(cancellation), interactive_(decide_interactive(no_input)) {}

void Console::write(std::string_view text) {
  std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void Console::page(std::string_view text) {
  if (!interactive_ || accessible_wanted() || fits_on_screen(text) || !show_in_pager(text))
    write(text);
}

std::optional<std::string> Console::take_line() {
  const std::size_t end = unread_.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string line = unread_.substr(0, end);
  unread_.erase(0, end + 1);
  return line;
}

bool Console::read_more() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (::poll(&input, 1, static_cast<int>(moment.count())) <= 0) return true;
  char bytes[4096];
  const ssize_t got = ::read(STDIN_FILENO, bytes, sizeof bytes);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (got > 0) unread_.append(bytes, static_cast<std::size_t>(got));
  return got > 0;
}

Terminal::Typed Console::glance(std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  for (;;) {
    if (auto line = take_line()) return {std::move(line), false};
    if (cancellation_.requested()) {
      write("\n");
      cancellation_.check();
    }
    if (std::chrono::steady_clock::now() >= end) return {};
    if (!read_more()) return {std::nullopt, true};
  }
}

std::optional<std::string> Console::read_line(std::optional<std::chrono::milliseconds> patience) {
  const auto start = std::chrono::steady_clock::now();
  bool warned = !patience || *patience <= last_call;
  for (;;) {
    if (auto line = take_line()) return line;
    if (cancellation_.requested()) {
      write("\n");
      cancellation_.check();
    }
    const auto passed = std::chrono::steady_clock::now() - start;
    if (!warned && passed >= *patience - last_call) {
      warned = true;
      write(fmt::format("\n({} seconds left to answer) ", last_call.count()));
    }
    if (patience && passed >= *patience) {
      write("\n");
      throw Error(errors::question_timed_out, "nobody answered in time",
                  "give the question more time with --timeout SECONDS");
    }
    if (!read_more()) return std::nullopt;
  }
}

void Console::discard_typed_ahead() {
  unread_.clear();
  ::tcflush(STDIN_FILENO, TCIFLUSH);
}

}  // namespace host::cli
