// SPDX-License-Identifier: MIT
// The terminal that confiture was started from.
#pragma once

#include "host/foundation/cancellation.hpp"
#include "host/foundation/terminal.hpp"

namespace host::cli {

// Whether the environment asks for output that a screen reader can follow: CONFITURE_ACCESSIBLE or
// ACCESSIBLE is set to a truth, or TERM is dumb.
bool accessible_wanted();

// [main] The cancellation outlives it.
class Console : public Terminal {
 public:
  Console(bool no_input, const Cancellation& cancellation);

  bool interactive() const override { return interactive_; }
  void write(std::string_view text) override;
  // By the pager, but for TERM=dumb, accessible_wanted(), and what fits on the screen.
  void page(std::string_view text) override;
  std::optional<std::string> read_line(std::optional<std::chrono::milliseconds> patience) override;
  Typed glance(std::chrono::milliseconds time) override;
  void discard_typed_ahead() override;

 private:
  // A line of what was read; reads more, for a moment, where there is none, and then says whether
  // the input goes on.
  std::optional<std::string> take_line();
  bool read_more();

  const Cancellation& cancellation_;
  bool interactive_;
  std::string unread_;
};

}  // namespace host::cli
