// SPDX-License-Identifier: MIT
#include "host/review/question.hpp"

#include <fmt/format.h>

#include "host/foundation/text.hpp"
#include "host/review/errors.hpp"

namespace host::review {
namespace {

constexpr int most_tries = 3;

enum class Answer { yes, no, unclear };

Answer understand(const Question& question, bool accessible, const std::string& line) {
  const std::string_view exact = trim(line);
  const std::string text = lower_ascii(exact);
  if (question.yes.empty()) {
    if (text == "y" || text == "yes" || (accessible && text == "1")) return Answer::yes;
  } else if (exact == question.yes) {
    return Answer::yes;
  }
  for (const std::string_view no : {"", "n", "no", "q", "quit"})
    if (text == no) return Answer::no;
  return accessible && text == "2" ? Answer::no : Answer::unclear;
}

std::string prompt(const Question& question, bool accessible) {
  if (!question.yes.empty())
    return fmt::format("{} Type '{}': ", question.text, printable(question.yes));
  return question.text + (accessible ? " 1 yes, 2 no (default 2): " : " [y/N] ");
}

}  // namespace

std::optional<std::string> Questions::answer(const std::string& migration,
                                             const Question& question) {
  if (!setting_.written) {
    std::optional<std::string> line = terminal_.read_line(setting_.patience);
    if (!line) terminal_.write("\n");
    return line;
  }
  std::string line;
  try {
    line = setting_.written(migration, question.id);
  } catch (const Error&) {
    terminal_.write("\n");
    throw;
  }
  terminal_.write(printable(line) + "\n");
  return line;
}

bool Questions::agree(const std::string& migration, const Question& question) {
  for (int tried = 0; tried < most_tries; ++tried) {
    if (!question.yes.empty()) terminal_.discard_typed_ahead();
    terminal_.write(prompt(question, setting_.accessible));
    const std::optional<std::string> line = answer(migration, question);
    if (!line) return false;
    const Answer understood = understand(question, setting_.accessible, *line);
    if (understood != Answer::unclear) return understood == Answer::yes;
    if (setting_.written)
      throw Error(errors::unanswered,
                  fmt::format("'{}' is no answer to '{}' about '{}'", printable(*line), question.id,
                              printable(migration)),
                  "write there: " + printable(question.yes.empty() ? "y or n" : question.yes));
    terminal_.write("That is not an answer to this question.\n");
  }
  return false;
}

std::string Questions::line(const std::string& migration, const Question& question) {
  terminal_.write(question.text + " ");
  return std::string(trim(answer(migration, question).value_or("")));
}

Question weigh_question(std::string_view risk, const std::string& environment,
                        const std::string& plan_hash, std::string_view deed) {
  Question question{"apply", fmt::format("{}?", deed)};
  if (risk == "none" || risk == "low" || risk == "medium") return question;
  question.yes =
      risk == "critical" ? fmt::format("{} {}", environment, plan_hash.substr(0, 8)) : "yes";
  return question;
}

}  // namespace host::review
