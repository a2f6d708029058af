// SPDX-License-Identifier: MIT
// The terminal that confiture was started from.
#pragma once

#include "host/foundation/cancellation.hpp"
#include "host/foundation/terminal.hpp"

namespace host::cli {

// [main] The cancellation outlives it.
class Console : public Terminal {
 public:
  Console(bool no_input, const Cancellation& cancellation);

  bool interactive() const override { return interactive_; }
  void write(std::string_view text) override;
  std::optional<std::string> read_line(std::optional<std::chrono::milliseconds> patience) override;
  void discard_typed_ahead() override;

 private:
  const Cancellation& cancellation_;
  bool interactive_;
  std::string unread_;
};

}  // namespace host::cli
