// SPDX-License-Identifier: MIT
#include "host/review/collaboration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"

namespace host::review {
namespace {

class Wait {
 public:
  Wait(Terminal& terminal, const Collaboration& setting) : terminal_(terminal), setting_(setting) {}

  Gathered run() {
    if (look()) return Gathered::approved;
    setting_.show();
    terminal_.write("\nIt may not run yet.\n");
    tell();
    Questions questions(terminal_, setting_.questions);
    if (!questions.agree("plan", {"request", "Ask for what is missing, and wait?"})) {
      terminal_.write("Nothing was asked for, and nothing was applied.\n");
      return Gathered::left;
    }
    setting_.request();
    terminal_.write(fmt::format("Others approve it with: {}\n", printable(setting_.command)));
    if (setting_.questions.written) write("Waiting.\n");
    return wait();
  }

 private:
  // The line on which one waits stays unfinished until there is something to say.
  void prompt() {
    if (setting_.questions.written || waiting_) return;
    terminal_.write(fmt::format("Waiting ('q' leaves{}): ",
                                setting_.may_schedule ? ", 'schedule' lets it run later" : ""));
    waiting_ = true;
  }
  void write(const std::string& text) {
    if (std::exchange(waiting_, false)) terminal_.write("\n");
    terminal_.write(text);
  }

  Gathered wait() {
    std::chrono::milliseconds waited(0);
    for (;;) {
      if (look()) return Gathered::approved;
      tell();
      prompt();
      if (setting_.questions.written) {
        setting_.pause(setting_.interval);
      } else {
        const Terminal::Typed typed = terminal_.glance(setting_.interval);
        if (typed.line) waiting_ = false;
        if (typed.ended) write("");
        const std::string word = typed.line    ? lower_ascii(trim(*typed.line))
                                 : typed.ended ? "q"
                                               : "";
        if (word == "q" || word == "quit") return Gathered::left;
        if (setting_.may_schedule && (word == "s" || word == "schedule")) return Gathered::schedule;
      }
      waited += setting_.interval;
      const auto& patience = setting_.questions.patience;
      if (patience && waited >= *patience) {
        write("");
        throw Error(errors::question_timed_out,
                    "the approvals were not there in time; nothing was changed",
                    "the plan stays asked for: run this again once it is approved");
      }
    }
  }

  // Whether it may run now; the reasons and what is missing are kept for tell().
  bool look() {
    now_ = setting_.look();
    if (now_.allowed) {
      tell();
      write("Nothing is missing: it may run.\n");
    }
    return now_.allowed;
  }

  // What was not told before.
  void tell() {
    for (const std::string& reason : now_.reasons)
      if (std::find(told_.reasons.begin(), told_.reasons.end(), reason) == told_.reasons.end())
        write(fmt::format("  {}\n", printable(reason)));
    if (now_.missing != told_.missing)
      for (const std::string& missing : now_.missing)
        write(fmt::format("  missing: {}\n", printable(missing)));
    told_ = now_;
  }

  Terminal& terminal_;
  const Collaboration& setting_;
  Gathering now_, told_;
  bool waiting_ = false;
};

}  // namespace

Gathered gather_approvals(Terminal& terminal, const Collaboration& setting) {
  return Wait(terminal, setting).run();
}

}  // namespace host::review
