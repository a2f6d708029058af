// SPDX-License-Identifier: MIT
#include "host/review/question.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/review/errors.hpp"

namespace host::review {
namespace {

constexpr int most_tries = 3;

enum class Answer { yes, no, schedule, unclear };

Answer understand(const Question& question, bool accessible, const std::string& line) {
  const std::string_view exact = trim(line);
  const std::string text = lower_ascii(exact);
  if (question.yes.empty()) {
    if (text == "y" || text == "yes" || (accessible && text == "1")) return Answer::yes;
  } else if (exact == question.yes) {
    return Answer::yes;
  }
  for (const std::string_view no : {"", "n", "no", "q", "quit", "skip"})
    if (text == no) return Answer::no;
  if (question.may_wait && (text == "schedule" || (question.yes.empty() && text == "s") ||
                            (accessible && text == "3")))
    return Answer::schedule;
  return accessible && text == "2" ? Answer::no : Answer::unclear;
}

std::string prompt(const Question& question, bool accessible) {
  if (!question.yes.empty())
    return fmt::format("{} Type '{}'{}: ", question.text, printable(question.yes),
                       question.may_wait ? " or 'schedule'" : "");
  if (accessible)
    return fmt::format("{} 1 yes, 2 no{} (default 2): ", question.text,
                       question.may_wait ? ", 3 schedule" : "");
  return question.text + (question.may_wait ? " [y/N/schedule] " : " [y/N] ");
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
  return choose(migration, question) == Choice::yes;
}

Choice Questions::choose(const std::string& migration, const Question& question) {
  for (int tried = 0; tried < most_tries; ++tried) {
    if (!question.yes.empty()) terminal_.discard_typed_ahead();
    terminal_.write(prompt(question, setting_.accessible));
    const std::optional<std::string> line = answer(migration, question);
    if (!line) return Choice::no;
    const Answer understood = understand(question, setting_.accessible, *line);
    if (understood != Answer::unclear)
      return understood == Answer::yes   ? Choice::yes
             : understood == Answer::no ? Choice::no
                                        : Choice::schedule;
    if (setting_.written)
      throw Error(errors::unanswered,
                  fmt::format("'{}' is no answer to '{}' about '{}'", printable(*line), question.id,
                              printable(migration)),
                  "write there: " + printable(question.yes.empty() ? "y or n" : question.yes));
    terminal_.write("That is not an answer to this question.\n");
  }
  return Choice::no;
}

std::optional<std::string> Questions::pick(const std::string& migration, const Question& question,
                                           const std::vector<std::string>& known) {
  for (int tried = 0; tried < most_tries; ++tried) {
    terminal_.write(question.text + " ");
    const std::optional<std::string> line = answer(migration, question);
    if (!line) return std::nullopt;
    const std::string given(trim(*line));
    if (given.empty()) return known.front();
    if (std::find(known.begin(), known.end(), given) != known.end()) return given;
    if (setting_.written)
      throw Error(errors::unanswered,
                  fmt::format("'{}' is no answer to '{}' about '{}'", printable(given), question.id,
                              printable(migration)),
                  suggest_name(given, known));
    terminal_.write("That is not an answer to this question.\n");
  }
  return std::nullopt;
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
