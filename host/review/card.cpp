// SPDX-License-Identifier: MIT
#include "host/review/card.hpp"

#include <fmt/format.h>

#include "host/foundation/text.hpp"

namespace host::review {
namespace {

using migrations::Step;

constexpr std::size_t label_width = 12;

std::string whole_text(std::string_view sql, const Look& look) {
  std::string text = printable(sql);
  if (!text.ends_with('\n')) text += "\n";
  return look.highlight ? look.highlight(text) : text;
}

std::string_view rule(const Look& look) {
  return look.accessible ? "" : look.ascii ? "---" : "───";
}

}  // namespace

std::string show_facts(const Step& step, const std::vector<Fact>& facts, std::size_t index,
                       std::size_t count, const Look& look) {
  const std::string title = fmt::format("{} {} of {}: {} {}", rule(look), index + 1, count,
                                        printable(step.migration->key()), rule(look));
  std::string text = fmt::format("\n{}\n", trim(title));
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<{}}{}\n", label, label_width, printable(value));
  };
  add("file", step.script.source().name());
  add("summary", step.header.summary);
  add("author", step.header.author);
  add("checksum", step.migration->up.checksum);
  add("transaction", step.header.transactional ? "" : "off: a failure leaves what came before it");
  add("way back", step.migration->down ? step.migration->down->shown_as : "none");
  for (const Fact& fact : facts) add(fact.label, fact.text);
  return text;
}

std::string show_sql(const Step& step, const Look& look) {
  return "\n" + whole_text(step.script.source().text(), look);
}

std::string show_way_back(const Step& step, const Look& look) {
  const auto& down = step.migration->down;
  if (!down) return "\nThere is no way back.\n";
  return fmt::format("\nThe way back, {}:\n\n{}", printable(down->shown_as),
                     whole_text(down->text, look));
}

std::string show_risk(const Judgement& judgement) {
  std::string level = judgement.level;
  for (char& c : level) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  std::string text = fmt::format("\nrisk: [{}]\n", printable(level));
  for (const std::string& reason : judgement.reasons)
    text += fmt::format("  - {}\n", printable(reason));
  return text;
}

}  // namespace host::review
