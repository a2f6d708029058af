// SPDX-License-Identifier: MIT
// A question whose answer weighs as much as what it decides, and the one place that tells a yes
// from everything else.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/foundation/terminal.hpp"

namespace host::review {

struct Question {
  std::string id;        // "apply", in a file of answers
  std::string text;      // "Apply it?"
  std::string yes = {};  // the whole answer that means yes; empty: y or yes, in any case
  bool may_wait = false;  // `schedule` is an answer, too: not now, but then
};

enum class Choice { no, yes, schedule };

// Where answers come from: a terminal, or a file that was written before.
class Questions {
 public:
  struct Setting {
    std::optional<std::chrono::milliseconds> patience = {};  // for an answer
    bool accessible = false;  // choices by their number, beside the words
    // The answer to a question of that id about that migration, instead of the terminal; throws
    // where there is none. May be empty.
    std::function<std::string(const std::string& migration, const std::string& id)> written = {};
  };
  // Both outlive it. [main]
  Questions(Terminal& terminal, const Setting& setting) : terminal_(terminal), setting_(setting) {}

  // True for the answer that means yes. The end of input, an empty line, a no, and a third answer
  // that makes no sense are false. Nothing that was typed before the question counts where it asks
  // for a whole answer. Throws what Terminal::read_line() throws, and question.unanswered for an
  // answer of a file that makes no sense.
  bool agree(const std::string& migration, const Question& question);
  // The same with a third way out, where the question has one.
  Choice choose(const std::string& migration, const Question& question);
  // One of these, the first for an empty line; nothing at the end of input and after a third answer
  // that is none of them. Where a file does not answer, the first.
  std::optional<std::string> pick(const std::string& migration, const Question& question,
                                  const std::vector<std::string>& known);
  // A line of free text; empty at the end of input, and where a file has none.
  std::string line(const std::string& migration, const Question& question);

 private:
  std::optional<std::string> answer(const std::string& migration, const Question& question);

  Terminal& terminal_;
  const Setting& setting_;
};

// What agreeing to a risk asks for: a `y` up to medium, the word `yes` for high and whatever is
// unknown, and for a critical one the environment's name and the first 8 digits of the plan's hash.
Question weigh_question(std::string_view risk, const std::string& environment,
                        const std::string& plan_hash, std::string_view deed);

}  // namespace host::review
