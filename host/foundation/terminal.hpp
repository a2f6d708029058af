// SPDX-License-Identifier: MIT
// A person at a terminal, as far as questions go. Abstract so that every path through the wizard
// can be tested without one.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace host {

class Terminal {
 public:
  virtual ~Terminal() = default;
  // Whether a question may be asked: standard input and standard error are terminals, CI is not set
  // to a truth, TERM is set, and neither --no-input nor CONFITURE_NO_INPUT forbids it.
  virtual bool interactive() const = 0;
  // To standard error; text from files or the database goes through printable() first.
  virtual void write(std::string_view text) = 0;
  // The same for a text that may be longer than the screen: with a way to page through it.
  virtual void page(std::string_view text) = 0;
  // One line without its newline; nothing at the end of input. Throws question.timed_out after
  // `patience` without an answer (and says so half a minute before, where there is more), run.interrupted after Ctrl-C.
  virtual std::optional<std::string> read_line(
      std::optional<std::chrono::milliseconds> patience) = 0;
  // What is typed while something is waited for, without a word about it: `line` where one is done
  // within `time`, `ended` at the end of input. Throws run.interrupted after Ctrl-C.
  struct Typed {
    std::optional<std::string> line;
    bool ended = false;
  };
  virtual Typed glance(std::chrono::milliseconds time) = 0;
  // Forgets what was typed before the question: for dangerous ones.
  virtual void discard_typed_ahead() = 0;
};

}  // namespace host
