// SPDX-License-Identifier: MIT
#include "host/review/wizard.hpp"

#include <fmt/format.h>

#include "host/foundation/text.hpp"

namespace host::review {
namespace {

using migrations::Step;

constexpr int most_tries = 3;

enum class Answer { yes, no, unclear };

// What the question asks for, and what its answer means.
struct Question {
  std::string prompt;
  std::string yes;        // the whole answer that means yes
  bool dangerous = true;  // nothing that was typed before it counts
};

Question make_question(const Step& step, const Judgement& judgement, const WizardSetting& setting) {
  const std::string& level = judgement.level;
  if (level == "none" || level == "low" || level == "medium")
    return {"Apply it? [y]es, [N]o, [s]kip, [q]uit: ", "y", false};
  if (level == "critical") {
    const std::string phrase =
        fmt::format("{} {}", setting.environment, step.migration->up.checksum.substr(0, 8));
    return {fmt::format("To apply it, type '{}': ", printable(phrase)), phrase, true};
  }
  return {"To apply it, type 'yes': ", "yes", true};
}

Answer understand(const Question& question, const std::string& line) {
  const std::string text = lower_ascii(trim(line));
  if (question.yes == "y" ? text == "y" || text == "yes" : trim(line) == question.yes)
    return Answer::yes;
  for (const std::string_view no : {"", "n", "no", "s", "skip", "q", "quit"})
    if (text == no) return Answer::no;
  return Answer::unclear;
}

bool ask(Terminal& terminal, const Question& question, const WizardSetting& setting) {
  for (int tried = 0; tried < most_tries; ++tried) {
    if (question.dangerous) terminal.discard_typed_ahead();
    terminal.write(question.prompt);
    const std::optional<std::string> line = terminal.read_line(setting.patience);
    if (!line) {
      terminal.write("\n");
      return false;
    }
    const Answer answer = understand(question, *line);
    if (answer != Answer::unclear) return answer == Answer::yes;
    terminal.write("That is not an answer to this question.\n");
  }
  return false;
}

std::string show(const Step& step, const Judgement& judgement, std::size_t index,
                 std::size_t count) {
  std::string text =
      fmt::format("\n--- {} of {}: {} ---\n", index + 1, count, printable(step.migration->key()));
  const auto add = [&](std::string_view what, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<12}{}\n", what, printable(value));
  };
  add("file", step.script.source().name());
  add("summary", step.header.summary);
  add("author", step.header.author);
  add("checksum", step.migration->up.checksum);
  add("transaction", step.header.transactional ? "" : "off: a failure leaves what came before it");
  add("way back", step.migration->down ? "" : "none");
  text += "\n" + printable(step.script.source().text());
  if (!text.ends_with('\n')) text += "\n";
  std::string level = judgement.level;
  for (char& c : level) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  text += fmt::format("\nrisk: [{}]\n", printable(level));
  for (const std::string& reason : judgement.reasons)
    text += fmt::format("  - {}\n", printable(reason));
  return text;
}

std::string what_changed(const migrations::Plan& plan, std::size_t applied) {
  if (applied == 0) return "nothing was changed";
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < applied; ++i)
    keys.push_back("'" + plan.steps[i].migration->key() + "'");
  return fmt::format("applied: {}", join_words(keys));
}

}  // namespace

std::size_t walk(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting) {
  const std::size_t count = plan.steps.size();
  for (std::size_t index = 0; index < count; ++index) {
    const Step& step = plan.steps[index];
    const Judgement judgement = setting.judge(step);
    bool agreed = false;
    try {
      terminal.write(show(step, judgement, index, count));
      agreed = ask(terminal, make_question(step, judgement, setting), setting);
    } catch (const Error& error) {
      throw Error(error.code(), fmt::format("{}; {}", error.message(), what_changed(plan, index)),
                  error.hint());
    }
    if (!agreed) {
      terminal.write(fmt::format("Not applied: '{}'{}.\n", printable(step.migration->key()),
                                 index + 1 < count ? " and those after it" : ""));
      return index;
    }
    setting.apply(index);
  }
  return count;
}

}  // namespace host::review
